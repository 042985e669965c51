import CivilTime
import Decisions
package import TrainingEvents

extension Settlement.Entry {
    /// One line of the JSON answer; a line that pays has `payout`.
    package func json(_ context: AnswerContext) -> JSONValue {
        let registry = context.registry
        return .members([
            "status": .string(status.rawValue), "payout": payout.map { .string($0.id) },
            "trainee": .string(registry.trainees.id(of: decision.trainee)),
            "class": .string(registry.classes.id(of: decision.classNumber)), "kind": .string(decision.kind.name),
            "amount": .integer(amountNTD), "halfMonths": payout.map { .integer($0.period?.halfMonths ?? 0) },
            "from": payout?.period.map { .string("\($0.from)") }, "to": payout?.period.map { .string("\($0.to)") },
            "on": payout == nil ? nil : context.point.recordedTime.map { .string("\($0.taipeiDate)") },
            "payee": payout.map { $0.payee.map { .string($0.name) } ?? .null },
            "outcome": .string(decision.outcome.name), "assessed": .integer(decision.amountNTD),
            "paid": .integer(decision.paidNTD), "clause": payout == nil ? clause.map { .string($0) } ?? .null : nil,
            "missing": status == .waiting ? .array(decision.missing.map { .string($0) }) : nil,
        ])
    }
}

extension Settlement {
    /// The last line of the JSON answer.
    ///
    /// - Parameters:
    ///   - isRecorded: whether the payouts were recorded.
    ///   - head: the number of events in the ledger now.
    package func summaryJSON(isRecorded: Bool, head: UInt64) -> JSONValue {
        .members([
            "summary": .bool(true), "class": .string(context.registry.classes.id(of: classNumber)),
            "assessed": .integer(assessedNTD), "paidBefore": .integer(paidNTD), "due": .integer(totalNTD(.due)),
            "withheld": .integer(totalNTD(.withheld)), "overpaid": .integer(totalNTD(.overpaid)),
            "waiting": .integer(totalNTD(.waiting)), "payouts": .number(payouts.count),
            "recorded": .bool(isRecorded), "head": .number(head), "rulebook": context.rulebookJSON,
            "asOf": context.asOf,
        ])
    }
}
