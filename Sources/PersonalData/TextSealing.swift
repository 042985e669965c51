internal import Crypto
import Foundation
package import TrainingEvents

/// The event that a text belongs to, as far as a sealed text is bound to it.
package struct EventIdentity: Sendable {
    let type: EventType
    let source: String
    let id: String
    let subject: Subject
    let subjectID: String

    /// - Parameter subjectID: the ID of the trainee, class, unit or rulebook that the event is about.
    package init(type: EventType, source: String, id: String, subject: Subject, subjectID: String) {
        self.type = type
        self.source = source
        self.id = id
        self.subject = subject
        self.subjectID = subjectID
    }

    /// Whose key seals the texts of a class in this event.
    package func owner(_ retention: RetentionClass) -> KeyOwner { KeyOwner(of: subject, id: subjectID, retention) }
}

/// The two keys that one key of an owner comes to: one to encrypt with, one that nonces follow from.
struct TextKeys {
    let version: UInt8
    /// The row of the key.
    private let row: Int
    private let encryption: SymmetricKey
    private let nonces: SymmetricKey

    init(_ key: SymmetricKey, version: UInt8, row: Int) {
        self.version = version
        self.row = row
        encryption = Self.derived(from: key, "encryption")
        nonces = Self.derived(from: key, "nonces")
    }

    private static func derived(from key: SymmetricKey, _ use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Array("trainledger/personal/v1/\(use)".utf8), outputByteCount: 32)
    }

    /// Seals a text. The same text in the same place gives the same bytes; nowhere else do they open.
    ///
    /// The nonce is the first 12 bytes of HMAC-SHA-256 over the place and the text: equal nonces mean equal texts in
    /// the same place, so none is used twice for different ones.
    ///
    /// - Returns: `nil` for a text that is longer than a field takes.
    func seal(_ text: String, at place: [UInt8], _ retention: RetentionClass) -> SealedText? {
        guard let padded = Self.padded(Array(text.utf8)) else { return nil }
        let code = HMAC<SHA256>.authenticationCode(for: framed(place, padded), using: nonces)
        guard let nonce = try? AES.GCM.Nonce(data: Array(code.prefix(SealedText.nonceLength))),
            let box = try? AES.GCM.seal(padded, using: encryption, nonce: nonce, authenticating: place)
        else { return nil }
        return SealedText(
            retention, keyVersion: version, keyPlace: UInt32(truncatingIfNeeded: row), nonce: Array(box.nonce),
            ciphertext: Array(box.ciphertext),
            tag: Array(box.tag))
    }

    /// The text that was sealed in this place; `nil` if these bytes were not sealed there under this key.
    func open(_ parts: SealedText.Parts, at place: [UInt8]) -> String? {
        guard let nonce = try? AES.GCM.Nonce(data: Array(parts.nonce)),
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: Array(parts.ciphertext), tag: Array(parts.tag)),
            let padded = try? AES.GCM.open(box, using: encryption, authenticating: place),
            let end = padded.lastIndex(where: { $0 != 0 }), padded[end] == Self.endMark
        else { return nil }
        return String(validating: padded[..<end], as: UTF8.self)
    }

    private static let endMark: UInt8 = 0x80

    /// The text, `80`, and zeros up to the next of the lengths that a ciphertext may have (ISO/IEC 7816-4).
    private static func padded(_ text: [UInt8]) -> [UInt8]? {
        guard let length = SealedText.bodyLengths.first(where: { $0 > text.count }) else { return nil }
        return text + [endMark] + [UInt8](repeating: 0, count: length - text.count - 1)
    }
}

extension EventIdentity {
    /// What a sealed text is bound to: it opens in no other ledger, event or field, for nobody else, and under no other
    /// key.
    func place(_ field: PersonalField, ledger: [UInt8], keyVersion: UInt8) -> [UInt8] {
        let owner = owner(field.retention)
        return framed(
            Array("trainledger/personal/v1".utf8), ledger, Array(type.name.utf8), Array(source.utf8), Array(id.utf8),
            Array(field.path.utf8), [owner.kind.rawValue], Array(subjectID.utf8),
            [field.retention.rawValue, keyVersion])
    }
}
