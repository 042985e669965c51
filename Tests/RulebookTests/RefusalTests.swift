import Rulebook
import Testing

@Suite struct `A rulebook is refused` {
    @Test func `for an unknown key`() {
        #expect(faults("remarks: none") == ["unknownKey@5:1"])
        #expect(faults("parameters:\n  quota.cup:\n    - {value: 1, source: TIP T14}") == ["unknownKey@6:3"])
        #expect(
            faults("parameters:\n  quota.cap:\n    - value: 1\n      source: TIP T14\n      untill: 2025-01-01")
                == ["unknownKey@9:7"])
    }

    @Test func `for a duplicate key, at its second place`() {
        let twice = "parameters:\n  quota.cap:\n    - {value: 1, source: TIP T14}\n"
        #expect(faults(twice + "  quota.cap:\n    - {value: 2, source: TIP T14}") == ["duplicateKey@8:3"])
        #expect(faults("title: {zh: 一, en: one}") == ["duplicateKey@5:1"])
        #expect(faults("clauses: [{id: LIV-07, id: LIV-08}]") == ["duplicateKey@5:12"])
    }

    @Test func `for a wrong type`() {
        #expect(faults("parameters: [1]") == ["wrongType@5:13"])
        #expect(faults("parameters:\n  quota.cap: 70000") == ["wrongType@6:14"])
        #expect(faults("clauses:\n  id: LIV-07") == ["wrongType@6:3"])
        #expect(faults("parameters:\n  quota.cap:\n    - {value: [1], source: TIP T14}") == ["wrongType@7:15"])
    }

    @Test(arguments: ["-1", "1_000", "070000", "7e4", "70000.0", "0x10", "''", "1000000000001", "１", "null", "~"])
    func `for an amount that is no plain whole number`(value: String) {
        #expect(
            faults("parameters:\n  quota.cap:\n    - {value: \(value), source: TIP T14}") == ["badValue@7:15"])
    }

    @Test(arguments: ["0.6", "60", "60/0", "60/100/2", "60 / 100", "-60/100", "60%", "1/1000001"])
    func `for a rate that is no fraction of whole numbers`(value: String) {
        #expect(
            faults("parameters:\n  tuition.rate:\n    - {value: \(value), source: TIP T15}") == ["badValue@7:15"])
    }

    @Test(arguments: ["yes", "no", "True", "on", "1"])
    func `for a flag that is neither true nor false`(value: String) {
        let name = "allowance.exceptionAllowed"
        #expect(faults("parameters:\n  \(name):\n    - {value: \(value), source: TIP T15}") == ["badValue@7:15"])
    }

    @Test(arguments: ["allowance.daysOfMonth", "youth.daysOfMonth", "quota.windowYears", "allowance.lookbackYears"])
    func `a length that is counted over is at least 1`(name: String) {
        #expect(faults("parameters:\n  \(name):\n    - {value: 0, source: TIP T15}") == ["badValue@7:15"])
        #expect(faults("parameters:\n  \(name):\n    - {value: 1, source: TIP T15}").isEmpty)
    }

    @Test func `for a label with a space, or one that stands twice`() {
        let grades = { (list: String) in
            faults("parameters:\n  unit.certificateGrades:\n    - {value: [\(list)], source: TIP U2}")
        }
        #expect(grades("通過, pass").isEmpty)
        #expect(grades("通過, p ass") == ["badValue@7:20"])
        #expect(grades("通過, 通過") == ["duplicate@7:20"])
        #expect(grades("通過, ''") == ["badValue@7:20"])
    }

    @Test(arguments: ["2025-02-29", "2025/01/01", "114-01-01", "2025-1-1", "20250101", "tomorrow"])
    func `for a date in any other spelling than ISO`(date: String) {
        #expect(
            faults("parameters:\n  quota.cap:\n    - {from: \(date), value: 1, source: TIP T14}") == ["badValue@7:14"])
    }

    @Test func `for a unit other than the parameter's own`() {
        let cap = { (unit: String) in "parameters:\n  quota.cap:\n    - {unit: \(unit), value: 1, source: TIP T14}" }
        #expect(faults(cap("NT$")).isEmpty)
        for unit in ["US$", "NT$ a month", "1000 NT$", "nt$"] { #expect(faults(cap(unit)) == ["wrongUnit@7:14"]) }
        #expect(faults(cap("''")) == ["badValue@7:14"])
        #expect(faults(cap("[NT$]")) == ["wrongType@7:14"])
        let later = "\n    - {from: 2025-01-01, unit: NT$, value: 1, source: TIP T14}"
        #expect(faults(cap("NT$") + later) == ["duplicate@8:32"])
    }

    @Test func `for a unit that a book standing alone does not state`() throws {
        let text = String(decoding: try base().text, as: UTF8.self)
        let cap = "  quota.cap:\n    - unit: NT$\n      value: 70000"
        #expect(text.contains(cap))
        let bare = text.replacing(cap, with: "  quota.cap:\n    - value: 70000")
        let found = Rulebook.check(Array(bare.utf8), fileName: "mine.yaml")
        #expect(found.map(\.code) == [.missingKey])
        #expect(found.first?.reason.contains("NT$") == true)
        #expect(found.first.map { $0.line > 1 && $0.column == 7 } == true)
    }

    @Test func `for a gap between two values`() {
        let lines = """
            parameters:
              quota.cap:
                - until: 2024-12-30
                  value: 70000
                  source: TIP T14
                - from: 2025-01-01
                  value: 100000
                  source: TIP T14
            """
        #expect(faults(lines) == ["gap@10:7"])
    }

    @Test func `for an overlap of two values`() {
        let entry = { (dates: String) in "    - {\(dates)value: 1, source: TIP T14}\n" }
        let head = "parameters:\n  quota.cap:\n"
        #expect(faults(head + entry("until: 2025-01-01, ") + entry("from: 2025-01-01, ")) == ["overlap@8:7"])
        #expect(faults(head + entry("from: 2025-01-01, ") + entry("from: 2025-01-01, ")) == ["overlap@8:7"])
        #expect(faults(head + entry("from: 2025-01-01, ") + entry("from: 2024-01-01, ")) == ["overlap@8:7"])
        #expect(faults(head + entry("") + entry("")) == ["overlap@8:7"])
        #expect(faults(head + entry("") + entry("from: 1868-01-01, ")) == ["overlap@8:7"])
        #expect(faults(head + entry("from: 2025-01-02, until: 2025-01-01, ")) == ["badValue@7:33"])
    }

    @Test func `for a missing source`() {
        #expect(faults("parameters:\n  quota.cap:\n    - value: 1") == ["missingSource@7:7"])
        #expect(faults("parameters:\n  quota.cap:\n    - {value: 1, source: TIP}") == ["missingSource@7:26"])
        #expect(faults("parameters:\n  quota.cap:\n    - {value: 1, source: TOP T14}") == ["unknownReference@7:26"])
        let clause = "clauses:\n  - {id: LIV-07, version: 2, title: {zh: 一, en: a}, text: {zh: 一, en: a}"
        #expect(faults(clause + "}") == ["missingSource@6:5"])
        #expect(faults(clause + ", sources: []}") == ["missingSource@6:84"])
    }

    @Test func `for a clause without words, version or proper ID`() {
        let rest = "title: {zh: 一, en: a}, text: {zh: 一, en: a}, sources: [TIP T1]}"
        #expect(faults("clauses:\n  - {id: LIV-07, \(rest)") == ["missingKey@6:5"])
        #expect(faults("clauses:\n  - {id: LIV-7, version: 1, \(rest)") == ["badValue@6:10"])
        #expect(faults("clauses:\n  - {id: LIV-07, version: 0, \(rest)") == ["badValue@6:27"])
        #expect(
            faults("clauses:\n  - {id: LIV-07, version: 2, \(rest)\n  - {id: LIV-07, version: 3, \(rest)")
                == ["duplicate@7:5"])
    }

    @Test func `for steps that do not descend`() {
        let head = "parameters:\n  allowance.remainderSteps:\n    - source: TIP T1\n      value:\n"
        let long = "        - {days: 20, minutes: 3600, halfMonths: 2}\n"
        let short = "        - {days: 10, minutes: 1800, halfMonths: 1}\n"
        #expect(faults(head + long + short).isEmpty)
        #expect(faults(head + short + long) == ["order@10:11"])
        #expect(faults(head + long + long) == ["order@10:11"])
    }

    @Test func `for a parameter of the whole book that is absent`() {
        let bytes = Array("rulebook: mine\ntitle: {zh: 試, en: trial}\nparameters: {}\n".utf8)
        let found = Rulebook.check(bytes, fileName: "mine.yaml")
        #expect(found.count == (try? base().parameterListing.count))
        #expect(found.allSatisfy { $0.code == .missingKey && $0.line == 3 && $0.column > 0 })
    }

    @Test func `with all faults found in one check`() {
        let lines = """
            parameters:
              quota.cap:
                - {value: many, source: TIP T14}
              quota.windowYears:
                - {value: 3}
              quota.oops:
                - {value: 3, source: TIP T14}
            """
        #expect(faults(lines) == ["badValue@7:15", "missingSource@9:7", "unknownKey@10:3"])
        #expect(throws: RulebookError.self) { try Rulebook.parse(layer(lines), fileName: "mine.yaml") }
    }
}

