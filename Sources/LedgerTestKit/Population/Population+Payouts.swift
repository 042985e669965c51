import CivilTime

/// What is paid, as events and actions name it.
enum PaidKind: Int {
    case tuitionSubsidy, livingAllowance, learningReward

    /// As events spell it.
    var name: String {
        switch self {
        case .tuitionSubsidy: "tuitionSubsidy"
        case .livingAllowance: "livingAllowance"
        case .learningReward: "learningReward"
        }
    }
}

/// A payout to be written.
struct Payment {
    /// What is paid.
    var kind: PaidKind
    /// Who it is for.
    var trainee: Int
    /// The class it is for.
    var classNumber: Int
    /// What is due.
    var amount: Int
    /// What is paid on top of it by mistake.
    var excess = 0
    /// Half-months granted; none for tuition.
    var halfMonths = 0
    /// The first day it is for.
    var from = 0
    /// The last day it is for.
    var to = 0
    /// Who receives it, if said.
    var payee: String?
    /// Whether a cap left less than the subsidy.
    var isReduced = false
}

/// Payouts: tuition subsidies within the quota, payouts too high or twice, decisions told to the trainee.
extension Population {
    private static let quotaCap = 70_000

    /// The first class of a window opens it; a class after its end opens the next.
    mutating func openQuotaWindow(of trainee: Int, _ course: RunningClass) {
        let from = Int(states[trainee].windowFrom)
        if from > 0, course.startsOn <= Int(civil(from).endOfPeriod(years: 3).dayNumber) { return }
        states[trainee].windowFrom = Int16(course.startsOn)
        states[trainee].quotaUsedBefore = states[trainee].quotaUsed
        states[trainee].quotaUsed = 0
    }

    /// Pays the subsidy planned, or what the window of the class's start day leaves of it.
    mutating func payTuition(_ trainee: Int, _ action: Agenda.Action) {
        let isOfPresentWindow = Int(action.b) >= Int(states[trainee].windowFrom)
        let used = isOfPresentWindow ? states[trainee].quotaUsed : states[trainee].quotaUsedBefore
        let left = max(0, Self.quotaCap - Int(used))
        var payment = Payment(
            kind: .tuitionSubsidy, trainee: trainee, classNumber: Int(action.classNumber),
            amount: min(Int(action.a), left))
        payment.isReduced = Int(action.a) > left
        if action.c == 1 { payment.payee = "unit" }
        if random.chance(2, in: 100) {
            // Forgets the cap, or takes the wrong rate.
            payment.excess = payment.isReduced ? Int(action.a) - payment.amount : payment.amount / 8
        }
        guard payment.amount + payment.excess > 0 else {
            if random.chance(1, in: 2) { issueDecision(.tuitionSubsidy, trainee, payment.classNumber, 0, "refused") }
            return
        }
        let paid = Int32(payment.amount + payment.excess)
        if isOfPresentWindow { states[trainee].quotaUsed += paid } else { states[trainee].quotaUsedBefore += paid }
        writePayout(payment)
    }

    /// Writes the payout and plans what may follow: a revocation, a second payout by mistake.
    mutating func writePayout(_ payment: Payment) {
        if random.chance(5, in: 100) {
            issueDecision(
                payment.kind, payment.trainee, payment.classNumber, payment.amount,
                payment.isReduced ? "reduced" : "granted")
        }
        let number = writePayoutEvent(payment)
        let total = payment.amount + payment.excess
        if payment.excess > 0, random.chance(3, in: 5) {
            planRevocation(of: number, payment, amount: payment.excess, .overpaid)
        } else if random.chance(12, in: 1_000) {
            switch random.below(100) {
            case ..<35: planRevocation(of: number, payment, amount: total, .falseClaim)
            case ..<70: planRevocation(of: number, payment, amount: total, .ineligible)
            case ..<82: planRevocation(of: number, payment, amount: total, .returned)
            case ..<92: planRevocation(of: writePayoutEvent(payment), payment, amount: total, .duplicate)
            default:
                _ = writePayoutEvent(payment)
                planRetraction(of: .payments, payment.trainee)
            }
        }
    }

    private mutating func writePayoutEvent(_ payment: Payment) -> Int {
        payoutCount += 1
        lines.pass(seconds: 1)
        lines.open("payout.made", from: .payments, about: .trainee(payment.trainee))
        lines.field("payout", RecordID.payout(payoutCount))
        lines.field("kind", payment.kind.name)
        lines.field("class", RecordID.class(payment.classNumber))
        lines.field("amount", payment.amount + payment.excess)
        lines.field("on", day: today)
        if payment.kind != .tuitionSubsidy {
            lines.field("halfMonths", payment.halfMonths)
            lines.field("from", day: payment.from)
            lines.field("to", day: payment.to)
        }
        if let payee = payment.payee { lines.field("payee", payee) }
        lines.close()
        return payoutCount
    }

    /// What was told to the trainee; refusals that were planned come here too.
    mutating func decide(_ trainee: Int, _ action: Agenda.Action) {
        let kind = PaidKind(rawValue: Int(action.c)) ?? .tuitionSubsidy
        issueDecision(kind, trainee, Int(action.classNumber), 0, "refused")
    }

    private mutating func issueDecision(
        _ kind: PaidKind, _ trainee: Int, _ classNumber: Int, _ amount: Int, _ outcome: String
    ) {
        let sequence = lines.count - 1
        lines.open("decision.issued", from: .payments, about: .trainee(trainee))
        lines.field("kind", kind.name)
        lines.field("class", RecordID.class(classNumber))
        lines.field("on", day: today)
        lines.field("outcome", outcome)
        lines.field("amount", amount)
        lines.field("rulebook", "base")
        lines.field("atSequence", max(0, sequence))
        lines.close()
        if random.chance(outcome == "granted" ? 1 : 15, in: 100) {
            agenda.add(
                .appeal, on: today + random.within(5...29), at: 33_000 + random.below(25_000), trainee,
                inClass: classNumber, c: kind.rawValue)
        }
    }

    /// The trainee appeals against a decision or revocation.
    mutating func appeal(_ trainee: Int, _ action: Agenda.Action) {
        appealCount += 1
        writeAppeal(isFiled: true, trainee, action, number: appealCount)
        agenda.add(
            .decideAppeal, on: today + random.within(50...110), at: 33_000 + random.below(25_000), trainee,
            inClass: Int(action.classNumber), a: appealCount, c: Int(action.c))
    }

    /// The appeal is decided.
    mutating func decideAppeal(_ trainee: Int, _ action: Agenda.Action) {
        writeAppeal(isFiled: false, trainee, action, number: Int(action.a))
    }

    private mutating func writeAppeal(isFiled: Bool, _ trainee: Int, _ action: Agenda.Action, number: Int) {
        lines.open(isFiled ? "appeal.filed" : "appeal.decided", from: .branch(ofCounty: 0), about: .trainee(trainee))
        lines.field("appeal", RecordID.appeal(number))
        lines.field("kind", (PaidKind(rawValue: Int(action.c)) ?? .tuitionSubsidy).name)
        lines.field("class", RecordID.class(Int(action.classNumber)))
        lines.field("on", day: today)
        if isFiled {
            lines.field("note", "不服原處分")
        } else {
            lines.field("outcome", random.chance(1, in: 6) ? "原處分撤銷" : "訴願駁回")
        }
        lines.close()
    }
}
