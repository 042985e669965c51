import EventLog
package import Transparency

/// A file with a private key, in the text form of notes (`PRIVATE+KEY+name+id+seed`), for its owner's eyes only.
///
/// Whoever can read it can sign. It must not lie in a ledger's directory: whoever copies or restores that must not get
/// the key with it.
package enum KeyFile {
    private static let limit = 4_096

    /// Writes a new key's file, mode 0600.
    ///
    /// - Throws: `notCreated` if the name is taken, no file can be made there, or the place is within a ledger.
    package static func write(_ key: SigningKey, to path: String) throws(LedgerError) {
        try PrivateFile.write(Array((key.text + "\n").utf8), to: path, "a key")
    }

    /// Reads a key.
    ///
    /// - Throws: `input` if others than the owner may read or write the file, or it lies within a ledger; `proof` if it
    ///   holds no key. Nothing of its content is told.
    package static func read(_ path: String) throws(LedgerError) -> SigningKey {
        let bytes = try PrivateFile.read(path, limit: limit, "a key")
        return try fromProof(path) { () throws(TransparencyError) in
            try SigningKey(String(decoding: bytes, as: UTF8.self))
        }
    }
}
