/// A text with signatures under it (C2SP signed-note). Its text must not be believed before ``verify(by:)``.
package struct SignedNote: Hashable, Sendable {
    /// The text that is signed; ends in a newline.
    package let text: String
    /// The signatures in their order.
    package private(set) var signatures: [NoteSignature]

    /// Bytes of the longest note that is read.
    package static let limit = 1 << 20
    /// Signatures that a note has at most.
    package static let signatureLimit = 100

    /// A note that is not signed yet; nil if the text cannot be one: no newline at its end, other control
    /// characters, or too long.
    package init?(text: String) {
        guard Self.isText(text) else { return nil }
        self.text = text
        signatures = []
    }

    private static func isText(_ text: String) -> Bool {
        text.utf8.last == 0x0A && text.utf8.count <= limit && text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A }
    }

    /// Reads a note.
    ///
    /// - Throws: `malformed` with the line, `tooLong`.
    package init(parsing bytes: [UInt8]) throws(TransparencyError) {
        guard bytes.count <= Self.limit else {
            throw TransparencyError(.tooLong, "a note has at most \(Self.limit) bytes")
        }
        guard let whole = String(validating: bytes, as: UTF8.self), Self.isText(whole) else {
            throw TransparencyError(.malformed, "a note is UTF-8 without control characters and ends in a newline")
        }
        // The last empty line divides: two newlines, found among the bytes since a Character may take in both.
        guard let blank = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
            throw TransparencyError(.malformed, "there is no empty line before the signatures")
        }
        text = String(decoding: bytes[...blank], as: UTF8.self)
        let first = bytes[...blank].count { $0 == 0x0A } + 2
        let lines = bytes[(blank + 2)...].split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        guard !lines.isEmpty else { throw TransparencyError(.malformed, "the note has no signatures", line: first) }
        guard lines.count <= Self.signatureLimit else {
            throw TransparencyError(.tooLong, "a note has at most \(Self.signatureLimit) signatures", line: first)
        }
        signatures = []
        for (number, line) in lines.enumerated() {
            guard let signature = NoteSignature(line: String(decoding: line, as: UTF8.self)) else {
                throw TransparencyError(
                    .malformed, "this is no line of a signature: — name base64", line: first + number)
            }
            signatures.append(signature)
        }
    }

    /// The note as it is written.
    package var bytes: [UInt8] { Array((text + "\n" + signatures.map(\.line).joined()).utf8) }

    /// Checks the signatures of the keys that are known. Those of others are passed over.
    ///
    /// - Returns: the keys that have signed, in the order given; never none.
    /// - Throws: `badSignature` if one of a known key does not fit, whatever others do; `notSigned` if there is none.
    @discardableResult
    package func verify(by keys: [VerifierKey]) throws(TransparencyError) -> [VerifierKey] {
        var signers: [VerifierKey] = []
        for key in keys {
            for signature in signatures where signature.isBy(key) {
                guard signature.isValid(over: text, by: key) else {
                    throw TransparencyError(.badSignature, "the signature of \(key.name) does not fit the text")
                }
                if !signers.contains(key) { signers.append(key) }
            }
        }
        guard !signers.isEmpty else {
            throw TransparencyError(.notSigned, "none of the keys that are trusted has signed")
        }
        return signers
    }

    /// Adds a log's signature (kind 0x01).
    package mutating func sign(with key: SigningKey) throws(TransparencyError) {
        let signature = try key.sign(Array(text.utf8))
        try add(NoteSignature(key: key.verifier(.note), payload: signature))
    }

    /// Adds a witness's cosignature (kind 0x04) as of a time in seconds since 1970.
    package mutating func cosign(with key: SigningKey, at seconds: UInt64) throws(TransparencyError) {
        guard seconds <= Decimal.largest else { throw TransparencyError(.outOfRange, "the time is too late") }
        let signature = try key.sign(NoteSignature.cosigned(text, at: seconds))
        let time = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) }
        try add(NoteSignature(key: key.verifier(.cosignature), payload: time + signature))
    }

    /// Adds a signature that was made elsewhere, in place of an earlier one of the same key.
    package mutating func add(_ signature: NoteSignature) throws(TransparencyError) {
        var others = signatures.filter { $0.name != signature.name || $0.id != signature.id }
        others.append(signature)
        guard others.count <= Self.signatureLimit else {
            throw TransparencyError(.tooLong, "a note has at most \(Self.signatureLimit) signatures")
        }
        signatures = others
    }
}

/// One line under a note: `— name base64(ID ‖ signature)`.
package struct NoteSignature: Hashable, Sendable {
    /// The name of the key.
    package let name: String
    /// The ID of the key.
    package let id: UInt32
    /// What follows the ID: the signature, or a time and a signature.
    package let payload: [UInt8]

    private static let dash = "\u{2014} "

    init(key: VerifierKey, payload: [UInt8]) {
        name = key.name
        id = key.id
        self.payload = payload
    }

    /// Reads a line without its newline; nil if it is none.
    package init?(line: String) {
        guard line.hasPrefix(Self.dash) else { return nil }
        let parts = line.dropFirst(Self.dash.count).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, KeyName.isValid(parts[0]), let bytes = Base64.decode(parts[1]), bytes.count > 4 else {
            return nil
        }
        name = String(parts[0])
        id = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        payload = Array(bytes[4...])
    }

    /// The line, with its newline.
    package var line: String {
        let idBytes = (0..<4).map { UInt8(truncatingIfNeeded: id >> (24 - 8 * UInt32($0))) }
        return Self.dash + name + " " + Base64.encode(idBytes + payload) + "\n"
    }

    /// When a cosignature was made, in seconds since 1970; nil for anything else. Means nothing before it is verified.
    package var time: UInt64? {
        payload.count == 72 ? payload[..<8].reduce(0) { $0 << 8 | UInt64($1) } : nil
    }

    /// Whether it claims to be by this key.
    package func isBy(_ key: VerifierKey) -> Bool { id == key.id && name.utf8.elementsEqual(key.name.utf8) }

    func isValid(over text: String, by key: VerifierKey) -> Bool {
        switch key.kind {
        case .note: return key.isValid(payload, over: Array(text.utf8))
        case .cosignature:
            guard let time, time <= Decimal.largest else { return false }
            return key.isValid(payload[8...], over: Self.cosigned(text, at: time))
        }
    }

    /// What a cosignature signs.
    static func cosigned(_ text: String, at seconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
    }
}
