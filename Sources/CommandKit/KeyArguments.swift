package import ArgumentParser
import Foundation
package import Ledger
package import PersonalData

/// Where the keys of a ledger are.
package struct KeyArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory of the keys that personal data are sealed under (default: LEDGER.keys, beside the ledger).",
            valueName: "directory"))
    package var keys: String?

    @Option(
        help: ArgumentHelp(
            "The key-encryption key, 32 bytes that only their owner may read (default: the keys' directory with .kek).",
            valueName: "file"))
    package var kek: String?

    @Option(
        help: ArgumentHelp(
            "The directory of the register of erasures (default: the keys' directory with .register).",
            valueName: "directory"))
    package var register: String?

    package init() {}

    /// What was said here, and in the environment where nothing was: `TRAINLEDGER_KEYS`, `TRAINLEDGER_KEK`,
    /// `TRAINLEDGER_REGISTER`.
    package var options: KeyOptions {
        KeyOptions(keys: keys, keyEncryptionKey: kek, register: register)
            .completed(by: ProcessInfo.processInfo.environment)
    }

    package var use: KeyUse { KeyUse(options) }
}
