import Decisions
import Histories
import Ledger
import TrainingEvents

/// What is decided about a person in a class.
struct DecisionRow: Sendable {
    let source: ExportSource
    let decision: Decision
}

/// What a person has of the quota.
struct QuotaRow: Sendable {
    let person: PersonRow
    let balance: QuotaBalance
}

/// The allowance drawn before a class.
struct AllowanceUseRow: Sendable {
    let of: EnrolmentRow
    let use: AllowanceUse
}

/// Something that should have been done.
struct OverdueRow: Sendable {
    let source: ExportSource
    let number: Int64
    let item: OverdueItem
}

extension ExportTable {
    static let decisions = ExportTable(
        "decisions", "what the rulebook comes to, as decide gives it; a proposal, no payment",
        key: ["person", "class", "kind"], references: ["(person, class) REFERENCES enrolments (person, class)"],
        columns: [
            .text("person", "the person") { $0.source.person(of: $0.decision.trainee) },
            .text("class", "the class") { $0.source.classID($0.decision.classNumber) },
            .code("kind", "what is decided") { $0.decision.kind },
            .code("outcome", "what it comes to") { $0.decision.outcome },
            .integer("amount_ntd", "what is granted, in NT$; 0 where nothing is") { $0.decision.amountNTD },
            .integer("half_months", "half-months granted") { $0.decision.halfMonths },
            .integer("expected_ntd", "pending: what it comes to if nothing missing fails", isOptional: true) {
                $0.decision.outcome == .pending ? $0.decision.expectedAmountNTD : nil
            },
            .integer("paid_ntd", "paid less revoked") { $0.decision.paidNTD },
            .integer("due_ntd", "owed; negative where too much was paid") { $0.decision.dueNTD },
            .code("payee", "who receives it", isOptional: true) { $0.decision.payee },
            .integer("government_share_ntd", "feeShare: what the government bears", isOptional: true) {
                $0.decision.governmentShareNTD
            },
            .integer("rank", "admission: the place in the order", isOptional: true) { $0.decision.rank },
            .word(
                "seat", "admission: the seat", among: ["subsidised", "extra", "alternate", "notAdmitted"],
                isOptional: true
            ) { $0.decision.seat?.rawValue },
            .text("clause", "the clause that decided", isOptional: true) { $0.decision.decidingReason?.clause },
            .text("lacks", "what that clause lacks most nearly", isOptional: true) {
                $0.decision.decidingReason?.lack?.fact
            },
            .text("missing", "pending: what is missing, with spaces between", isOptional: true) { row in
                row.decision.missing.isEmpty ? nil : row.decision.missing.joined(separator: " ")
            },
        ] as [ExportColumn<DecisionRow>],
        rows: { source, body throws(LedgerError) in
            try source.forEachDecision { decision throws(LedgerError) in
                try body(DecisionRow(source: source, decision: decision))
            }
        })

    static let quotas = ExportTable(
        "quotas", "the quota window of a person that holds the as-of day (TIP-15)",
        key: ["person"],
        columns: [
            .text("person", "the person", of: "trainees (trainee)") { $0.person.id },
            .day("window_from", "first day of the three years") { $0.balance.windowFrom },
            .day("window_to", "last day") { $0.balance.windowTo },
            .integer("cap_ntd", "the cap in NT$") { $0.balance.capNTD },
            .integer("paid_ntd", "net paid for the classes of the window") { $0.balance.paidNTD },
            .integer("committed_ntd", "assessed and not paid yet") { $0.balance.committedNTD },
            .integer("remaining_ntd", "what is left") { $0.balance.remainingNTD },
        ] as [ExportColumn<QuotaRow>],
        rows: { source, body throws(LedgerError) in
            try source.forEachPerson { person throws(LedgerError) in
                guard let balance = source.engine.quotaBalance(of: person.history, on: source.engine.asOfDay) else {
                    return
                }
                try body(QuotaRow(person: person, balance: balance))
            }
        })

    static let allowanceUses = ExportTable(
        "allowance_uses", "half-months drawn in the lookback of a pre-employment class that was started (LIV-09)",
        key: ["person", "class"], references: ["(person, class) REFERENCES enrolments (person, class)"],
        columns: [
            .text("person", "the person") { $0.of.person.id },
            .text("class", "the class") { $0.of.classID },
            .day("lookback_from", "first day of the lookback") { $0.use.from },
            .day("lookback_to", "last day") { $0.use.to },
            .integer("cap_half_months", "the cap") { $0.use.capHalfMonths },
            .integer("used_half_months", "drawn") { $0.use.usedHalfMonths },
            .integer("remaining_half_months", "what is left") { $0.use.remainingHalfMonths },
        ] as [ExportColumn<AllowanceUseRow>],
        rows: { source, body throws(LedgerError) in
            try source.forEachEnrolment { row throws(LedgerError) in
                guard row.enrolment.started != nil, row.classHistory.programme == .preEmployment,
                    let use = source.engine.allowanceUse(of: row.person.history, before: row.classHistory.startsOn)
                else { return }
                try body(AllowanceUseRow(of: row, use: use))
            }
        })

    static let overdueItems = ExportTable(
        "overdue_items", "something that should have been done by the as-of day (TIP-16)",
        key: ["item"],
        columns: [
            .integer("item", "a running number from 1") { $0.number },
            .word("what", "the closing of a class, or a payout", among: ["close", "payout"]) {
                $0.item.what.rawValue
            },
            .text("class", "the class", of: "classes (class)") { $0.source.classID($0.item.classNumber) },
            .text("trainee", "whose payout", of: "trainees (trainee)", isOptional: true) { row in
                row.item.trainee.map { row.source.trainee($0) }
            },
            .day("due_by", "the last day for it") { $0.item.dueBy },
            .integer("amount_ntd", "what is to be paid, in NT$; 0 for a closing") { $0.item.amountNTD },
        ] as [ExportColumn<OverdueRow>],
        rows: { source, body throws(LedgerError) in
            for (index, item) in source.overdue.enumerated() {
                try body(OverdueRow(source: source, number: Int64(index + 1), item: item))
            }
        })
}

extension ExportSource {
    /// Lends every decision: person by person, then the admissions class by class.
    fileprivate func forEachDecision(_ body: (Decision) throws(LedgerError) -> Void) throws(LedgerError) {
        try forEachPerson { person throws(LedgerError) in
            var decisions: [Decision] = []
            engine.forEachDecision(of: person.history.trainees[...]) { decisions.append($0) }
            for decision in decisions where classID(decision.classNumber) != nil { try body(decision) }
        }
        for case .some(let history) in histories.classes {
            for decision in engine.admission(to: history.number, roster: roster) { try body(decision) }
        }
    }
}
