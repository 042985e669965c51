package import EventLog
import Foundation
import Glibc

/// Where the keys of a ledger, their key-encryption key and the register of erasures are. None of them lies inside the
/// ledger: a backup of the ledger takes none along.
package struct KeyPlaces: Hashable, Sendable {
    /// The directory of the keys; it may hold those of several ledgers, each in a directory named by the ledger's ID.
    package let keys: String
    /// The file of the key-encryption key.
    package let keyEncryptionKey: String
    /// The directory of the registers of erasures, which is neither the keys' nor the ledger's: an older copy of both
    /// must not bring back an older register.
    package let register: String

    /// The place of the keys of a ledger.
    func keys(of ledger: [UInt8]) -> String { "\(keys)/\(Self.name(ledger))" }

    /// The place of the register of a ledger.
    func register(of ledger: [UInt8]) -> String { "\(register)/\(Self.name(ledger))" }

    private static func name(_ ledger: [UInt8]) -> String { LedgerID(ledger)?.description ?? "" }
}

/// What a command was told about where keys are.
package struct KeyOptions: Hashable, Sendable {
    /// `--keys`, `--kek`, `--register`.
    package var keys: String?
    package var keyEncryptionKey: String?
    package var register: String?

    package init(keys: String? = nil, keyEncryptionKey: String? = nil, register: String? = nil) {
        self.keys = keys
        self.keyEncryptionKey = keyEncryptionKey
        self.register = register
    }

    /// What the environment says: `TRAINLEDGER_KEYS`, `TRAINLEDGER_KEK`, `TRAINLEDGER_REGISTER`.
    package static var ofEnvironment: KeyOptions { KeyOptions().completed(by: ProcessInfo.processInfo.environment) }

    /// These options, and what the environment says where they say nothing.
    package func completed(by environment: [String: String]) -> KeyOptions {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        return KeyOptions(
            keys: keys ?? value("TRAINLEDGER_KEYS"), keyEncryptionKey: keyEncryptionKey ?? value("TRAINLEDGER_KEK"),
            register: register ?? value("TRAINLEDGER_REGISTER"))
    }

    /// Where the keys of a new ledger in `directory` are made: by default beside it, in `LEDGER.keys`.
    ///
    /// - Throws: `insideLedger`.
    package func places(forNewLedger directory: String) throws(PersonalDataError) -> KeyPlaces {
        try places(keys ?? Self.beside(directory), ledger: directory)
    }

    /// Where the keys of a ledger are: where the options say, else beside the ledger in `LEDGER.keys`, else in the one
    /// directory beside it whose name ends in `.keys` and that has keys of this ledger (a copy or another name of it).
    ///
    /// - Returns: `nil` if there are none.
    /// - Throws: `insideLedger`, `ambiguous`; `noKeys` if the options name a directory that has none of this ledger.
    package func places(
        of directory: String, id: [UInt8], files: some FileSystem
    ) throws(PersonalDataError) -> KeyPlaces? {
        if let keys {
            let named = try places(keys, ledger: directory)
            guard try exists(named.keys(of: id), files) else {
                throw PersonalDataError(.noKeys, "\(keys) has no keys of this ledger")
            }
            return named
        }
        let usual = try places(Self.beside(directory), ledger: directory)
        if try exists(usual.keys(of: id), files) { return usual }
        let parent = FilePath.parent(of: directory)
        let names = try fromFiles { () throws(LogError) in try files.list(parent) }
        var found: [KeyPlaces] = []
        for name in names where name.hasSuffix(".keys") {
            let candidate = try places("\(parent)/\(name)", ledger: directory)
            if try exists(candidate.keys(of: id), files) { found.append(candidate) }
        }
        guard found.count < 2 else {
            throw PersonalDataError(
                .ambiguous, "\(found.count) directories beside the ledger have keys of it; name one with --keys")
        }
        return found.first
    }

    private func exists(_ path: String, _ files: some FileSystem) throws(PersonalDataError) -> Bool {
        do throws(LogError) { return try files.exists(path) } catch {
            // A file where a directory should be holds no keys, and keys of somebody else are none to us.
            if [.inputOutput(ENOTDIR), .inputOutput(EACCES)].contains(error.code) { return false }
            throw PersonalDataError(error)
        }
    }

    private func places(_ keys: String, ledger: String) throws(PersonalDataError) -> KeyPlaces {
        let keys = FilePath.withoutSlash(keys)
        let places = KeyPlaces(
            keys: keys, keyEncryptionKey: keyEncryptionKey ?? keys + ".kek",
            register: register.map(FilePath.withoutSlash) ?? keys + ".register")
        let inside = FilePath.real(ledger) + "/"
        for path in [places.keys, places.keyEncryptionKey, places.register]
        where (FilePath.real(path) + "/").hasPrefix(inside) {
            throw PersonalDataError(
                .insideLedger, "keys, key-encryption key and register must not lie inside the ledger, as \(path) does")
        }
        return places
    }

    private static func beside(_ directory: String) -> String { FilePath.withoutSlash(directory) + ".keys" }
}
