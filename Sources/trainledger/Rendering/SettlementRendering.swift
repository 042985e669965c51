import CommandKit
import Decisions
import Ledger
import TrainingEvents
import Explanations

/// A settlement as people read it: a table of what is paid, overpaid and waiting, and the totals.
struct SettlementRendering {
    private let settlement: Settlement
    private let output: OutputOptions

    init(_ settlement: Settlement, _ output: OutputOptions) {
        self.settlement = settlement
        self.output = output
    }

    private var language: Language { output.language }

    func lines(isRecorded: Bool) -> [String] {
        var table = Table(
            [
                Words("學員", "Trainee"), Words("項目", "Kind"), Words("狀態", "Status"), Words("金額", "Amount"),
                Words("月數", "Months"), Words("期間", "Period"), Words("受款人", "Payee"), Words("說明", "Why"),
            ].map { $0(language) }, rightAligned: [3, 4])
        for entry in settlement.entries { table.add(row(entry)) }
        return (table.isEmpty ? [] : table.lines) + totals(isRecorded)
    }

    private func row(_ entry: Settlement.Entry) -> [String] {
        let decision = entry.decision
        let period = entry.payout?.period
        let missing = entry.status == .waiting ? decision.missing.map { Terms.code($0, language) } : []
        return [
            settlement.context.registry.trainees.id(of: decision.trainee), Terms.kind(decision.kind, language),
            Terms.status(entry.status, language), Terms.money(entry.amountNTD),
            period.map { Terms.months($0.halfMonths) } ?? "",
            period.map { "\(output.show($0.from)) – \(output.show($0.to))" } ?? "",
            entry.payout?.payee.map { Terms.code($0.name, language) } ?? "",
            ([entry.clause].compactMap(\.self) + missing).joined(separator: " "),
        ]
    }

    private func totals(_ isRecorded: Bool) -> [String] {
        let (assessed, paid) = (Terms.money(settlement.assessedNTD), Terms.money(settlement.paidNTD))
        let (due, withheld) = (money(.due), money(.withheld))
        let (overpaid, waiting) = (money(.overpaid), money(.waiting))
        let count = settlement.payouts.count
        let ending =
            count == 0
            ? Words("無應撥款項", "nothing is due")
            : isRecorded
                ? Words("已登錄 \(count) 筆撥款", "\(count) payouts recorded")
                : Words(
                    "\(count) 筆待撥，未登錄（加 --commit 登錄）", "\(count) payouts due, nothing recorded (--commit records them)")
        return [
            Words(
                "核定 \(assessed) − 已撥付 \(paid) = 應撥 \(due) + 暫緩 \(withheld) − 溢領 \(overpaid)；待定 \(waiting)",
                "assessed \(assessed) − paid before \(paid) = due \(due) + withheld \(withheld) "
                    + "− overpaid \(overpaid); waiting \(waiting)")(language),
            ending(language),
        ]
    }

    private func money(_ status: Settlement.Status) -> String { Terms.money(settlement.totalNTD(status)) }
}
