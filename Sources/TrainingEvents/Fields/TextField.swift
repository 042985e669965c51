/// What a text field takes.
package struct TextKind: Sendable {
    enum Form: Sendable {
        case label
        case identifier
        case openCode([String])
        case freeText
        case nationalID
        case phone
        case account
    }

    let form: Form

    /// A name of a thing: course, county, trade, employer, 1–500 bytes on one line.
    package static let label = TextKind(form: .label)
    /// An opaque ID chosen by the sender, 1–200 bytes, never a personal number.
    package static let identifier = TextKind(form: .identifier)
    /// Free text of up to 8,000 bytes.
    package static let freeText = TextKind(form: .freeText)
    /// A national ID or residence number with its check digit (國民身分證統一編號、居留證統一證號).
    package static let nationalID = TextKind(form: .nationalID)
    /// A phone number.
    package static let phone = TextKind(form: .phone)
    /// A bank or post office account (金融帳號).
    package static let account = TextKind(form: .account)

    /// A code of a vocabulary that may grow: the known ones, and others of the same form that are no
    /// misspelling of a known one.
    package static func openCode(_ known: [String]) -> TextKind { TextKind(form: .openCode(known)) }

    var isPersonal: Bool {
        switch form {
        case .freeText, .nationalID, .phone, .account: true
        case .label, .identifier, .openCode: false
        }
    }
}

extension String: FieldValue {
    package typealias Kind = TextKind

    package static var placeholder: String { "" }
    package var isZero: Bool { isEmpty }
    package static var isLengthDelimited: Bool { true }

    package func encode(to writer: inout WireWriterBox) { writer.writer.text(self) }

    package static func decode(from reader: inout WireReaderBox, kind: TextKind) throws(EventError) -> String {
        let text = try reader.reader.text()
        // ASCII is its own normal form; only other text has to be looked at.
        if reader.reader.isNormalised || text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        guard !text.hasEndlessMarks, text.isInNormalFormC else {
            throw reader.reader.malformed("text that is not in normal form C")
        }
        return text
    }

    package static func read(_ json: JSONNode, kind: TextKind, registry: Registry) throws(EventError) -> String {
        guard json.kind == .string else { throw wrongType(json, "a string") }
        return try json.text.checked(as: kind)
    }

    /// The text in the canonical form of its kind.
    ///
    /// - Throws: what a field of that kind does not take.
    func checked(as kind: TextKind) throws(EventError) -> String {
        let canonical = try checked(multipleLines: kind.isPersonal)
        let length = canonical.utf8.count
        switch kind.form {
        case .label:
            try Self.bound(length, Limits.labelBytes)
            if PersonalPatterns.containsPersonalNumber(canonical) { throw EventError(.personalData) }
        case .identifier: try Self.checkIdentifier(canonical)
        case .openCode(let known): try Self.checkCode(canonical, known)
        case .freeText: try Self.bound(length, Limits.freeTextBytes, least: 0)
        case .nationalID:
            guard PersonalPatterns.isNationalID(canonical) else {
                throw EventError(.checkDigit, expected: "a national ID or residence number with its check digit")
            }
        case .phone, .account:
            let allowed = canonical.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-#() ".utf8.contains($0) }
            guard (4...40).contains(length), allowed else {
                throw EventError(.invalidValue, expected: "digits, 4 to 40 characters, with + - # ( ) at most")
            }
        }
        return canonical
    }

    /// Whether the bytes are an opaque ID that needs no further look: printable ASCII within the bounds, with too few
    /// digits in a row for a personal number. Any other is for ``checkIdentifier(_:)`` to judge.
    static func isPlainIdentifier(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last, bytes.count <= Limits.identifierBytes, first != 0x20,
            last != 0x20
        else { return false }
        for byte in bytes where byte < 0x20 || byte >= 0x7F { return false }
        return !PersonalPatterns.mayContainPersonalNumber(ascii: bytes)
    }

    /// The text as a field for national IDs holds it.
    ///
    /// - Throws: `checkDigit` if it is neither a national ID nor a residence number.
    package func canonicalNationalID() throws(EventError) -> String { try checked(as: .nationalID) }

    /// The text as a field for names of things holds it: 1–500 bytes on one line.
    ///
    /// - Throws: `outOfRange`, `invalidText`; `personalData` where it holds a national ID or phone number.
    package func canonicalLabel() throws(EventError) -> String { try checked(as: .label) }

    /// Checks an opaque ID: 1–200 bytes, no white space at the ends, no personal number.
    package static func checkIdentifier(_ text: String) throws(EventError) {
        try bound(text.utf8.count, Limits.identifierBytes)
        guard !isSpace(text.unicodeScalars.first), !isSpace(text.unicodeScalars.last) else {
            throw EventError(.invalidText, found: "white space at an end of an ID", expected: "an ID without it")
        }
        if PersonalPatterns.containsPersonalNumber(text) {
            throw EventError(.personalData, expected: "an opaque ID chosen by the sender")
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return scalar.isASCII ? scalar == " " : scalar.properties.isWhitespace
    }

    private static func checkCode(_ text: String, _ known: [String]) throws(EventError) {
        if known.contains(text) { return }
        try bound(text.utf8.count, 64)
        if PersonalPatterns.containsPersonalNumber(text) { throw EventError(.personalData, expected: "a code") }
        let isWord = text.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) }
        guard isWord, let first = text.utf8.first, (0x61...0x7A).contains(first) else {
            throw EventError(.invalidValue, found: shown(text), expected: "a code such as \(known.first ?? "idCard")")
        }
        if let near = Suggestion.nearest(to: text, among: known) {
            throw EventError(.invalidValue, found: shown(text), expected: "a known code", suggestion: near)
        }
    }

    private static func bound(_ length: Int, _ most: Int, least: Int = 1) throws(EventError) {
        guard length >= least, length <= most else {
            throw EventError(.outOfRange, found: "\(length) bytes", expected: "\(least) to \(most) bytes")
        }
    }

    package func json(kind: TextKind, registry: Registry) -> JSONValue { .string(self) }

    package static func schema(kind: TextKind) -> (type: String, meaning: String?) { ("string", nil) }

    /// The text in normal form C.
    ///
    /// - Throws: `invalidText` for control characters and code points that Unicode has not assigned: what a
    ///   later Unicode version makes of those could change their normal form.
    package func checked(multipleLines: Bool) throws(EventError) -> String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where !(multipleLines && (scalar == "\n" || scalar == "\t")):
                throw EventError(.invalidText, found: "a control character", expected: "text without it")
            case .lineSeparator where !multipleLines, .paragraphSeparator where !multipleLines:
                throw EventError(.invalidText, found: "a line separator", expected: "text on one line")
            case .unassigned, .surrogate:
                throw EventError(
                    .invalidText, found: "code point U+\(String(scalar.value, radix: 16, uppercase: true))",
                    expected: "characters that Unicode has assigned")
            default: continue
            }
        }
        return inNormalFormC
    }
}
