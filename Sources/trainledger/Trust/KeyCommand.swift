import ArgumentParser
import CommandKit
import Explanations
import Ledger
import Transparency
import TrainingEvents

/// `trainledger key`.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make and show keys for signing checkpoints. 簽章金鑰",
        subcommands: [Make.self, Show.self])

    /// `trainledger key make`.
    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Make a private key that only its owner can read. 產生金鑰",
            discussion: """
                The name of a ledger's key is the ledger's name in every checkpoint; choose one that nobody else will, \
                such as wda.gov.tw/ledger. The file must lie outside every ledger. Who has it can sign as you: keep a \
                copy in a safe place, and none in the backups of the ledger.

                EXAMPLES:
                  trainledger key make ~/ledger.key --name wda.gov.tw/ledger
                """)

        @Argument(help: "The file to make.")
        var file: String

        @Option(help: "The name to sign under: no spaces, no +.")
        var name: String

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard KeyName.isValid(name) else {
                throw ValidationError("--name takes 1 to \(KeyName.limit) bytes without white space and +")
            }
        }

        func run() throws {
            try reporting {
                guard let key = SigningKey(generatingFor: name) else { return }
                try KeyFile.write(key, to: file)
                KeyCommand.show(key, output)
            }
        }
    }

    /// `trainledger key show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print the public keys that belong to a private one. 顯示公開金鑰",
            discussion: """
                EXAMPLES:
                  trainledger key show ~/ledger.key
                """)

        @Argument(help: "The file with the private key.")
        var file: String

        @OptionGroup var output: OutputOptions

        func run() throws {
            try reporting { KeyCommand.show(try KeyFile.read(file), output) }
        }
    }

    private static func show(_ key: SigningKey, _ output: OutputOptions) {
        let (log, witness) = (key.verifier(.note), key.verifier(.cosignature))
        if output.json {
            Console.print(
                .members([
                    "name": .string(key.name), "key": .string(log.description),
                    "witnessKey": .string(witness.description),
                ]))
            return
        }
        let language = output.language
        Console.print(Words("帳本公開金鑰（--key）：", "public key of a ledger (--key):")(language))
        Console.print("  \(log)")
        Console.print(Words("見證人公開金鑰（--witness）：", "public key of a witness (--witness):")(language))
        Console.print("  \(witness)")
    }
}
