import CommandKit
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

    /// The tables of totals, with a row for each kind and one for all: how many decisions changed, and the amounts.
    func totals(_ totals: ComparisonTotals) -> [Table] {
        let changes = DecisionChange.Kind.allCases
        let name = Words("合計", "Totals")(language)
        var counts = Table(
            [name, Words("件數", "Decisions")(language)] + changes.map { Terms.change($0, language) },
            rightAligned: Set(1..<changes.count + 2))
        var amounts = Table(
            [
                name, Words("原", "Before")(language), Words("改為", "After")(language),
                Words("差額", "Difference")(language),
            ],
            rightAligned: [1, 2, 3])
        let all = Words("全部", "all")(language)
        for (kind, figures) in totals.kinds.map({ (Terms.kind($0.kind, language), $0.figures) }) + [(all, totals.all)] {
            counts.add([kind, "\(figures.compared)"] + changes.map { "\(figures[$0])" })
            amounts.add(
                [kind] + [figures.beforeNTD, figures.afterNTD, figures.differenceNTD].map(Terms.money))
        }
        return [counts, amounts]
    }
}
