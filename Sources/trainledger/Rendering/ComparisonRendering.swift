import Decisions
import Ledger
import Rulebook
import TrainingEvents
import Explanations

/// A comparison as people read it: a table of what changed, and one of totals.
struct ComparisonRendering {
    let registry: Registry
    let language: Language

    /// What is compared: one line.
    func heading(_ before: AnswerContext, _ after: AnswerContext) -> String {
        Words("比較 ", "from ")(language) + side(before) + Words(" 與 ", " to ")(language) + side(after)
    }

    private func side(_ context: AnswerContext) -> String { "\(context.rulebook.id)@\(context.point.eventCount)" }

    /// The table of changes with no row yet.
    var emptyTable: Table {
        Table(
            [
                Words("學員", "Trainee"), Words("班次", "Class"), Words("項目", "Kind"), Words("改變", "Change"),
                Words("原", "Before"), Words("改為", "After"), Words("差額", "Difference"), Words("條", "Clause"),
            ].map { $0(language) }, rightAligned: [6])
    }

    func add(_ change: DecisionChange, to table: inout Table) {
        table.add([
            registry.trainees.id(of: change.trainee), registry.classes.id(of: change.classNumber),
            Terms.kind(change.kind, language), Terms.change(change.change, language), text(change.before),
            text(change.after), Terms.money(change.differenceNTD), change.clause ?? "–",
        ])
    }

    private func text(_ decision: Decision?) -> String {
        guard let decision else { return "–" }
        let outcome = Terms.outcome(decision.outcome, language)
        return decision.amountNTD == 0 ? outcome : "\(outcome) \(Terms.money(decision.amountNTD))"
    }

    /// The table of totals: a row for each kind, and one for all.
    func totals(_ totals: ComparisonTotals) -> Table {
        let changes = DecisionChange.Kind.allCases
        var table = Table(
            [Words("合計", "Totals")(language), Words("件數", "Decisions")(language)]
                + changes.map { Terms.change($0, language) }
                + [
                    Words("原", "Before")(language), Words("改為", "After")(language), Words("差額", "Difference")(language),
                ],
            rightAligned: Set(1..<changes.count + 5))
        func add(_ name: String, _ figures: ComparisonTotals.Figures) {
            table.add(
                [name, "\(figures.compared)"] + changes.map { "\(figures[$0])" }
                    + [figures.beforeNTD, figures.afterNTD, figures.differenceNTD].map(Terms.money))
        }
        for entry in totals.kinds { add(Terms.kind(entry.kind, language), entry.figures) }
        add(Words("全部", "all")(language), totals.all)
        return table
    }
}
