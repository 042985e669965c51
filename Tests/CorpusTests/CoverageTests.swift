import Decisions
import Foundation
import Histories
import Ledger
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@Suite("Every clause is in the rulebook, in the corpus, and in a decision of the examples")
struct CoverageTests {
    /// The clauses of the rules, by group.
    static let clauses: [String] = [
        ("ARI", 6), ("CAT", 1), ("TIP", 22), ("PRE", 19), ("LIV", 14), ("YTH", 3), ("ATT", 4),
    ].flatMap { group, count in (1...count).map { "\(group)-" + ($0 < 10 ? "0\($0)" : "\($0)") } }

    @Test("the rulebook has them all, with words in both languages and a source")
    func rulebook() throws {
        for name in BuiltInRulebooks.names {
            let book = try BuiltInRulebooks.book(named: name)
            #expect(Set(book.clauses.map(\.id)) == Set(Self.clauses))
            for clause in book.clauses {
                #expect(!clause.text.chinese.isEmpty && !clause.text.english.isEmpty && !clause.sources.isEmpty)
            }
        }
    }

    @Test("the corpus has a file for each, with a case inside, one outside and an odd one", arguments: clauses)
    func corpus(clause: String) throws {
        let file = try CorpusFile(named: "\(clause).yaml")
        #expect(file.clause == clause)
        #expect(file.cases.count >= 3)
        let kinds = Set(file.cases.compactMap { $0["kind"]?.scalar })
        #expect(kinds == ["inside", "outside", "odd"])
        for kase in file.cases { #expect(kase["expect"]?.elements?.isEmpty == false, "\(kase["name"] ?? .null)") }
    }

    @Test("each is cited by a decision of the examples")
    func examples() throws {
        var cited: Set<String> = []
        for example in ["coffee-2026", "semi-2022", "tip-classes"] {
            let histories = try Self.histories(example)
            let engine = DecisionEngine(histories: histories, rulebook: try BuiltInRulebooks.book(named: "base"))
            let roster = ClassRoster(histories)
            for case .some(let history) in histories.classes {
                for (_, member) in roster.cases(in: history.number, engine) {
                    for kind in DecisionEngine.kinds {
                        cited.formUnion(engine.decide(kind, member)?.reasons.map(\.clause) ?? [])
                    }
                }
                let rows = engine.admission(to: history.number, roster: roster)
                cited.formUnion(rows.flatMap(\.reasons).map(\.clause))
            }
            for case .some(let unit) in histories.units {
                cited.formUnion(engine.unitEligibility(unit.number, on: engine.asOfDay)?.reasons.map(\.clause) ?? [])
            }
        }
        #expect(Set(Self.clauses).subtracting(cited).sorted() == [])
    }

    static func histories(_ example: String) throws -> LedgerHistories {
        let root = CorpusFile.directory.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "EventLogs/\(example).jsonl"), encoding: .utf8)
        var story = Story()
        for line in text.split(separator: "\n") { story.tell(line: String(line)) }
        return try story.histories()
    }
}
