package import CivilTime
import Decisions
import EventLog
import Histories
package import TrainingEvents

/// A payout that a settlement proposes, and the event that records it.
package struct ProposedPayout: Hashable, Sendable {
    /// Follows from kind, class, trainee and the running number: the same facts give the same ID.
    package let id: String
    package let kind: PayoutKind
    /// The ID under which the person joined the class.
    package let trainee: TraineeNumber
    package let classNumber: ClassNumber
    /// What is paid, in NT$; over 0.
    package let amountNTD: Int64
    /// What an allowance pays for; `nil` for kinds that have no half-months.
    package let period: Period?
    package let payee: Payee?

    /// The half-months that a payout of an allowance is for.
    package struct Period: Hashable, Sendable {
        /// How many are paid that were not paid before; 0 where only the amount is made up for.
        package let halfMonths: Int64
        /// The first day of the instalments not paid yet.
        package let from: CivilDate
        /// The last day of them.
        package let to: CivilDate
    }

    /// The source of the events by which this program pays.
    package static let source = "/trainledger/settle"

    /// - Parameter taken: the IDs that the log has for payouts of the class, those of retracted ones too.
    init?(_ decision: Decision, _ decisionCase: DecisionCase, taken: Set<String>) {
        guard let kind = PayoutKind(named: decision.kind.name), decision.dueNTD > 0 else { return nil }
        self.kind = kind
        trainee = decision.trainee
        classNumber = decision.classNumber
        amountNTD = decision.dueNTD
        payee = decision.payee
        let earlier = decisionCase.person.payouts.filter {
            $0.kind == kind && $0.classNumber == decision.classNumber
        }
        let hasPeriod = kind == .livingAllowance || kind == .learningReward
        period = hasPeriod ? Self.period(decision, decisionCase, earlier) : nil
        let registry = decisionCase.engine.histories.registry
        let (classID, traineeID) = (registry.classes.id(of: classNumber), registry.trainees.id(of: trainee))
        var number = earlier.count + 1
        var id = Self.id(kind, classID, traineeID, number)
        while taken.contains(id) {
            number += 1
            id = Self.id(kind, classID, traineeID, number)
        }
        self.id = id
    }

    /// The instalments that no payout was made for; where all were, those whose amounts are not covered.
    ///
    /// A payout revoked in full pays for nothing; one revoked in part keeps its half-months (LIV-09).
    private static func period(_ decision: Decision, _ decisionCase: DecisionCase, _ earlier: [Payout]) -> Period {
        let paidHalfMonths = earlier.filter { $0.netNTD > 0 }.reduce(0) { $0 + $1.halfMonths }
        var unpaid = rest(of: decision.instalments, after: paidHalfMonths, \.halfMonths)
        if unpaid.isEmpty { unpaid = rest(of: decision.instalments, after: decision.paidNTD, \.amountNTD) }
        let start = decisionCase.enrolment.started?.on ?? decisionCase.startsOn
        return Period(
            halfMonths: max(0, decision.halfMonths - paidHalfMonths), from: unpaid.first?.from ?? start,
            to: unpaid.last?.to ?? max(start, decisionCase.classHistory.endsOn))
    }

    /// The instalments from the first that `paid` does not cover in full.
    private static func rest(
        of instalments: [Instalment], after paid: Int64, _ size: (Instalment) -> Int64
    ) -> ArraySlice<Instalment> {
        var left = paid
        return instalments.drop { instalment in
            left -= size(instalment)
            return left >= 0
        }
    }

    /// `livingAllowance/CLASS/TRAINEE/1`. Where that would be too long or could be read in two ways, letters that
    /// follow from the same four parts: never digits, which could look like a personal number.
    static func id(_ kind: PayoutKind, _ classID: String, _ traineeID: String, _ number: Int) -> String {
        let parts = [kind.name, classID, traineeID, "\(number)"]
        let plain = parts.joined(separator: "/")
        if plain.utf8.count <= Limits.identifierBytes, !classID.contains("/"), !traineeID.contains("/") { return plain }
        let text = JSONValue.array(parts.map { .string($0) }).text
        let letters = "\(MerkleTree.leafHash(Array(text.utf8)))".utf8
            .map { $0 <= UInt8(ascii: "9") ? $0 - UInt8(ascii: "0") + UInt8(ascii: "g") : $0 }
        return "\(kind.name)/\(String(decoding: letters, as: UTF8.self))"
    }

    /// The event that records it, as if learnt when it happens.
    ///
    /// - Parameter time: the recorded time of the last event of the ledger that was settled.
    func event(at time: Instant) -> Event {
        var body = PayoutMade()
        body.payout = id
        body.kind = kind
        body.classNumber = classNumber
        body.amountNTD = amountNTD
        body.on = time.taipeiDate
        body.halfMonths = period?.halfMonths
        body.from = period?.from
        body.to = period?.to
        body.payee = payee
        return Event(
            envelope: Envelope(source: Self.source, id: id, time: time, recordedTime: time),
            subject: .trainee(trainee), body: .payoutMade(body))
    }
}
