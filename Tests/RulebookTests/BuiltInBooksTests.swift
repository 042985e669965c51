import CivilTime
import Rulebook
import Testing

@Suite struct `Built-in books` {
    @Test(arguments: BuiltInRulebooks.names)
    func `pass their own check`(name: String) throws {
        let book = try BuiltInRulebooks.book(named: name)
        #expect(book.id == name)
        #expect(Rulebook.check(book.text, fileName: name).isEmpty)
    }

    @Test func `an unknown name is refused`() {
        #expect(throws: RulebookError.self) { try BuiltInRulebooks.book(named: "bass") }
    }

    @Test func `base has every clause of the rules, in their order`() throws {
        let counts = [("ARI", 6), ("CAT", 1), ("TIP", 22), ("PRE", 19), ("LIV", 14), ("YTH", 3), ("ATT", 4)]
        let expected = counts.flatMap { group, count in
            (1...count).map { "\(group)-\($0 < 10 ? "0" : "")\($0)" }
        }
        #expect(try base().clauses.map(\.id) == expected)
    }

    @Test func `exactly the clauses that the rules mark are readings, and two that they leave open`() throws {
        // LIV-08: how long a benefit without a last day lasts; LIV-12: the papers of classes before COFFEE's table.
        let marked = [
            "ARI-01", "ARI-04", "ARI-05", "CAT-01", "TIP-08", "TIP-09", "TIP-12", "TIP-14", "TIP-19", "PRE-02",
            "PRE-03", "PRE-08", "PRE-14", "LIV-01", "LIV-03", "LIV-04", "LIV-06", "LIV-07", "LIV-08", "LIV-09",
            "LIV-12",
            "LIV-14", "YTH-03",
        ]
        #expect(try base().clauses.filter { $0.reading != nil }.map(\.id) == marked)
    }

    @Test func `a clause is found by its ID and names its version`() throws {
        let clause = try #require(try base().clause("LIV-07"))
        #expect(clause.versionedID == "LIV-07@1")
        #expect(clause.sources.first == Citation(document: "SEMI", place: "補助標準2"))
        #expect(clause.sources.last?.description == "N0090025@2022-05-01/20.2")
        #expect(try base().clause("LIV-99") == nil)
    }

    @Test func `every citation names a listed document`() throws {
        let book = try base()
        for clause in book.clauses {
            for source in clause.sources { #expect(book.document(source.document) != nil, "\(clause.id)") }
        }
        for listing in book.parameterListing {
            for entry in listing.entries { #expect(book.document(entry.citation.document) != nil, "\(listing.name)") }
        }
    }

    @Test func `every parameter has at least one value, and no name stands twice`() throws {
        let listing = try base().parameterListing
        #expect(listing.allSatisfy { !$0.entries.isEmpty })
        #expect(Set(listing.map(\.name)).count == listing.count)
    }

    @Test func `values of news pages are marked secondary, those of the documents are not`() throws {
        let book = try base()
        let secondary = book.parameterListing.flatMap { listing in
            listing.entries.filter(\.secondary).map { "\(listing.name) \($0.value.prefix(10))" }
        }
        #expect(
            secondary == [22000, 23100, 23800, 24000, 26400, 27470, 28590, 29500].map { "allowance.basicWage \($0)" }
                + ["calendar.holidays 2026-01-01"])
    }

    @Test func `every value says when it was last held against its source`() throws {
        for name in BuiltInRulebooks.names {
            for listing in try BuiltInRulebooks.book(named: name).parameterListing {
                for entry in listing.entries { #expect(entry.checked != nil, "\(name) \(listing.name)") }
            }
        }
    }
}

@Suite struct `The book cap-2025` {
    @Test func `differs from base in exactly the quota cap`() throws {
        let cap = try BuiltInRulebooks.book(named: "cap-2025")
        let plain = try base()
        let changed = zip(plain.parameterListing, cap.parameterListing).filter { $0 != $1 }.map(\.0.name)
        #expect(changed == ["quota.cap"])
        #expect(cap.clauses == plain.clauses)
        #expect(cap.extends == "base")
        #expect(cap.digest != plain.digest)
    }

    @Test func `pays 100,000 for starts from 2025-01-01, from a secondary source`() throws {
        let cap = try BuiltInRulebooks.book(named: "cap-2025")
        #expect(cap[.quotaCap, on: try day("2024-12-31")] == 70_000)
        let new = try #require(cap.value(.quotaCap, on: try day("2025-01-01")))
        #expect(new.value == 100_000)
        #expect(new.secondary)
        #expect(new.until == nil)
        #expect(new.announced == (try day("2025-01-13")))
        #expect(new.note != nil)
        #expect(cap.history(.quotaCap).map(\.secondary) == [false, true])
        #expect(cap.history(.quotaCap).map(\.status) == [.official, .reading])
    }

    @Test func `is read back from its canonical text as the same book`() throws {
        let cap = try BuiltInRulebooks.book(named: "cap-2025")
        #expect(try Rulebook.parse(cap.text, fileName: "stored") == cap)
        #expect(cap.text.starts(with: try base().text))
    }
}

@Suite struct `The digest` {
    @Test func `is the SHA-256 of the canonical text`() throws {
        // sha256sum over base.yaml, a line ---, and the four lines of the layer is computed in docs/rulebook.md's way;
        // here it must at least change with every byte and with nothing else.
        let one = try Rulebook.parse(layer(""), fileName: "a")
        let same = try Rulebook.parse(layer(""), fileName: "b")
        let other = try Rulebook.parse(layer("# a remark"), fileName: "a")
        #expect(one.digest == same.digest)
        #expect(one.digest != other.digest)
        #expect(one.digest.hasPrefix("sha256:") && one.digest.count == 71)
        #expect(one.text == (try base().text) + Array("---\n".utf8) + layer(""))
    }
}
