import Histories
import Ledger
import TrainingEvents

/// A payout, or something that became of it.
struct PayoutRow<Fact: Sendable>: Sendable {
    let of: TraineeRow
    let payout: Payout
    let fact: Fact

    var source: ExportSource { of.source }
    /// The position of the event that made the payout.
    var event: Int64 { Int64(clamping: payout.position) }
}

/// A benefit drawn elsewhere.
struct BenefitRow: Sendable {
    let of: TraineeRow
    let benefit: BenefitFact
}

extension ExportTable {
    static let payouts = ExportTable(
        "payouts", "a payout (撥款)",
        key: ["event"],
        columns: [
            .integer("event", "the position of its event in the log") { $0.event },
            .text("payout", "its ID") { $0.payout.id },
            .text("person", "the person it is about", of: "trainees (trainee)") { $0.of.personID },
            .text("trainee", "the ID it was paid under", of: "trainees (trainee)") { $0.of.id },
            .text("class", "the class it is for", of: "classes (class)", isOptional: true) {
                $0.source.classID($0.payout.classNumber)
            },
            .code("kind", "what is paid") { $0.payout.kind },
            .integer("amount_ntd", "the amount in NT$") { $0.payout.amountNTD },
            .integer("net_ntd", "less what was revoked, never below 0") { $0.payout.netNTD },
            .day("paid_on", "the day") { $0.payout.on },
            .integer("half_months", "half-months paid; 0 for kinds that have none") { $0.payout.halfMonths },
            .day("from_day", "first day of these", isOptional: true) { $0.payout.from },
            .day("to_day", "last day of these", isOptional: true) { $0.payout.to },
            .code("payee", "who receives it", isOptional: true) { $0.payout.payee },
        ] as [ExportColumn<PayoutRow<Void>>],
        rows: { source, body throws(LedgerError) in
            try source.forEachTrainee { trainee throws(LedgerError) in
                for payout in trainee.history.payouts {
                    try body(PayoutRow(of: trainee, payout: payout, fact: ()))
                }
            }
        })

    static let revocations = ExportTable(
        "payout_revocations", "a revocation of a payout, whole or in part (撤銷)",
        key: ["event"],
        columns: [
            .integer("event", "the position of its event in the log") { Int64(clamping: $0.fact.position) },
            .integer("payout_event", "what is revoked", of: "payouts (event)") { $0.event },
            .integer("amount_ntd", "the amount in NT$") { $0.fact.amountNTD },
            .day("revoked_on", "the day") { $0.fact.on },
            .code("reason", "why") { $0.fact.reason },
            .day("repay_by", "by when it is to be paid back", isOptional: true) { $0.fact.repayBy },
        ] as [ExportColumn<PayoutRow<Revocation>>],
        rows: { source, body throws(LedgerError) in
            try source.forEachTrainee { trainee throws(LedgerError) in
                for payout in trainee.history.payouts {
                    for fact in payout.revocations { try body(PayoutRow(of: trainee, payout: payout, fact: fact)) }
                }
            }
        })

    static let repayments = ExportTable(
        "payout_repayments", "money that came back (繳回)",
        key: ["event"],
        columns: [
            .integer("event", "the position of its event in the log") { Int64(clamping: $0.fact.position) },
            .integer("payout_event", "for which payout", of: "payouts (event)") { $0.event },
            .integer("amount_ntd", "the amount in NT$") { $0.fact.amountNTD },
            .day("received_on", "the day") { $0.fact.on },
        ] as [ExportColumn<PayoutRow<Repayment>>],
        rows: { source, body throws(LedgerError) in
            try source.forEachTrainee { trainee throws(LedgerError) in
                for payout in trainee.history.payouts {
                    for fact in payout.repayments { try body(PayoutRow(of: trainee, payout: payout, fact: fact)) }
                }
            }
        })

    static let benefits = ExportTable(
        "benefits", "a benefit drawn elsewhere (其他給付)",
        key: ["event"],
        columns: [
            .integer("event", "the position of its event in the log") { Int64(clamping: $0.benefit.position) },
            .text("person", "who draws it", of: "trainees (trainee)") { $0.of.personID },
            .text("trainee", "the ID it was told under", of: "trainees (trainee)") { $0.of.id },
            .code("kind", "which benefit") { $0.benefit.kind },
            .day("from_day", "its first day") { $0.benefit.from },
            .day("to_day", "its last day", isOptional: true) { $0.benefit.to },
            .integer("half_months", "half-months drawn; 0 for kinds that have none") { $0.benefit.halfMonths },
        ] as [ExportColumn<BenefitRow>],
        rows: { source, body throws(LedgerError) in
            try source.forEachTrainee { trainee throws(LedgerError) in
                for benefit in trainee.history.benefits { try body(BenefitRow(of: trainee, benefit: benefit)) }
            }
        })
}
