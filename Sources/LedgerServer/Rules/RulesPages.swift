import Access
import CivilTime
import Decisions
import Explanations
import HTTPTypes
import Hummingbird
import Ledger
import Rulebook
import Spreadsheets
import TrainingEvents

/// The pages about rules: what a rulebook says and since when, and whom another one would touch.
struct RulesPages: Sendable {
    let desk: Desk
    let site: Site
    let comparisons: Comparisons

    /// Changes on a page at most; the download has all.
    private static let rowLimit = 500
    private static let downloadLimit = 1_000_000

    func show(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let name = query["rulebook"].isEmpty ? "base" : query["rulebook"]
        guard BuiltInRulebooks.names.contains(name) else { throw HTTPError(.notFound) }
        let book = try RulebookChoice.named(name)
        let view = RulebookView(book, context.style, containing: query["contains"])
        let rights = try site.rights(context)
        let values: [String: Any] = [
            "rulebooks": Self.choices(name), "before": Self.choices("base"), "after": Self.choices("cap-2025"),
            "digest": book.digest, "contains": query["contains"], "parameters": view.parameters,
            "clauses": view.clauses, "mayCompare": rights.mayDo(.compareRules), "mayRebuild": rights.mayDo(.rebuild),
        ]
        return site.page("rules", title: PageWords.text("rules", context.language), values, context)
    }

    private static func choices(_ chosen: String) -> [[String: Any]] {
        BuiltInRulebooks.names.map { ["id": $0, "isChosen": $0 == chosen] }
    }

    /// Who would get what else.
    func compare(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let result = try await comparisons.run(query, limit: Self.downloadLimit, context)
        let view = ComparisonView(result, context.style, change: query["change"], sort: query["sort"])
        let rows = view.rows
        var values: [String: Any] = [
            "heading": view.heading, "totals": view.totals, "rows": rows.prefix(Self.rowLimit).map(\.values),
            "hasRows": !rows.isEmpty, "csv": "/rules/comparison.csv?\(request.uri.query ?? "")", "back": "/rules",
            "changes": view.changeChoices, "sorts": view.sortChoices,
        ]
        for name in ["before", "after", "as-of-before", "as-of-after"] {
            values[name.replacing("-", with: "_")] = query[name]
        }
        if rows.count > Self.rowLimit { values["more"] = "\(rows.count - Self.rowLimit + result.more)" }
        return site.page("comparison", title: PageWords.text("compare", context.language), values, context)
    }

    func download(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let result = try await comparisons.run(query, limit: Self.downloadLimit, context)
        let view = ComparisonView(result, context.style, change: query["change"], sort: query["sort"])
        var bytes = CSVText.mark
        CSVText.append(
            ["trainee", "class", "kind", "change", "before", "after", "difference", "clause"].map { .text($0) },
            to: &bytes)
        for row in view.rows { CSVText.append(row.fields, to: &bytes) }
        return SheetPages.download(bytes, named: "comparison.csv")
    }
}
