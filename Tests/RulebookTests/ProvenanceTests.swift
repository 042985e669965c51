import CivilTime
import Rulebook
import Testing

/// One value of the quota cap with these keys besides value and source, in line 7 of the file.
private func cap(_ keys: String, source: String = "TIP T14") -> String {
    "parameters:\n  quota.cap:\n    - {\(keys)value: 1, source: \(source)}"
}

@Suite struct `The days of a value` {
    @Test func `are kept as written`() throws {
        let keys = "from: 2020-01-01, announced: 2019-12-01, repealed: 2021-01-01, checked: 2026-11-21, note: short, "
        let book = try Rulebook.parse(layer(cap(keys)), fileName: "m")
        let value = try #require(book.value(.quotaCap, on: day("2020-12-31")))
        #expect(value.announced == (try day("2019-12-01")))
        #expect(value.repealed == (try day("2021-01-01")))
        #expect(value.until == (try day("2020-12-31")))
        #expect(value.checked == (try day("2026-11-21")))
        #expect(value.note == "short")
        #expect(book[.quotaCap, on: try day("2021-01-01")] == nil)
        #expect(book.timeline(.quotaCap)[try day("2021-01-01")] == nil)
        let entry = try #require(book.parameterListing.first { $0.name == "quota.cap" }?.entries.first)
        #expect(entry.announced == value.announced && entry.repealed == value.repealed && entry.note == value.note)
    }

    @Test func `are refused where a value was announced late without a note`() {
        #expect(faults(cap("from: 2018-01-01, announced: 2018-01-02, ")) == ["wrongDates@7:37"])
        #expect(faults(cap("from: 2018-01-01, announced: 2018-01-02, note: late, ")).isEmpty)
        #expect(faults(cap("from: 2018-01-01, announced: 2018-01-01, ")).isEmpty)
        #expect(faults(cap("announced: 2025-01-01, until: 2024-12-31, ")) == ["wrongDates@7:19"])
        #expect(faults(cap("announced: 2025-01-01, ")).isEmpty)
    }

    @Test func `are refused where a value was repealed before it was in force`() {
        #expect(faults(cap("from: 2018-01-01, repealed: 2018-01-01, ")) == ["wrongDates@7:36"])
        #expect(faults(cap("from: 2018-01-01, repealed: 2017-01-01, ")) == ["wrongDates@7:36"])
        #expect(faults(cap("from: 2018-01-01, repealed: 2018-01-02, ")).isEmpty)
    }

    @Test func `are refused where until is not the day before the repeal`() {
        #expect(faults(cap("until: 2024-12-31, repealed: 2025-01-01, ")).isEmpty)
        #expect(faults(cap("until: 2025-01-01, repealed: 2025-01-01, ")) == ["wrongDates@7:37"])
        #expect(faults(cap("until: 2024-12-30, repealed: 2025-01-01, ")) == ["wrongDates@7:37"])
    }

    @Test func `are refused where a value was checked before it was announced`() {
        #expect(faults(cap("announced: 2025-01-02, checked: 2025-01-01, ")) == ["wrongDates@7:40"])
        #expect(faults(cap("announced: 2025-01-02, checked: 2025-01-02, ")).isEmpty)
    }

    @Test func `end where a repealed value is followed at once, and leave a gap where it is not`() {
        let next = { (day: String) in "\n    - {from: \(day), value: 2, source: TIP T14}" }
        #expect(faults(cap("repealed: 2025-01-01, ") + next("2025-01-01")).isEmpty)
        #expect(faults(cap("repealed: 2025-01-01, ") + next("2025-01-02")) == ["gap@8:7"])
        #expect(faults(cap("repealed: 2025-01-01, ") + next("2024-12-31")) == ["overlap@8:7"])
    }
}

@Suite struct `The status of a value` {
    private func status(_ lines: String) throws -> ValueStatus? {
        try Rulebook.parse(layer(lines), fileName: "m").history(.quotaCap).first?.status
    }

    @Test func `is that of its document`() throws {
        #expect(try status(cap("")) == .official)
        #expect(try status(cap("", source: "N0090025@2022-05-01/20.1")) == .statute)
        #expect(try status(cap("", source: "WAGE-2026 value of 2026")) == .secondary)
    }

    @Test func `is a reading where the book says what is ours`() throws {
        #expect(try status(cap("reading: ours, ")) == .reading)
        #expect(try status(cap("reading: ours, ", source: "WAGE-2026 value of 2026")) == .reading)
        #expect(try status(cap("note: late, ")) == .official)
    }

    @Test func `of base is each of the four`() throws {
        let found = Set(try base().parameterListing.flatMap { $0.entries.map(\.status) })
        #expect(found == Set(ValueStatus.allCases))
    }
}

@Suite struct `A citation of a statute` {
    @Test(arguments: ["20", "20-1", "20.2", "18.2.4", "18.2.4.1"])
    func `names version, article and paragraph`(article: String) throws {
        let source = "N0090025@2022-05-01/\(article)"
        let book = try Rulebook.parse(layer(cap("", source: source)), fileName: "m")
        let citation = try #require(book.history(.quotaCap).first?.citation)
        #expect(citation.description == source)
        #expect(citation.version == (try day("2022-05-01")))
        #expect(citation.place == article)
    }

    @Test(arguments: [
        "N0090025 art. 20", "N0090025@2022-05-01", "N0090025@2022-5-1/20", "N0090025@2022-05-01/20.", "N0090025@/20",
        "N0090025@2022-05-01/0", "N0090025@2022-05-01/20-1-2", "N0090025@2022-05-01/20/1",
        "N0090025@2022-05-01/art. 20",
        "N0090025@2022-05-01/1.2.3.4.5", "TIP@2022-05-01/20",
    ])
    func `in another form is refused`(source: String) {
        #expect(faults(cap("", source: source)) == ["badValue@7:26"])
    }

    @Test func `of a version that the book does not list is refused`() {
        #expect(faults(cap("", source: "N0090025@2020-01-08/20.1")) == ["unknownReference@7:26"])
        #expect(faults(cap("", source: "N0099999@2020-01-08/20.1")) == ["unknownReference@7:26"])
        #expect(faults(cap("", source: "N0090025@")) == ["missingSource@7:26"])
    }

    @Test func `needs a document that lists versions, and only such a one`() {
        let document = { (rest: String) in "documents:\n  - {id: NEW, title: t, location: l, version: v, \(rest)}" }
        #expect(faults(document("status: statute")) == ["missingKey@6:5"])
        #expect(faults(document("status: statute, versions: []")) == ["missingKey@6:77"])
        #expect(faults(document("status: statute, versions: [2020-01-01, 2020-01-01]")) == ["order@6:90"])
        #expect(faults(document("status: statute, versions: [2020]")) == ["badValue@6:78"])
        #expect(faults(document("status: official, versions: [2020-01-01]")) == ["badValue@6:78"])
        #expect(faults(document("status: document")) == ["badValue@6:58"])
        #expect(faults(document("status: statute, versions: [2020-01-01]")).isEmpty)
    }
}
