import CivilTime
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
        let (book, findings) = read(bytes, fileName: fileName)
        if let first = findings.first { throw first }
        guard let book else {
            throw RulebookError(.syntax, "not a rulebook", file: fileName, line: 0, column: 0)
        }
        return book
    }

    /// Everything that is wrong with a rulebook, in the order of the file; empty if nothing is.
    ///
    /// Besides what ``parse(_:fileName:)`` refuses, it wants a value of every parameter on the first day of
    /// every quarter from 2018-01-01 to 2027-12-31.
    public static func check(_ bytes: [UInt8], fileName: String) -> [Finding] {
        let (book, findings) = read(bytes, fileName: fileName)
        return findings + (book?.coverageFindings(fileName: fileName) ?? [])
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

    /// Reads what can be read. The book is `nil` if anything is wrong.
    private static func read(_ bytes: [UInt8], fileName: String) -> (book: Rulebook?, findings: [Finding]) {
        let layers: [BookLayer]
        do {
            layers = try BookText.layers(bytes, fileName: fileName)
        } catch {
            return (nil, [error])
        }
        var draft = BookDraft()
        var text = bytes
        for (index, layer) in layers.enumerated() {
            var reader = LayerReader(fileName: fileName, lineOffset: layer.lineOffset)
            let root: Node
            do {
                root = try layer.compose(fileName: fileName)
            } catch {
                return (nil, [error])
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
            guard reader.findings.isEmpty else { return (nil, reader.findings) }
        }
        guard text.count <= maximumSize else {
            let reason = "\(text.count) bytes with the book below it; at most \(maximumSize) are taken"
            return (nil, [RulebookError(.tooLarge, reason, file: fileName, line: 0, column: 0)])
        }
        return (draft.rulebook(text: text), [])
    }

    private static func separator(after text: [UInt8]) -> [UInt8] {
        Array((text.last == UInt8(ascii: "\n") ? "---\n" : "\n---\n").utf8)
    }

    /// A finding for each parameter that has no value on some first day of a quarter.
    private func coverageFindings(fileName: String) -> [Finding] {
        var findings: [Finding] = []
        let quarters = (2018...2027).flatMap { year in
            [1, 4, 7, 10].compactMap { CivilDate(year: year, month: $0, day: 1) }
        }
        for listing in parameterListing {
            let bare = quarters.filter { day in
                !listing.entries.contains { ($0.from ?? .earliest) <= day && day <= ($0.until ?? .latest) }
            }
            if let first = bare.first {
                findings.append(
                    Finding(
                        .coverage, "\(listing.name) has no value on \(first) (and \(bare.count - 1) more quarters)",
                        file: fileName, line: 0, column: 0))
            }
        }
        return findings
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
