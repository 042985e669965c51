import Decisions
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Comparing rulebooks decides twice only what can differ, and finds what deciding all twice finds")
struct RuleComparisonTests {
    /// Another value for a parameter of each group: for all days, from a day on, and for days that only a month of an
    /// allowance begins on.
    static let changes: [String] = [
        "quota.cap: [{value: 20000, source: TIP T14}]",
        "quota.windowYears: [{value: 1, source: TIP T14}]",
        "tuition.rate: [{until: 2025-12-31, value: 80/100, source: TIP T14}, {from: 2026-01-01, value: 50/100, source: TIP T14}]",
        "tuition.minimumAge: [{value: 40, source: TIP T14}]",
        "allowance.basicWage: [{until: 2024-06-14, value: 30000, source: TIP T14}, {from: 2024-06-15, value: 40000, source: TIP T14}]",
        "allowance.daysOfMonth: [{value: 25, source: TIP T14}]",
        "attendance.truancyPercent: [{value: 1, source: TIP T14}]",
        "pre.barCompletionDays: [{value: 900, source: TIP T14}]",
        "application.opensMinute: [{value: 1000, source: TIP T14}]",
        "fee.governmentRate: [{from: 2024-01-01, value: 10/100, source: TIP T14}]",
        "youth.monthly: [{value: 9000, source: TIP T14}]",
        "check.unemployedYears: [{value: 9, source: TIP T14}]",
        "selection.passMark: [{value: 99, source: TIP T14}]",
    ]

    private func book(_ change: String) throws -> Rulebook {
        let text = "rulebook: trial\ntitle: {zh: 試, en: trial}\nextends: base\nparameters:\n  \(change)\n"
        return try Rulebook.parse(Array(text.utf8), fileName: "trial.yaml")
    }

    private func lines(
        _ before: LedgerHistories, _ after: LedgerHistories, _ book: Rulebook
    ) throws -> (lines: [String], totals: ComparisonTotals, sharesFacts: Bool) {
        let left = DecisionEngine(histories: before, rulebook: try BuiltInRulebooks.book(named: "base"))
        let right = DecisionEngine(histories: after, rulebook: book)
        let comparison = Comparison(from: left, to: right)
        var lines: [String] = []
        let totals = comparison.run(jobs: 2) { lines.append($0.row(comparison.registry).json.text) }
        return (lines, totals, left.sharesFacts(with: right))
    }

    @Test("for a change in each group of parameters", arguments: changes)
    func groups(change: String) throws {
        let book = try book(change)
        var generator = PopulationGenerator(trainees: 60, seed: 7)
        var story = Story()
        while let line = generator.next() { story.tell(line: String(decoding: line, as: UTF8.self)) }
        let (facts, again) = (try story.histories(), try story.histories())
        let quick = try lines(facts, facts, book)
        // The same facts folded twice are not known to be the same: everything is decided twice.
        let thorough = try lines(facts, again, book)
        #expect(quick.sharesFacts && !thorough.sharesFacts)
        #expect(quick.lines == thorough.lines, "\(change)")
        #expect(quick.totals == thorough.totals, "\(change)")
    }

    @Test("a class that differs is found among many that do not")
    func found() throws {
        var story = Story()
        story.passes("T-1", "C-1", fee: 30_000, from: "2025-02-01")
        story.passes("T-1", "C-2", fee: 30_000, from: "2026-04-01")
        let facts = try story.histories()
        let changed = try lines(facts, facts, try book(Self.changes[2]))
        #expect(changed.lines.count == 1)
        #expect(changed.lines.first?.contains("\"class\":\"C-2\"") == true)
        #expect(changed.totals.all.compared == 12)
    }
}
