import Rulebook
import Testing

/// A fault of each kind, the lines that have it, and where it stands.
private let faultsByKind: [(kind: RulebookError.Code, lines: String, place: String)] = [
    (.forbiddenYAML, "categories: &a {}", "5:13"), (.syntax, "categories: {", "6:1"),
    (.notText, "# a\u{85}b", "5:4"), (.duplicateKey, "title: {zh: 一, en: one}", "5:1"),
    (.unknownKey, "remarks: none", "5:1"), (.missingKey, "categories:\n  a: {zh: 一}", "6:6"),
    (.wrongType, "parameters: [1]", "5:13"), (.badValue, cap("value: many, source: TIP T14"), "7:15"),
    (.wrongUnit, cap("unit: US$, value: 1, source: TIP T14"), "7:14"),
    (.unknownReference, cap("value: 1, source: TOP T14"), "7:26"),
    (.duplicate, "papers:\n  idCard: {zh: 一, en: a}", "6:3"), (.missingSource, cap("value: 1"), "7:7"),
    (.gap, cap("until: 2024-12-30, value: 1, source: TIP T14") + second, "8:7"),
    (.overlap, cap("until: 2025-01-01, value: 1, source: TIP T14") + second, "8:7"),
    (.wrongDates, cap("from: 2018-01-01, repealed: 2017-01-01, value: 1, source: TIP T14"), "7:36"),
    (.order, "documents:\n  - {id: L, title: t, location: l, version: v, status: statute, \(disordered)}", "6:88"),
    (.coverage, cap("from: 2018-01-02, value: 1, source: TIP T14"), "6:3"),
]

private let second = "\n    - {from: 2025-01-01, value: 1, source: TIP T14}"
private let disordered = "versions: [2020-01-02, 2020-01-01]"

private func cap(_ entry: String) -> String {
    "parameters:\n  quota.cap:\n    - {\(entry)}"
}

@Suite struct `Every kind of fault` {
    @Test(arguments: faultsByKind.indices)
    func `has a line and a column`(index: Int) {
        let fault = faultsByKind[index]
        #expect(faults(fault.lines) == ["\(fault.kind.rawValue)@\(fault.place)"])
    }

    @Test func `stands in that list, but for those of a whole file`() {
        let ofAFile: Set<RulebookError.Code> = [.tooLarge, .unknownBook]
        #expect(Set(faultsByKind.map(\.kind)).union(ofAFile) == Set(RulebookError.Code.allCases))
        let unknown = Array("rulebook: mine\ntitle: {zh: 試, en: trial}\nextends: other\n".utf8)
        #expect(faults(bytes: unknown) == ["unknownBook@3:10"])
        let large = [UInt8](repeating: 0x23, count: Rulebook.maximumSize + 1)
        #expect(faults(bytes: large) == ["tooLarge@1:1"])
    }
}
