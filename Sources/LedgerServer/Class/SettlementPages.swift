import Access
import TrainingEvents
import Decisions
import Explanations
import HTTPTypes
import Hummingbird
import Ledger

/// Settling a class: what would be paid, and after confirmation what was.
struct SettlementPages: Sendable {
    let settlements: Settlements
    let site: Site

    func preview(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let classID = try context.id("class")
        let settlement = try await settlements.preview(classID, context)
        return page(classID, settlement, isRecorded: false, context)
    }

    /// Records what was looked at: if the ledger has grown since, nothing is recorded.
    func commit(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let form = try await Forms.checked(request, context)
        guard let position = UInt64(form["position"]) else { throw HTTPError(.badRequest) }
        let classID = try context.id("class")
        let (settlement, _) = try await settlements.commit(classID, expecting: position, context)
        return page(classID, settlement, isRecorded: true, context)
    }

    private func page(
        _ classID: String, _ settlement: Settlement, isRecorded: Bool, _ context: LedgerRequestContext
    ) -> Response {
        let (style, language) = (context.style, context.language)
        let registry = settlement.context.registry
        let rows = settlement.entries.map { entry in
            let trainee = registry.trainees.id(of: entry.decision.trainee)
            let period = entry.payout?.period
            let missing = entry.status == .waiting ? entry.decision.missing.map { Terms.code($0, language) } : []
            return [
                "trainee": trainee, "path": "/trainees/\(PathText.encoded(trainee))",
                "kind": Terms.kind(entry.decision.kind, language), "status": Terms.status(entry.status, language),
                "statusClass": entry.status == .due ? "granted" : entry.status == .overpaid ? "refused" : "pending",
                "amount": Terms.money(entry.amountNTD),
                "period": period.map { "\(style.show($0.from)) – \(style.show($0.to))" } ?? "",
                "payee": entry.payout?.payee.map { Terms.code($0.name, language) } ?? "",
                "why": ([entry.clause].compactMap(\.self) + missing).joined(separator: " "),
            ] as [String: Any]
        }
        let count = settlement.payouts.count
        func money(_ status: Settlement.Status) -> String { Terms.money(settlement.totalNTD(status)) }
        let (assessed, paid) = (Terms.money(settlement.assessedNTD), Terms.money(settlement.paidNTD))
        let sum = Words(
            "核定 \(assessed) − 已撥付 \(paid) = 應撥 \(money(.due)) + 暫緩 \(money(.withheld)) − 溢領 \(money(.overpaid))；"
                + "待定 \(money(.waiting))",
            "assessed \(assessed) − paid before \(paid) = due \(money(.due)) + withheld \(money(.withheld)) "
                + "− overpaid \(money(.overpaid)); waiting \(money(.waiting))")
        let recorded = Words("已登錄 \(count) 筆撥款", "\(count) payouts recorded")
        var values: [String: Any] = [
            "back": "/classes/\(PathText.encoded(classID))", "path": "/classes/\(PathText.encoded(classID))/settlement",
            "here": "/classes/\(PathText.encoded(classID))/settlement",
            "rows": rows, "hasRows": !rows.isEmpty, "sum": sum(language), "basis": settlement.context.basis(style),
            "position": "\(settlement.context.point.eventCount)", "mayConfirm": !isRecorded && count > 0,
            "count": "\(count)", "due": money(.due),
        ]
        if isRecorded { values["notice"] = recorded(language) }
        return site.page(
            "settlement", title: "\(classID) · \(PageWords.text("settle", language))", values, context,
            status: isRecorded ? .created : .ok)
    }
}
