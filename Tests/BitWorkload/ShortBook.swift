import Rulebook

/// A rulebook that is as short as one can be: the parameters of `base` with their first values, no clauses, no remarks.
///
/// A file of a rulebook is held to its digest as a whole, so a short one shows as much as a long one, and its bits can all
/// be flipped in a reasonable time.
struct ShortBook {
    private(set) var text = ""
    private var section = Substring()
    private var valuesOfParameter = 0
    private var isInRemark = false

    private static let remarks: Set<Substring> = ["note", "reading", "checked", "announced", "repealed"]

    init() throws {
        let base = String(decoding: try BuiltInRulebooks.book(named: "base").text, as: UTF8.self)
        for line in base.split(separator: "\n") where takes(line) { text += line + "\n" }
    }

    private mutating func takes(_ line: Substring) -> Bool {
        let indentation = line.prefix { $0 == " " }.count
        guard line.dropFirst(indentation).first != "#" else { return false }
        if indentation == 0 { section = line.prefix { $0 != ":" } }
        guard section == "parameters" else { return section != "clauses" }
        if indentation == 2 { valuesOfParameter = 0 }
        if line.hasPrefix("    - ") { valuesOfParameter += 1 }
        let key = line.drop { $0 == " " || $0 == "-" }.prefix { $0 != ":" }
        if indentation <= 6 { isInRemark = indentation > 2 && Self.remarks.contains(key) }
        return valuesOfParameter <= 1 && !isInRemark
    }
}
