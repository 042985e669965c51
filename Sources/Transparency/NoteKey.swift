internal import Crypto
internal import FoundationEssentials

/// What a key signs with, and how (signed-note.md, "Signature types"). All are Ed25519.
package enum SignatureKind: UInt8, Sendable, CaseIterable {
    /// A log's signature over the text of a note.
    case note = 0x01
    /// A witness's cosignature with a time (tlog-cosignature.md, version 1).
    case cosignature = 0x04
}

/// The names of keys.
package enum KeyName {
    /// Bytes of the longest name that is taken.
    package static let limit = 255

    /// Whether a key may be called this: not empty, no white space, no `+`, no control characters.
    package static func isValid(_ name: some StringProtocol) -> Bool {
        (1...limit).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.properties.generalCategory != .control
            }
    }
}

/// A public key under its name: what signatures are checked with (a *vkey*).
package struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// The name on the signature's line; for a log's key, the origin.
    package let name: String
    /// What it signs.
    package let kind: SignatureKind
    /// The 32 bytes of the Ed25519 public key (RFC 8032).
    package let publicKey: [UInt8]
    /// The first four bytes of SHA-256(name ‖ newline ‖ kind ‖ public key), big-endian.
    package let id: UInt32

    /// A key from its parts; nil if the name is none or the key has not 32 bytes.
    package init?(name: String, kind: SignatureKind, publicKey: [UInt8]) {
        guard KeyName.isValid(name), publicKey.count == 32 else { return nil }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        var hasher = SHA256()
        hasher.update(data: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey)
        id = hasher.finalize().prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads `name+id+key`.
    ///
    /// - Throws: `invalidKey` for any other text, an ID that is not the key's, or a kind other than 0x01 and 0x04.
    package init(_ text: some StringProtocol) throws(TransparencyError) {
        let parts = try KeyText.parts(text)
        guard let kind = parts.bytes.first.flatMap(SignatureKind.init(rawValue:)) else {
            throw TransparencyError(.invalidKey, "the key is of a kind other than Ed25519 notes and cosignatures")
        }
        guard let key = VerifierKey(name: parts.name, kind: kind, publicKey: Array(parts.bytes.dropFirst())) else {
            throw TransparencyError(.invalidKey, "the key has no proper name or not 32 bytes")
        }
        guard key.id == parts.id else { throw TransparencyError(.invalidKey, "the key does not fit its ID") }
        self = key
    }

    /// The key as it is handed out: `name+id+key`.
    package var description: String { KeyText.text(name, id, [kind.rawValue] + publicKey) }

    /// Whether this key made a signature over a message.
    func isValid(_ signature: some Collection<UInt8>, over message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(Array(signature), for: message)
    }
}

/// A private key under its name (an *skey*). Never printed by anything but its own ``text``.
package struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// The name under which it signs.
    package let name: String
    private static let prefix = "PRIVATE+KEY+"

    /// A new key that nobody can guess; nil if the name is none.
    package init?(generatingFor name: String) {
        guard KeyName.isValid(name) else { return nil }
        self.name = name
        key = Curve25519.Signing.PrivateKey()
    }

    /// Reads `PRIVATE+KEY+name+id+seed`; white space at the end is left out.
    ///
    /// - Throws: `invalidKey`, which says nothing of what stood there.
    package init(_ text: some StringProtocol) throws(TransparencyError) {
        var rest = Substring(text)
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace { rest.unicodeScalars.removeLast() }
        guard rest.hasPrefix(Self.prefix) else {
            throw TransparencyError(.invalidKey, "a private key begins with \(Self.prefix)")
        }
        let parts = try KeyText.parts(rest.dropFirst(Self.prefix.count))
        guard parts.bytes.count == 33, parts.bytes[0] == SignatureKind.note.rawValue,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(parts.bytes[1...]))
        else { throw TransparencyError(.invalidKey, "the private key is no Ed25519 seed") }
        guard KeyName.isValid(parts.name) else { throw TransparencyError(.invalidKey, "the key has no proper name") }
        self.key = key
        name = parts.name
        guard verifier(.note).id == parts.id else {
            throw TransparencyError(.invalidKey, "the private key does not fit its ID")
        }
    }

    /// The key as it is kept: `PRIVATE+KEY+name+id+seed`.
    package var text: String {
        Self.prefix + KeyText.text(name, verifier(.note).id, [SignatureKind.note.rawValue] + key.rawRepresentation)
    }

    /// The public key for one kind of signatures.
    package func verifier(_ kind: SignatureKind) -> VerifierKey {
        guard let found = VerifierKey(name: name, kind: kind, publicKey: Array(key.publicKey.rawRepresentation)) else {
            preconditionFailure("the name was checked, and an Ed25519 key has 32 bytes")
        }
        return found
    }

    /// The Ed25519 signature over a message: 64 bytes, the same each time.
    func sign(_ message: [UInt8]) throws(TransparencyError) -> [UInt8] {
        guard let signature = try? key.signature(for: message) else {
            throw TransparencyError(.invalidKey, "the key cannot sign")
        }
        return Array(signature)
    }
}

/// What the texts of public and private keys have in common: `name+id+base64`.
private enum KeyText {
    static func text(_ name: String, _ id: UInt32, _ bytes: [UInt8]) -> String {
        let digits = String(id, radix: 16)
        let padded = String(repeating: "0", count: 8 - digits.utf8.count) + digits
        return "\(name)+\(padded)+\(Base64.encode(bytes))"
    }

    static func parts(
        _ text: some StringProtocol
    ) throws(TransparencyError) -> (name: String, id: UInt32, bytes: [UInt8]) {
        // The bytes may hold a + too, so only the first two divide.
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard text.utf8.count <= 1_024, parts.count == 3, parts[1].utf8.count == 8,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
            let id = UInt32(parts[1], radix: 16), let bytes = Base64.decode(parts[2])
        else { throw TransparencyError(.invalidKey, "a key is name+id+key: 8 hexadecimal digits, then base64") }
        return (String(parts[0]), id, bytes)
    }
}
