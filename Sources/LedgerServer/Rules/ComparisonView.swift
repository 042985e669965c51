import Decisions
import Explanations
import Ledger
import Rulebook
import Spreadsheets
import TrainingEvents

/// A comparison as a page and a download show it: filtered and sorted.
struct ComparisonView {
    /// A decision that comes to something else.
    struct Row {
        let values: [String: Any]
        let fields: [CSVText.Field]
    }

    private let result: Comparisons.Result
    private let style: ReadingStyle
    private let change: DecisionChange.Kind?
    private let sort: String

    private static let sorts = ["difference", "trainee", "class", "clause"]

    /// - Parameters:
    ///   - change: the kind of change that is wanted; all where it is none.
    ///   - sort: `difference` (the largest first), `trainee`, `class`, `clause`; as compared otherwise.
    init(_ result: Comparisons.Result, _ style: ReadingStyle, change: String, sort: String) {
        self.result = result
        self.style = style
        self.change = DecisionChange.Kind(rawValue: change)
        self.sort = sort
    }

    private var language: Language { style.language }

    var heading: String {
        func side(_ context: AnswerContext) -> String { "\(context.rulebook.id) @\(context.point.eventCount)" }
        return "\(side(result.before)) → \(side(result.after))"
    }

    var rows: [Row] {
        let rows = result.changes.filter { change == nil || $0.change == change }
        return sorted(rows).map(row)
    }

    private func sorted(_ rows: [ComparisonRow]) -> [ComparisonRow] {
        switch sort {
        case "difference":
            rows.sorted { ($0.differenceNTD.magnitude, $1.trainee) > ($1.differenceNTD.magnitude, $0.trainee) }
        case "trainee": rows.sorted { ($0.trainee, $0.classID) < ($1.trainee, $1.classID) }
        case "class": rows.sorted { ($0.classID, $0.trainee) < ($1.classID, $1.trainee) }
        case "clause": rows.sorted { ($0.clause ?? "", $0.trainee) < ($1.clause ?? "", $1.trainee) }
        default: rows
        }
    }

    private func row(_ row: ComparisonRow) -> Row {
        let values: [String: Any] = [
            "trainee": row.trainee, "path": "/trainees/\(PathText.encoded(row.trainee))", "class": row.classID,
            "kind": Terms.kind(row.kind, language),
            "change": Terms.change(row.change, language), "before": text(row.before), "after": text(row.after),
            "difference": Terms.money(row.differenceNTD), "clause": row.clause ?? "–",
            "differenceClass": row.differenceNTD < 0 ? "refused" : row.differenceNTD > 0 ? "granted" : "soft",
        ]
        let fields: [CSVText.Field] = [
            .text(row.trainee), .text(row.classID), .text(row.kind.name), .text(row.change.rawValue),
            amount(row.before), amount(row.after), .integer(row.differenceNTD), row.clause.map { .text($0) } ?? .absent,
        ]
        return Row(values: values, fields: fields)
    }

    private func text(_ side: ComparisonRow.Side?) -> String {
        guard let side else { return "–" }
        let outcome = Terms.outcome(side.outcome, language)
        return side.amountNTD == 0 ? outcome : "\(outcome) \(Terms.money(side.amountNTD))"
    }

    /// What the government bears, so that both columns and their difference add up.
    private func amount(_ side: ComparisonRow.Side?) -> CSVText.Field {
        side.map { .integer($0.governmentShareNTD ?? $0.amountNTD) } ?? .absent
    }

    var totals: [[String: Any]] {
        func row(_ name: String, _ figures: ComparisonTotals.Figures) -> [String: Any] {
            [
                "name": name, "compared": "\(figures.compared)",
                "counts": DecisionChange.Kind.allCases.map { "\(figures[$0])" },
                "before": Terms.money(figures.beforeNTD), "after": Terms.money(figures.afterNTD),
                "difference": Terms.money(figures.differenceNTD),
            ]
        }
        return result.totals.kinds.map { row(Terms.kind($0.kind, language), $0.figures) }
            + [row(Words("全部", "all")(language), result.totals.all)]
    }

    var changeChoices: [[String: Any]] {
        DecisionChange.Kind.allCases.filter { $0 != .same }.map {
            ["id": $0.rawValue, "name": Terms.change($0, language), "isChosen": $0 == change]
        }
    }

    var sortChoices: [[String: Any]] {
        let names = [Words("差額", "difference"), Words("學員", "trainee"), Words("班次", "class"), Words("條", "clause")]
        return zip(Self.sorts, names).map { id, words in
            ["id": id, "name": words(language), "isChosen": id == sort]
        }
    }
}
