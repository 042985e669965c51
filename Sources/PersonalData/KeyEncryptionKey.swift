internal import Crypto
import EventLog
import Foundation
import Glibc

/// The key that all keys of a ledger are wrapped under: 32 random bytes in a file of their own, readable by nobody but
/// its owner. Whoever has a backup of the keys and not this file has nothing.
package struct KeyEncryptionKey: Sendable {
    static let length = 32
    private let key: SymmetricKey

    init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

    /// Reads the file at `path`.
    ///
    /// - Throws: `noKeys` if it is not there, `wrongKey` if it has not 32 bytes, `exposed` if others may read it, `inputOutput`.
    package init(file path: String) throws(PersonalDataError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw PersonalDataError(.noKeys, "\(path): there is no key-encryption key (--kek, TRAINLEDGER_KEK)")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw PersonalDataError(.exposed, "\(path): others may read the key-encryption key; chmod 600 it")
        }
        let bytes = try fromFiles { () throws(LogError) in
            try RealFileSystem().content(path, limit: Self.length + 1)
        }
        guard bytes.count == Self.length else {
            throw PersonalDataError(.wrongKey, "\(path): a key-encryption key has 32 bytes, not \(bytes.count)")
        }
        self.init(bytes)
    }

    /// Makes a random one at `path`, unless there is one.
    ///
    /// - Throws: `inputOutput`.
    package static func makeIfMissing(file path: String) throws(PersonalDataError) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 {
            if errno == EEXIST { return }
            throw failure("make", path)
        }
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let written = Glibc.write(descriptor, bytes, bytes.count)
        let isDurable = written == bytes.count && fsync(descriptor) == 0
        Glibc.close(descriptor)
        guard isDurable else {
            unlink(path)
            throw failure("write", path)
        }
    }

    private static func failure(_ verb: String, _ path: String) -> PersonalDataError {
        PersonalDataError(.inputOutput, "cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }

    /// Wraps a key, bound to what it is for.
    func wrap(_ secret: SymmetricKey, for purpose: [UInt8]) throws(PersonalDataError) -> [UInt8] {
        do {
            let content = secret.withUnsafeBytes { Array($0) }
            let box = try AES.GCM.seal(content, using: key, authenticating: purpose)
            return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw PersonalDataError(.damaged, "a key cannot be wrapped")
        }
    }

    /// The key in these bytes.
    ///
    /// - Throws: `wrongKey` if it was wrapped under another key or for another purpose.
    func unwrap(_ wrapped: some Collection<UInt8>, for purpose: [UInt8]) throws(PersonalDataError) -> SymmetricKey {
        do {
            let box = try AES.GCM.SealedBox(combined: Array(wrapped))
            return SymmetricKey(data: try AES.GCM.open(box, using: key, authenticating: purpose))
        } catch {
            throw PersonalDataError(
                .wrongKey, "a key was wrapped under another key-encryption key (--kek, TRAINLEDGER_KEK)")
        }
    }

    /// The bytes of a wrapped key: nonce, ciphertext, tag.
    static let wrappedLength = 12 + length + 16
}
