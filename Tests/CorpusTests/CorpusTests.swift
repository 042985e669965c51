import Decisions
import Explanations
import Histories
import Ledger
import Rulebook
import Testing
import TrainingEvents

@Suite("The corpus: cases worked by hand from the rules")
struct CorpusTests {
    @Test("every case of a file comes to what is expected", arguments: try CorpusFile.names())
    func cases(file name: String) throws {
        try Self.run(name) { _, _ in }
    }

    @Test("every decision can be computed again from its explanation alone", arguments: try CorpusFile.names())
    func recomputation(file name: String) throws {
        try Self.run(name, reportsDifferences: false) { decision, context in
            let answer = decision.json(context)
            let again = Recomputation(answer).result(of: decision.kind.name)
            guard decision.kind != .admission else { return }
            #expect(again.amountNTD == decision.amountNTD, "\(name): \(answer.text)")
            #expect(again.outcome == decision.outcome.name, "\(name): \(answer.text)")
        }
    }

    @Test("a clause that fails or waits says what is lacking, in both languages", arguments: try CorpusFile.names())
    func lacks(file name: String) throws {
        try Self.run(name, reportsDifferences: false) { decision, context in
            for reason in decision.reasons where reason.result == .failed || reason.result == .pending {
                #expect(reason.lack != nil, "\(name): \(reason.clause) \(reason.facts)")
            }
            for language in Language.allCases {
                let style = ReadingStyle(language: language, usesROCDates: true)
                let lines = DecisionRendering(decision, context, style).lines
                #expect(lines.count > decision.reasons.count)
            }
        }
    }

    @Test("the written decision has the four parts in their order", arguments: try CorpusFile.names(prefix: "LIV"))
    func statement(file name: String) throws {
        try Self.run(name, reportsDifferences: false) { decision, context in
            let lines = WrittenDecision(decision, context, class: nil).lines
            let heads = lines.compactMap { line in
                ["主旨：", "事實：", "理由及法令依據：", "救濟："].first { line.hasPrefix($0) }
            }
            #expect(heads == ["主旨：", "事實：", "理由及法令依據：", "救濟："], "\(name)")
            for reason in decision.reasons where reason.result == .failed {
                #expect(lines.contains { $0.contains(reason.clause) }, "\(name): \(reason.clause)")
            }
        }
    }

    private static func run(
        _ name: String, reportsDifferences: Bool = true, _ decided: (Decision, AnswerContext) -> Void
    ) throws {
        let file = try CorpusFile(named: name)
        let common = try CorpusFile.common()
        #expect(!file.cases.isEmpty)
        for kase in file.cases {
            do {
                var runner = try CaseRunner(kase, file: name, common: common)
                let differences = try runner.run(kase["expect"]?.elements ?? [], decided: decided)
                guard reportsDifferences else { continue }
                for difference in differences { Issue.record("\(runner.name): \(difference)") }
            } catch {
                Issue.record("\(name): \(kase["name"] ?? .null): \(error)")
            }
        }
    }
}
