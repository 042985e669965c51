package import Access
import EventLog
import Glibc

/// A file with a credential, for its owner's eyes only. It must not lie in a ledger: whoever copies that would get it.
package enum CredentialFile {
    /// Writes a new credential, mode 0600.
    ///
    /// - Throws: `notCreated` if the name is taken or no file can be made there.
    package static func write(_ credential: Credential, to path: String) throws(LedgerError) {
        try PrivateFile.write(Array(credential.text.utf8), to: path, "a credential")
    }

    /// Removes a credential that was written a moment ago and will never count.
    package static func discard(_ path: String) { unlink(path) }

    /// Reads a credential.
    ///
    /// - Throws: `input` if others may open the file; `access` if it holds no credential. Nothing of its content is told.
    package static func read(_ path: String) throws(LedgerError) -> Credential {
        let bytes = try PrivateFile.read(path, limit: Credential.fileLimit, "a credential")
        guard let credential = Credential(text: String(decoding: bytes, as: UTF8.self)) else {
            throw .access(AccessError(.unreadableCredential, "\(path) holds no credential"))
        }
        return credential
    }
}
