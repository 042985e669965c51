/// A personal detail or free text as an event holds it.
package enum PersonalText: Hashable, Sendable {
    /// In the clear: as it came in, or after it was opened, or in a record of before texts were sealed.
    case plain(String)
    /// Sealed under a key outside the ledger.
    case sealed(SealedText)
    /// Destroyed: it was there once, and nobody can bring it back.
    case erased

    /// The text, if it is in the clear.
    package var text: String? {
        if case .plain(let text) = self { return text }
        return nil
    }

    /// Whether there is something to seal: the empty text says nothing about anybody.
    package var isToBeSealed: Bool { text.map { !$0.isEmpty } ?? false }

    /// Whether only is known that there was a text: JSON showed it sealed or erased, and nothing more can be compared.
    package var isShownOnly: Bool {
        switch self {
        case .plain: false
        case .sealed(let sealed): sealed == .unknown
        case .erased: true
        }
    }

    /// The text as whoever may not see it sees it: that there is one, and nothing else.
    package var masked: PersonalText { self == .erased || isZero ? self : .sealed(.unknown) }

    /// The one byte that stands for a destroyed text. No UTF-8 text has it.
    private static let erasedMark: UInt8 = 0xFF
}

extension PersonalText: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self = .plain(text) }
}

extension PersonalText: FieldValue {
    package typealias Kind = TextKind

    package static var placeholder: PersonalText { .plain("") }
    package var isZero: Bool { self == .plain("") }
    package static var isLengthDelimited: Bool { true }

    package func encode(to writer: inout WireWriterBox) {
        switch self {
        case .plain(let text): writer.writer.text(text)
        case .sealed(let sealed): writer.writer.message([SealedText.mark] + sealed.bytes)
        case .erased: writer.writer.message([Self.erasedMark])
        }
    }

    package static func decode(from reader: inout WireReaderBox, kind: TextKind) throws(EventError) -> PersonalText {
        var ahead = reader.reader
        let bytes = try ahead.message().rest
        guard let first = bytes.first, first >= SealedText.mark else {
            return .plain(try String.decode(from: &reader, kind: kind))
        }
        reader.reader = ahead
        if first == erasedMark, bytes.count == 1 { return .erased }
        guard first == SealedText.mark, let sealed = SealedText(stored: bytes.dropFirst()) else {
            throw ahead.malformed("a sealed text that is none")
        }
        return .sealed(sealed)
    }

    /// A string, or what stands for a text that is not shown: `{"sealed":true}`, `{"erased":true}`.
    package static func read(_ json: JSONNode, kind: TextKind, registry: Registry) throws(EventError) -> PersonalText {
        guard json.kind == .object else { return .plain(try String.read(json, kind: kind, registry: registry)) }
        let shown = json.value
        for hidden in [PersonalText.sealed(.unknown), .erased]
        where hidden.json(kind: kind, registry: registry) == shown {
            return hidden
        }
        throw EventError(
            .invalidValue, found: "an object", expected: "a string, {\"sealed\":true} or {\"erased\":true}")
    }

    package func json(kind: TextKind, registry: Registry) -> JSONValue {
        switch self {
        case .plain(let text): .string(text)
        case .sealed: .members(["sealed": .bool(true)])
        case .erased: .members(["erased": .bool(true)])
        }
    }

    package static func schema(kind: TextKind) -> (type: String, meaning: String?) { ("bytes", "text, maybe sealed") }
}
