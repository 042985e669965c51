import Rulebook
import Testing

@Suite struct `Hostile input` {
    @Test func `of more than a mebibyte is refused unread`() {
        let found = Rulebook.check([UInt8](repeating: 0x23, count: Rulebook.maximumSize + 1), fileName: "big")
        #expect(found.map(\.code) == [.tooLarge])
        #expect(found.map(\.line) == [1] && found.map(\.column) == [1])
        // A layer that is small enough by itself, but not with the book below it.
        let remarks = String(repeating: "#\n", count: (Rulebook.maximumSize - 200) / 2)
        #expect(Rulebook.check(layer(remarks), fileName: "big").map(\.code) == [.tooLarge])
    }

    @Test func `with anchors, aliases, tags or directives is refused before YAML is read`() {
        #expect(faults("categories: &a {}") == ["forbiddenYAML@5:13"])
        #expect(faults("categories: *a") == ["forbiddenYAML@5:13"])
        #expect(faults("categories: {\"a\":*b}") == ["forbiddenYAML@5:18"])
        #expect(faults("categories: !!map {}") == ["forbiddenYAML@5:13"])
        #expect(faults("%YAML 1.1") == ["forbiddenYAML@5:1"])
        #expect(faults("--- {}") == ["forbiddenYAML@5:1"])
        #expect(faults("...") == ["forbiddenYAML@5:1"])
    }

    @Test func `that would unfold without end takes no time`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            let alias = "*a\(level - 1)"
            bomb += "a\(level): &a\(level) [\([String](repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        #expect(faults(bomb) == ["forbiddenYAML@5:5"])
    }

    @Test func `may still say R & D, a*b and so on`() {
        #expect(faults("categories:\n  a: {zh: \"研發 & 訓練!\", en: \"R & D, 2 * 3, a*b\"}").isEmpty)
    }

    @Test func `that is not text is refused`() {
        #expect(faults(bytes: [0xFF, 0xFE]) == ["notText@1:1"])
        #expect(faults(bytes: Array("a: 一\n# 二b".utf8) + [0xE4, 0xBA] + Array("\nc".utf8)) == ["notText@2:5"])
        #expect(faults(bytes: Array("a: b\nc".utf8) + [0x80]) == ["notText@2:2"])
        #expect(Rulebook.check([0xEF, 0xBB, 0xBF] + layer(""), fileName: "x").map(\.code) == [.notText])
        #expect(faults("# a\u{85}b") == ["notText@5:4"])
        #expect(faults("# \u{2028}") == ["notText@5:3"])
        #expect(faults("# a\r") == ["notText@5:4"])
        #expect(faults("categories:\n  a: {zh: \"a\\0b\", en: b}") == ["badValue@6:11"])
    }

    @Test func `that is not YAML is refused with its place`() {
        #expect(faults("categories: {") == ["syntax@6:1"])
        #expect(faults("categories: \"").map { $0.split(separator: "@")[0] } == ["syntax"])
        #expect(Rulebook.check([], fileName: "x").map(\.code) == [.syntax])
        #expect(Rulebook.check(Array("just words".utf8), fileName: "x").map(\.code) == [.wrongType])
        #expect(Rulebook.check(Array("? [a, b]\n: c\n".utf8), fileName: "x").map(\.code) == [.wrongType])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "[\n", "{\n"])
    func `that nests without end does not exhaust the stack`(opening: String) {
        for count in [100, 990, 5_000, 100_000] {
            let deep = String(repeating: opening, count: count)
            #expect(!faults("categories:\n" + deep).isEmpty)
        }
    }
}

@Suite struct `Books built on books` {
    @Test func `stand on a built-in one`() throws {
        let lines = "parameters:\n  quota.cap:\n    - {value: 9, source: TIP T14}"
        let mine = try Rulebook.parse(layer(lines), fileName: "m")
        #expect(mine.id == "mine")
        #expect(mine.extends == "base")
        #expect(mine.history(.quotaCap).map(\.value) == [9])
        #expect(mine.clauses == (try base().clauses))
    }

    @Test func `are refused on an unknown one`() {
        let bytes = Array("rulebook: mine\ntitle: {zh: 試, en: trial}\nextends: other\n".utf8)
        #expect(faults(bytes: bytes) == ["unknownBook@3:10"])
    }

    @Test func `stand on the layer before them in the same file`() throws {
        let cap = try BuiltInRulebooks.book(named: "cap-2025")
        let own = "rulebook: mine\ntitle: {zh: 試, en: trial}\nextends: cap-2025\n"
        let stacked = try Rulebook.parse(cap.text + Array(("---\n" + own).utf8), fileName: "m")
        #expect(stacked == (try Rulebook.parse(Array(own.utf8), fileName: "m")))
        let lines = cap.text.count { $0 == UInt8(ascii: "\n") }
        let wrong = cap.text + Array("---\nrulebook: mine\ntitle: {zh: 試, en: trial}\nextends: base\n".utf8)
        #expect(faults(bytes: wrong) == ["unknownBook@\(lines + 4):10"])
        let bare = cap.text + Array("---\nrulebook: mine\ntitle: {zh: 試, en: trial}\n".utf8)
        #expect(faults(bytes: bare) == ["missingKey@\(lines + 2):1"])
    }

    @Test func `replace a clause in its place and add one at the end`() throws {
        let rest = "version: 2, title: {zh: 一, en: a}, text: {zh: 一, en: a}, sources: [TIP T1]}"
        let mine = try Rulebook.parse(
            layer("clauses:\n  - {id: ARI-01, \(rest)\n  - {id: NEW-01, \(rest)"), fileName: "m")
        #expect(mine.clauses.first?.versionedID == "ARI-01@2")
        #expect(mine.clauses.last?.id == "NEW-01")
        #expect(mine.clauses.count == (try base().clauses.count) + 1)
    }

    @Test func `do not list a document or code of the book below again`() {
        let document = "documents:\n  - {id: TIP, title: t, location: l, version: v, status: secondary}"
        #expect(faults(document) == ["duplicate@6:5"])
        #expect(faults("papers:\n  idCard: {zh: 一, en: a}") == ["duplicate@6:3"])
    }
}
