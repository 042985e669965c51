import CivilTime
import Yams

/// Reading the values that are lists and tables.
extension LayerReader {
    /// A list of codes, none twice.
    mutating func codes(_ node: Node) -> [String]? {
        distinct(node, "code") { $0.code($1) }
    }

    /// A list of labels without spaces, none twice.
    mutating func labels(_ node: Node) -> [String]? {
        distinct(node, "label") { reader, element in
            guard let label = reader.text(element, "the label") else { return nil }
            guard !label.contains(where: \.isWhitespace) else {
                reader.note(.badValue, "label \(label) holds a space", at: element)
                return nil
            }
            return label
        }
    }

    private mutating func distinct(
        _ node: Node, _ what: String, read: (inout LayerReader, Node) -> String?
    ) -> [String]? {
        guard let nodes = list(node, "the \(what)s") else { return nil }
        var result: [String] = []
        var sound = true
        for element in nodes {
            guard let word = read(&self, element) else {
                sound = false
                continue
            }
            if result.contains(word) {
                note(.duplicate, "\(what) \(word) stands twice", at: element)
                sound = false
            }
            result.append(word)
        }
        return sound ? result : nil
    }

    /// A list of category codes of the book, none twice.
    mutating func categories(_ node: Node) -> [String]? {
        guard let result = codes(node) else { return nil }
        for code in result where !categoryCodes.contains(code) {
            note(.unknownReference, "category \(code) is not listed in the book", at: node)
            return nil
        }
        return result
    }

    /// A scale whose steps descend in days, minutes and half-months.
    mutating func steps(_ node: Node) -> [RemainderStep]? {
        guard let nodes = list(node, "the scale") else { return nil }
        var result: [RemainderStep] = []
        for element in nodes {
            guard let keys = mapping(element, "a step", required: ["days", "minutes", "halfMonths"]),
                let days = keys["days"].flatMap({ count($0, in: 1...31) }),
                let minutes = keys["minutes"].flatMap({ amount($0) }),
                let halfMonths = keys["halfMonths"].flatMap({ count($0, in: 1...24) })
            else { return nil }
            if let last = result.last,
                days >= last.days || minutes > last.minutes || halfMonths >= last.halfMonths
            {
                note(.order, "the steps must descend: \(days) days after \(last.days)", at: element)
                return nil
            }
            result.append(RemainderStep(days: days, minutes: minutes, halfMonths: halfMonths))
        }
        return result
    }

    /// Holidays in ascending order.
    mutating func holidays(_ node: Node) -> [Holiday]? {
        guard let nodes = list(node, "the holidays") else { return nil }
        var result: [Holiday] = []
        for element in nodes {
            guard let keys = mapping(element, "a holiday", required: ["day", "name", "source"]),
                let day = keys["day"].flatMap({ date($0) }),
                let name = keys["name"].flatMap({ text($0, "the name") }),
                let citation = keys["source"].flatMap({ citation($0) })
            else { return nil }
            if let last = result.last, day <= last.day {
                note(.order, "\(day) does not come after \(last.day)", at: element)
                return nil
            }
            result.append(Holiday(day: day, name: name, citation: citation))
        }
        return result
    }

    /// Branches; a county belongs to one.
    mutating func branches(_ node: Node) -> [Branch]? {
        guard let nodes = list(node, "the branches") else { return nil }
        var result: [Branch] = []
        var counties: Set<String> = []
        for element in nodes {
            guard let keys = mapping(element, "a branch", required: ["code", "name", "counties"]),
                let code = keys["code"].flatMap({ code($0) }),
                let name = keys["name"].flatMap({ bilingual($0, "the name") }),
                let countyNodes = keys["counties"].flatMap({ list($0, "the counties") })
            else { return nil }
            var own: [String] = []
            for countyNode in countyNodes {
                guard let county = text(countyNode, "the county") else { return nil }
                guard counties.insert(county).inserted else {
                    note(.duplicate, "\(county) stands in two branches", at: countyNode)
                    return nil
                }
                own.append(county)
            }
            result.append(Branch(code: code, name: name, counties: own))
        }
        return result
    }

    /// A category table; no category in two rows, no row number twice.
    mutating func table(_ node: Node) -> CategoryTable? {
        guard let keys = mapping(node, "a table", required: ["common", "rows"]), let commonNode = keys["common"],
            let rowsNode = keys["rows"], let rowNodes = list(rowsNode, "the rows")
        else { return nil }
        let before = findings.count
        let common = papers(commonNode) ?? []
        var rows: [CategoryRow] = []
        var taken: Set<String> = []
        for rowNode in rowNodes {
            guard let row = row(rowNode) else { continue }
            if rows.contains(where: { $0.number == row.number }) {
                note(.duplicate, "row \(row.number) stands twice", at: rowNode)
            }
            for category in row.categories where !taken.insert(category).inserted {
                note(.duplicate, "category \(category) stands in two rows", at: rowNode)
            }
            rows.append(row)
        }
        guard findings.count == before else { return nil }
        return CategoryTable(common: common, rows: rows)
    }

    private mutating func row(_ node: Node) -> CategoryRow? {
        guard let keys = mapping(node, "a row", required: ["number", "title", "categories", "papers"]),
            let number = keys["number"].flatMap({ text($0, "the number") }),
            let title = keys["title"].flatMap({ bilingual($0, "the title") }),
            let categories = keys["categories"].flatMap({ categories($0) }),
            let papers = keys["papers"].flatMap({ papers($0) })
        else { return nil }
        guard !categories.isEmpty else {
            note(.missingKey, "row \(number) has no category", at: node)
            return nil
        }
        return CategoryRow(number: number, title: title, categories: categories, papers: papers)
    }

    private mutating func papers(_ node: Node) -> [PaperRequirement]? {
        guard let nodes = list(node, "the papers") else { return nil }
        var result: [PaperRequirement] = []
        for element in nodes {
            guard let paper = paper(element) else { return nil }
            result.append(paper)
        }
        return result
    }

    /// `code|code original issuedBeforeStart if condition except category category`.
    private mutating func paper(_ node: Node) -> PaperRequirement? {
        guard let text = text(node, "the paper") else { return nil }
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)[...]
        let anyOf = (words.popFirst() ?? "").split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let original = words.first == "original"
        if original { words.removeFirst() }
        let issuedBeforeStart = words.first == "issuedBeforeStart"
        if issuedBeforeStart { words.removeFirst() }
        var condition: String?
        if words.first == "if" {
            words.removeFirst()
            condition = words.popFirst() ?? ""
        }
        var except: [String] = []
        if words.first == "except" {
            words.removeFirst()
            except = Array(words)
            words = []
            if except.isEmpty { words = [""] }
        }
        guard words.isEmpty else {
            note(
                .badValue, "\(text) does not read as: a|b original issuedBeforeStart if condition except category",
                at: node)
            return nil
        }
        let unknown =
            anyOf.first { !paperCodes.contains($0) }.map { "paper \($0)" }
            ?? condition.flatMap { conditionCodes.contains($0) ? nil : "condition \($0)" }
            ?? except.first { !categoryCodes.contains($0) }.map { "category \($0)" }
        if let unknown {
            note(.unknownReference, "\(unknown) is not listed in the book", at: node)
            return nil
        }
        guard Set(anyOf).count == anyOf.count, Set(except).count == except.count else {
            note(.duplicate, "a code stands twice in \(text)", at: node)
            return nil
        }
        return PaperRequirement(
            anyOf: anyOf, original: original, issuedBeforeStart: issuedBeforeStart, condition: condition, except: except
        )
    }
}
