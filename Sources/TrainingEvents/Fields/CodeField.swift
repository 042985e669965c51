/// A closed vocabulary: a code in JSON, a number from 1 in the binary form.
///
/// Numbers are never reused; a new code is added with the next number.
package protocol CodeEnum: FieldValue, CaseIterable, RawRepresentable<UInt8> where Kind == PlainKind {
    static var codes: CodeNames<Self> { get }
}

/// The names of a vocabulary, in the order of their numbers.
package struct CodeNames<Code: CodeEnum>: Sendable {
    private let namesByNumber: [String]
    private let places: NameTable

    package init() {
        var names: [String] = []
        for code in Code.allCases {
            precondition(Int(code.rawValue) == names.count + 1, "codes are numbered from 1 without a gap")
            names.append(String(describing: code))
        }
        namesByNumber = names
        places = NameTable(names)
    }

    /// All names, in the order of their numbers.
    package var all: [String] { namesByNumber }

    func name(of code: Code) -> String { namesByNumber[Int(code.rawValue) - 1] }

    func code(named name: String) -> Code? {
        namesByNumber.firstIndex(of: name).flatMap { Code(rawValue: UInt8($0 + 1)) }
    }

    func code(named name: JSONNode) -> Code? {
        places.place(of: name).flatMap { Code(rawValue: UInt8($0 + 1)) }
    }
}

extension CodeEnum {
    /// The code as events spell it.
    package var name: String { Self.codes.name(of: self) }

    /// The code with this name.
    package init?(named name: String) {
        guard let code = Self.codes.code(named: name) else { return nil }
        self = code
    }

    package static var placeholder: Self { allCases[allCases.startIndex] }
    package var isZero: Bool { false }
    package static var isLengthDelimited: Bool { false }
    package static func storedForm(kind: PlainKind) -> StoredForm { .number(1...UInt64(allCases.count)) }

    package func encode(to writer: inout WireWriterBox) { writer.writer.varint(UInt64(rawValue)) }

    package static func decode(from reader: inout WireReaderBox, kind: PlainKind) throws(EventError) -> Self {
        let raw = try reader.reader.varint()
        guard let number = UInt8(exactly: raw), let code = Self(rawValue: number) else {
            throw reader.reader.malformed("a code that this version does not know")
        }
        return code
    }

    package static func read(_ json: JSONNode, kind: PlainKind, registry: Registry) throws(EventError) -> Self {
        guard json.kind == .string else { throw wrongType(json, "a string") }
        guard let code = codes.code(named: json) else {
            let (names, text) = (codes.all, json.text)
            throw EventError(
                .invalidValue, found: shown(text),
                expected: names.count <= 14 ? names.joined(separator: ", ") : "one of \(names.count) codes",
                suggestion: Suggestion.nearest(to: text, among: names))
        }
        return code
    }

    package func json(kind: PlainKind, registry: Registry) -> JSONValue { .string(name) }

    package static func schema(kind: PlainKind) -> (type: String, meaning: String?) {
        (String(describing: Self.self), nil)
    }
}