@Suite struct `A category table is refused` {
    private func table(_ rows: String, common: String = "[]") -> [String] {
        faults(
            "parameters:\n  allowance.categories:\n    - source: TIP T1\n      value:\n        common: \(common)\n"
                + "        rows:\n\(rows)")
    }

    private func row(_ number: String, _ categories: String, _ papers: String = "[]") -> String {
        "          - {number: \(number), title: {zh: 一, en: a}, categories: [\(categories)], papers: \(papers)}\n"
    }

    @Test func `for a category in two rows`() {
        #expect(table(row("1", "elder") + row("2", "disabled, elder")) == ["duplicate@12:13"])
        #expect(table(row("1", "elder, elder")) == ["duplicate@11:68"])
    }

    @Test func `for a row number that stands twice`() {
        #expect(table(row("1", "elder") + row("1", "disabled")) == ["duplicate@12:13"])
    }

    @Test func `for codes that the book does not list`() {
        #expect(table(row("1", "senior")).map { $0.split(separator: "@")[0] } == ["unknownReference"])
        for paper in ["passport", "idCard if rainy", "idCard except senior", "idCard|passport"] {
            #expect(table(row("1", "elder", "[\(paper)]")).map { $0.split(separator: "@")[0] } == ["unknownReference"])
        }
    }

    @Test func `for papers that do not read`() {
        for paper in [
            "idCard idCard", "idCard if", "idCard except", "idCard|", "if under25", "idCard  if under25",
            "idCard issuedBeforeStart original",
        ] {
            #expect(!table(row("1", "elder", "[\(paper)]")).isEmpty, "\(paper)")
        }
        #expect(table(row("1", "elder", "[idCard|idCard]")).map { $0.split(separator: "@")[0] } == ["duplicate"])
    }

    @Test func `but not if it is sound`() {
        let papers = "[idCard|photo original issuedBeforeStart if under25 except elder disabled]"
        #expect(table(row("1", "elder", papers) + row("2", "disabled"), common: "[idCard except elder]").isEmpty)
    }
}
