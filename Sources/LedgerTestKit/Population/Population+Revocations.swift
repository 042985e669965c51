/// Payouts taken back: revocation, repayment, enforcement, and the hold that keeps the file.
extension Population {
    /// Why a payout is revoked.
    enum Revocation: Int {
        case falseClaim, ineligible, overpaid, duplicate, returned

        /// As events spell it.
        var name: String {
            switch self {
            case .falseClaim: "falseClaim"
            case .ineligible: "ineligible"
            case .overpaid: "overpaid"
            case .duplicate: "duplicate"
            case .returned: "returned"
            }
        }
    }

    /// Puts a revocation on the agenda; payments made twice are found soon.
    mutating func planRevocation(of payout: Int, _ payment: Payment, amount: Int, _ reason: Revocation) {
        let days = reason == .duplicate ? random.within(2...30) : random.within(30...400)
        agenda.add(
            .revokePayout, on: today + days, at: 36_000 + random.below(14_000), payment.trainee,
            inClass: payment.classNumber, a: payout, b: amount, c: reason.rawValue)
    }

    /// Revokes, and plans what follows.
    mutating func revokePayout(_ trainee: Int, _ action: Agenda.Action) {
        let reason = Revocation(rawValue: Int(action.c)) ?? .overpaid
        let payout = Int(action.a)
        let amount = Int(action.b)
        lines.open("payout.revoked", from: .payments, about: .trainee(trainee))
        lines.field("payout", RecordID.payout(payout))
        lines.field("amount", amount)
        lines.field("on", day: today)
        lines.field("reason", reason.name)
        if reason != .returned { lines.field("repayBy", day: today + 60) }
        lines.close()
        if reason == .falseClaim {
            holdCount += 1
            agenda.add(.placeHold, on: today + 1, at: 40_000, trainee, a: holdCount)
            if random.chance(3, in: 4) {
                agenda.add(.releaseHold, on: today + random.within(200...700), at: 40_000, trainee, a: holdCount)
            }
        }
        guard reason != .returned else { return }
        planRepayment(trainee, payout: payout, amount: amount)
        if random.chance(15, in: 100) {
            agenda.add(
                .appeal, on: today + random.within(5...29), at: 33_000 + random.below(25_000), trainee,
                inClass: Int(action.classNumber))
        }
    }

    /// Most pay back in time, some in two parts, and some have to be made to.
    private mutating func planRepayment(_ trainee: Int, payout: Int, amount: Int) {
        let second = 36_000 + random.below(20_000)
        switch random.below(10) {
        case ..<6:
            agenda.add(.repay, on: today + random.within(5...58), at: second, trainee, a: payout, b: amount)
        case ..<8 where amount > 1:
            agenda.add(.repay, on: today + random.within(5...40), at: second, trainee, a: payout, b: amount / 2)
            agenda.add(
                .repay, on: today + random.within(41...90), at: second, trainee, a: payout, b: amount - amount / 2)
        default:
            agenda.add(.refer, on: today + random.within(65...150), at: second, trainee, a: payout)
        }
    }

    /// Money comes back.
    mutating func repay(_ trainee: Int, _ action: Agenda.Action) {
        lines.open("repayment.received", from: .payments, about: .trainee(trainee))
        lines.field("payout", RecordID.payout(Int(action.a)))
        lines.field("amount", Int(action.b))
        lines.field("on", day: today)
        lines.close()
    }

    /// Nothing came back: the claim goes to enforcement.
    mutating func refer(_ trainee: Int, _ action: Agenda.Action) {
        lines.open("enforcement.referred", from: .payments, about: .trainee(trainee))
        lines.field("payout", RecordID.payout(Int(action.a)))
        lines.field("on", day: today)
        lines.close()
    }

    /// A hold for the time of an investigation.
    mutating func placeHold(_ trainee: Int, isPlaced: Bool, _ action: Agenda.Action) {
        lines.open(isPlaced ? "hold.placed" : "hold.released", from: .payments, about: .trainee(trainee))
        lines.field("hold", RecordID.hold(Int(action.a)))
        lines.field("on", day: today)
        lines.field("reason", isPlaced ? "偽領案件調查中" : "案件結案")
        lines.close()
    }
}
