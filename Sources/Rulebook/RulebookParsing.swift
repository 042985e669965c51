public import CivilTime
import Crypto
import Yams

extension Rulebook {
    /// What a check finds: the same as what reading throws.
    public typealias Finding = RulebookError

    /// Reads a rulebook from YAML.
    ///
    /// The file is one book, or a book's canonical text with the books it is built on before it, parted by
    /// lines `---`. A book of one layer that extends another must extend a built-in one.
    ///
    /// - Parameters:
    ///   - bytes: The file, at most ``maximumSize`` bytes of UTF-8.
    ///   - fileName: Its name, for messages only.
    /// - Throws: The first fault of the file, with its line and column.
    public static func parse(_ bytes: [UInt8], fileName: String) throws(RulebookError) -> Rulebook {
        try read(bytes, fileName: fileName).mapError(\.first).get().book
    }

    /// Everything that is wrong with a rulebook, in the order of the file; empty if nothing is.
    ///
    /// Besides what ``parse(_:fileName:)`` refuses, it wants of every parameter exactly one value, or an explicit
    /// end before it, on the first day of every month from 2018-01 on.
    ///
    /// - Parameter end: The last day covered; by default ``coverageEnd``.
    public static func check(_ bytes: [UInt8], fileName: String, until end: CivilDate? = nil) -> [Finding] {
        switch read(bytes, fileName: fileName) {
        case .failure(let faults): faults.all
        case .success(let (book, places)):
            book.coverageFindings(until: end ?? book.coverageEnd, fileName: fileName, places: places)
        }
    }

    /// `sha256:` and the SHA-256 of the bytes in lower-case hexadecimal.
    public static func digest(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("sha256:".utf8)
        for byte in SHA256.hash(data: bytes) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// All faults of a file, in its order; at least one.
    private struct Faults: Error {
        let first: RulebookError
        var others: [RulebookError] = []

        var all: [RulebookError] { [first] + others }

        init(_ first: RulebookError) { self.first = first }

        /// `nil` if there is none.
        init?(_ findings: [RulebookError]) {
            guard let first = findings.first else { return nil }
            self.first = first
            others = Array(findings.dropFirst())
        }
    }

    /// Reads a file: the book and where its parameters stand, or everything that is wrong.
    private static func read(
        _ bytes: [UInt8], fileName: String
    ) -> Result<(book: Rulebook, places: [Int: FilePlace]), Faults> {
        let layers: [BookLayer]
        do {
            layers = try BookText.layers(bytes, fileName: fileName)
        } catch {
            return .failure(Faults(error))
        }
        var draft = BookDraft()
        var text = bytes
        for (index, layer) in layers.enumerated() {
            var reader = LayerReader(fileName: fileName, lineOffset: layer.lineOffset)
            let root: Node
            do {
                root = try layer.compose(fileName: fileName)
            } catch {
                return .failure(Faults(error))
            }
            var isFirst = index == 0
            if let base = reader.extended(by: root, below: isFirst ? nil : draft.id), isFirst {
                // The only layer of the file stands on a built-in book, whose text becomes part of its own.
                draft = BookDraft(base)
                text = base.text + separator(after: base.text) + bytes
                isFirst = false
            }
            draft.extends = isFirst ? nil : draft.id
            if reader.findings.isEmpty { reader.layer(root, into: &draft, isFirst: isFirst) }
            if let faults = Faults(reader.findings) { return .failure(faults) }
        }
        guard text.count <= maximumSize else {
            let reason = "\(text.count) bytes with the book below it; at most \(maximumSize) are taken"
            return .failure(Faults(RulebookError(.tooLarge, reason, file: fileName, line: 1, column: 1)))
        }
        return .success((draft.rulebook(text: text), draft.places))
    }

    private static func separator(after text: [UInt8]) -> [UInt8] {
        Array((text.last == UInt8(ascii: "\n") ? "---\n" : "\n---\n").utf8)
    }
}

extension LayerReader {
    /// The built-in book that the layer extends, or `nil` if it extends none or the one right below it.
    ///
    /// - Parameter below: The ID of the layer below in the same file; `nil` for the first layer.
    fileprivate mutating func extended(by root: Node, below: String?) -> Rulebook? {
        guard let node = root.mapping?.first(where: { $0.key.scalar?.string == "extends" })?.value else {
            if let below { note(.missingKey, "a layer on top of book \(below) must say extends: \(below)", at: root) }
            return nil
        }
        guard let id = bookID(node) else { return nil }
        if let below {
            if id != below { note(.unknownBook, "the layer below is book \(below), not \(id)", at: node) }
            return nil
        }
        guard BuiltInRulebooks.names.contains(id) else {
            note(.unknownBook, "there is no built-in book \(id)", at: node)
            return nil
        }
        do {
            return try BuiltInRulebooks.book(named: id)
        } catch {
            note(error)
            return nil
        }
    }
}
