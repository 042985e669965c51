import CivilTime
import Yams

/// Reads the nodes of one layer strictly and collects everything that is wrong with it.
///
/// Every reading function returns `nil` after it has noted a fault, so that one pass finds them all.
struct LayerReader {
    /// At most this many faults are kept; a file with more is not a rulebook.
    static let maximumFindings = 200

    let fileName: String
    let lineOffset: Int
    /// All faults so far, in the order found.
    private(set) var findings: [RulebookError] = []

    /// Whether the layer stands on no other: then each parameter must state its unit.
    var mustStateUnits = false
    /// Documents that may be cited: those of the books below and of this layer.
    var documents: [String: RuleDocument] = [:]
    /// Codes that may be used.
    var categoryCodes: Set<String> = []
    var paperCodes: Set<String> = []
    var conditionCodes: Set<String> = []

    init(fileName: String, lineOffset: Int) {
        self.fileName = fileName
        self.lineOffset = lineOffset
    }

    // MARK: Faults

    mutating func note(_ code: RulebookError.Code, _ reason: String, at node: Node) {
        let place = place(of: node)
        note(RulebookError(code, reason, file: fileName, line: place.line, column: place.column))
    }

    /// Line and column of a node in the file.
    func place(of node: Node) -> FilePlace {
        FilePlace(line: lineOffset + (node.mark?.line ?? 1), column: node.mark?.column ?? 1)
    }

    mutating func note(_ error: RulebookError) {
        guard findings.count < Self.maximumFindings else { return }
        findings.append(error)
    }

    // MARK: Shapes

    /// The pairs of a mapping in file order; keys are non-empty text.
    mutating func pairs(_ node: Node, _ what: String) -> [(key: String, keyNode: Node, value: Node)]? {
        guard case .mapping(let mapping) = node else {
            note(.wrongType, "\(what) must be a mapping, found \(node.shape)", at: node)
            return nil
        }
        var result: [(key: String, keyNode: Node, value: Node)] = []
        for (keyNode, value) in mapping {
            guard case .scalar(let key) = keyNode, !key.string.isEmpty else {
                note(.wrongType, "a key of \(what) must be a word", at: keyNode)
                return nil
            }
            result.append((key.string, keyNode, value))
        }
        return result
    }

    /// A mapping that must have the required keys and may have the optional ones, and no other.
    mutating func mapping(
        _ node: Node, _ what: String, required: [String], optional: [String] = []
    ) -> [String: Node]? {
        guard let pairs = pairs(node, what) else { return nil }
        var result: [String: Node] = [:]
        var complete = true
        for (key, keyNode, value) in pairs {
            if required.contains(key) || optional.contains(key) {
                result[key] = value
            } else {
                note(.unknownKey, "\(what) has no key \(key)", at: keyNode)
                complete = false
            }
        }
        for key in required where result[key] == nil {
            let code: RulebookError.Code = key == "source" || key == "sources" ? .missingSource : .missingKey
            note(code, "\(what) lacks \(key)", at: node)
            complete = false
        }
        return complete ? result : nil
    }

    /// The elements of a list.
    mutating func list(_ node: Node, _ what: String) -> [Node]? {
        guard case .sequence(let sequence) = node else {
            note(.wrongType, "\(what) must be a list, found \(node.shape)", at: node)
            return nil
        }
        return Array(sequence)
    }

    // MARK: Scalars

    /// Non-empty text without control characters.
    mutating func text(_ node: Node, _ what: String = "the text") -> String? {
        guard case .scalar(let scalar) = node else {
            note(.wrongType, "\(what) must be text, found \(node.shape)", at: node)
            return nil
        }
        let text = scalar.string
        guard !text.isEmpty else {
            note(.badValue, "\(what) is empty", at: node)
            return nil
        }
        // Quoted scalars can hold escapes that the scan of the file cannot see.
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }) else {
            note(.badValue, "\(what) holds a control character", at: node)
            return nil
        }
        return text
    }

    /// `{zh: …, en: …}`.
    mutating func bilingual(_ node: Node, _ what: String) -> BilingualText? {
        guard let keys = mapping(node, what, required: ["zh", "en"]), let zh = keys["zh"], let en = keys["en"] else {
            return nil
        }
        let chinese = text(zh, "zh")
        let english = text(en, "en")
        guard let chinese, let english else { return nil }
        return BilingualText(chinese: chinese, english: english)
    }

    /// A code: an ASCII letter, then letters and digits.
    mutating func code(_ node: Node) -> String? {
        guard let text = text(node, "the code") else { return nil }
        guard Self.isCode(text) else {
            note(.badValue, "\(text) is not a code (letters and digits, a letter first)", at: node)
            return nil
        }
        return text
    }

    static func isCode(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, isLetter(first), bytes.count <= 64 else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) }
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// A whole number in plain decimal digits without leading zero, sign or separator.
    static func wholeNumber(_ text: some StringProtocol) -> Int64? {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 18, bytes.allSatisfy(isDigit),
            bytes.count == 1 || bytes[0] != UInt8(ascii: "0")
        else { return nil }
        return Int64(text)
    }

    mutating func amount(_ node: Node) -> Int64? {
        guard let text = text(node, "the amount") else { return nil }
        guard let number = Self.wholeNumber(text), number <= 1_000_000_000_000 else {
            note(.badValue, "\(text) is not a whole number from 0 to 1000000000000", at: node)
            return nil
        }
        return number
    }

    mutating func count(_ node: Node, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(node, "the number") else { return nil }
        guard let number = Self.wholeNumber(text), let count = Int(exactly: number), range.contains(count) else {
            note(.badValue, "\(text) is not a whole number from \(range.lowerBound) to \(range.upperBound)", at: node)
            return nil
        }
        return count
    }

    mutating func ratio(_ node: Node) -> Ratio? {
        guard let text = text(node, "the fraction") else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let numerator = Self.wholeNumber(parts[0]),
            let denominator = Self.wholeNumber(parts[1]), let ratio = Ratio(numerator, denominator)
        else {
            note(.badValue, "\(text) is not a fraction such as 60/100", at: node)
            return nil
        }
        return ratio
    }

    mutating func flag(_ node: Node) -> Bool? {
        guard let text = text(node, "the flag") else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            note(.badValue, "\(text) is neither true nor false", at: node)
            return nil
        }
    }

    /// An ISO date; the ROC forms are for people's input, a book has one spelling.
    mutating func date(_ node: Node) -> CivilDate? {
        guard let text = text(node, "the date") else { return nil }
        guard let date = CivilDate(text), date.description == text else {
            note(.badValue, "\(text) is not a date such as 2026-06-01", at: node)
            return nil
        }
        return date
    }
}
