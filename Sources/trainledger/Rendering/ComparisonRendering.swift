import Decisions
import Ledger
import Rulebook
import TrainingEvents
import Explanations

/// A comparison as people read it: a table of what changed, and one of totals.
struct ComparisonRendering {
    let language: Language

    /// What is compared: one line.
    func heading(_ before: (book: String, point: LedgerPoint), _ after: (book: String, point: LedgerPoint)) -> String {
        Words("比較 ", "from ")(language) + "\(before.book)@\(before.point.eventCount)" + Words(" 與 ", " to ")(language)
            + "\(after.book)@\(after.point.eventCount)"
    }

    /// The table of changes with no row yet.
    var emptyTable: Table {
        Table(
            [
                Words("學員", "Trainee"), Words("班次", "Class"), Words("項目", "Kind"), Words("改變", "Change"),
                Words("原", "Before"), Words("改為", "After"), Words("差額", "Difference"), Words("條", "Clause"),
            ].map { $0(language) }, rightAligned: [6])
    }

    func add(_ row: ComparisonRow, to table: inout Table) {
        table.add([
            row.trainee, row.classID, Terms.kind(row.kind, language), Terms.change(row.change, language),
            text(row.before), text(row.after), Terms.money(row.differenceNTD), row.clause ?? "–",
        ])
    }

    private func text(_ side: ComparisonRow.Side?) -> String {
        guard let side else { return "–" }
        let outcome = Terms.outcome(side.outcome, language)
        return side.amountNTD == 0 ? outcome : "\(outcome) \(Terms.money(side.amountNTD))"
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
