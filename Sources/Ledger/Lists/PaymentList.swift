package import CivilTime
package import Histories
import TrainingEvents

/// The payouts of a class for the bank (撥款清冊): what was not revoked whole, to whom, and to which account.
package struct PaymentList: Sendable {
    /// One a payout, in the order of the log.
    package let rows: [ReportRow]
    /// What is left of all of them, in NT$.
    package let totalNTD: Int64

    /// - Parameters:
    ///   - day: only payouts of this day; all where `nil`.
    ///   - reader: opened with a request for `listPayments` of the class.
    ///   - histories: the facts at the point.
    /// - Throws: `unknown` for a class that does not stand; `access`, `personalData`, `log`, `record`.
    package init(
        of classID: String, on day: CivilDate? = nil, _ reader: LedgerReader, _ histories: LedgerHistories,
        at point: LedgerPoint
    ) throws(LedgerError) {
        try reader.requireList(of: classID)
        let history = try reader.standingClass(classID, in: histories)
        var payouts: [(trainee: TraineeNumber, payout: Payout)] = []
        for case .some(let trainee) in histories.trainees {
            for payout in trainee.payouts
            where payout.classNumber == history.number && payout.netNTD > 0 && day.map({ $0 == payout.on }) ?? true {
                payouts.append((trainee.number, payout))
            }
        }
        payouts.sort { $0.payout.position < $1.payout.position }
        totalNTD = payouts.reduce(0) { $0 + $1.payout.netNTD }
        let unit = history.fields.unit.flatMap { histories.unit($0)?.fields.name }
        var rows: [ReportRow] = []
        for (trainee, payout) in payouts {
            let isToUnit = payout.payee == .unit
            let fields =
                isToUnit
                ? TraineeFields() : try reader.fields(of: trainee, inClass: classID, histories, at: point)
            rows.append(
                ReportRow([
                    "payout": .string(payout.id), "on": .string("\(payout.on)"), "kind": .string(payout.kind.name),
                    "trainee": .string(histories.registry.trainees.id(of: trainee)),
                    "payee": payout.payee.map { .string($0.name) } ?? .null,
                    "name": isToUnit ? unit.map { .string($0) } ?? .null : fields.name?.listed ?? .null,
                    "bankAccount": fields.bankAccount?.listed ?? .null, "amount": .integer(payout.amountNTD),
                    "net": .integer(payout.netNTD),
                ]))
        }
        self.rows = rows
    }
}
