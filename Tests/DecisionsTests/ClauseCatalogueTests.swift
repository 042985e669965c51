import CivilTime
import Rulebook
import Testing

@testable import Decisions

@Suite("Clauses are implemented in the versions that a rulebook names")
struct ClauseCatalogueTests {
    @Test("every clause of the built-in books is implemented, and no other")
    func complete() throws {
        for name in BuiltInRulebooks.names {
            let book = try BuiltInRulebooks.book(named: name)
            #expect(ClauseCatalogue.unimplemented(in: book).isEmpty)
            #expect(Set(ClauseCatalogue.implementations.map { $0.id }) == Set(book.clauses.map(\.id)))
        }
    }

    @Test("a version that is not implemented is named")
    func version() throws {
        let text = """
            rulebook: next
            title: {zh: 次版, en: next}
            extends: base
            clauses:
              - id: LIV-07
                version: 2
                title: {zh: 月數之計算, en: Counting months}
                text: {zh: 依實際參訓期間計算。, en: By actual participation.}
                sources: ["SEMI 補助標準2"]

            """
        let book = try Rulebook.parse(Array(text.utf8), fileName: "next.yaml")
        #expect(ClauseCatalogue.unimplemented(in: book) == ["LIV-07@2"])
    }

    @Test("before a parameter has a value, the decisions that need it wait and name it")
    func missingParameter() throws {
        let text = """
            rulebook: late
            title: {zh: 晚近, en: late}
            extends: base
            parameters:
              quota.cap:
                - from: 2030-01-01
                  value: 70000
                  source: TIP T14

            """
        let book = try Rulebook.parse(Array(text.utf8), fileName: "late.yaml")
        let rules = DatedRules(book, on: try #require(.init("2026-03-02")))
        #expect(throws: MissingParameter(name: "quota.cap", day: try #require(.init("2026-03-02")))) {
            try rules.tuition.get()
        }
    }
}
