import CivilTime
import Rulebook
import Testing

/// A book in which one parameter has one value with these days.
private func book(_ name: String, _ days: String, value: String = "1") -> [UInt8] {
    layer("parameters:\n  \(name):\n    - {\(days), value: \(value), source: TIP T14}")
}

private func findings(_ bytes: [UInt8], until end: String? = nil) -> [String] {
    Rulebook.check(bytes, fileName: "mine.yaml", until: end.flatMap { CivilDate($0) }).map(\.description)
}

@Suite struct `The sweep over the firsts of months` {
    @Test func `names a parameter without a value, with its place`() throws {
        let late = book("quota.cap", "from: 2018-01-02")
        #expect(
            findings(late) == ["mine.yaml:6:3: coverage: quota.cap has no value on 2018-01-01"])
        #expect(throws: Never.self) { try Rulebook.parse(late, fileName: "mine.yaml") }
        #expect(
            findings(book("quota.cap", "from: 2018-03-01"))
                == ["mine.yaml:6:3: coverage: quota.cap has no value on 2018-01-01 and on 1 more firsts of a month"])
        #expect(findings(book("quota.cap", "from: 2018-01-01")).isEmpty)
    }

    @Test func `takes an explicit end, by until or by repeal`() {
        #expect(findings(book("quota.cap", "until: 2024-12-31")).isEmpty)
        #expect(findings(book("quota.cap", "repealed: 2025-01-01")).isEmpty)
        #expect(findings(book("quota.cap", "until: 2024-12-31, repealed: 2025-01-01")).isEmpty)
        #expect(findings(book("quota.cap", "until: 2017-12-31")).isEmpty)
    }

    @Test func `ends two years after the newest day in the book, or where it is told`() throws {
        #expect(try base().coverageEnd == day("2029-01-01"))
        let newer = try Rulebook.parse(book("quota.cap", "checked: 2028-02-29"), fileName: "m")
        #expect(newer.coverageEnd == (try day("2030-02-28")))
        let later = try Rulebook.parse(book("quota.cap", "from: 2030-05-01"), fileName: "m")
        #expect(later.coverageEnd == (try day("2032-05-01")))
        let late = book("quota.cap", "from: 2018-01-02")
        #expect(findings(late, until: "2017-12-31").isEmpty)
        #expect(findings(late, until: "2018-01-01").count == 1)
        #expect(findings(try base().text, until: "2999-12-31").isEmpty)
    }

    @Test func `names a place in the file for a layer within it`() throws {
        let cap = try BuiltInRulebooks.book(named: "cap-2025")
        let bytes = cap.text + Array("---\nrulebook: mine\ntitle: {zh: 試, en: trial}\nextends: cap-2025\n".utf8)
        #expect(findings(bytes).isEmpty)
        let lines = cap.text.count { $0 == UInt8(ascii: "\n") }
        let late =
            bytes + Array("parameters:\n  quota.cap:\n    - {from: 2019-01-01, value: 1, source: TIP T14}\n".utf8)
        #expect(faults(bytes: late) == ["coverage@\(lines + 6):3"])
    }
}

@Suite struct `The parameters missing on a day` {
    @Test func `are none of base on any day from 2018 on`() throws {
        let base = try base()
        #expect(base.missingParameters(on: try day("2018-01-01")).isEmpty)
        #expect(base.missingParameters(on: try day("2028-11-21")).isEmpty)
        #expect(base.missingParameters(on: try day("2017-12-31")) == ["allowance.basicWage"])
    }

    @Test func `are named before their first value and not after an explicit end`() throws {
        let late = try Rulebook.parse(book("quota.cap", "from: 2026-01-01"), fileName: "m")
        #expect(late.missingParameters(on: try day("2025-12-31")) == ["quota.cap"])
        #expect(late.missingParameters(on: try day("2026-01-01")).isEmpty)
        let over = try Rulebook.parse(book("quota.cap", "from: 2025-01-01, repealed: 2026-01-01"), fileName: "m")
        #expect(over.missingParameters(on: try day("2024-12-31")) == ["quota.cap"])
        #expect(over.missingParameters(on: try day("2025-12-31")).isEmpty)
        #expect(over.missingParameters(on: try day("2026-01-01")).isEmpty)
        #expect(over[.quotaCap, on: try day("2026-01-01")] == nil)
    }

    @Test func `make the whole book refused by name where they are taken out`() throws {
        let lines = String(decoding: try base().text, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "parameters:"))
        let end = try #require(lines.firstIndex(of: "clauses:"))
        for name in try base().parameterListing.map(\.name) {
            let first = try #require(lines[start..<end].firstIndex(of: "  \(name):"), "\(name)")
            let next = lines[(first + 1)..<end].firstIndex { !$0.hasPrefix("   ") } ?? end
            let rest = lines[..<first] + lines[next...]
            let found = Rulebook.check(Array(rest.joined(separator: "\n").utf8), fileName: "less.yaml")
            #expect(found.map(\.code) == [.missingKey], "\(name)")
            #expect(found.first?.reason.hasSuffix(" \(name)") == true, "\(name)")
            #expect(found.first.map { $0.line > 1 && $0.column > 0 } == true, "\(name)")
        }
    }
}
