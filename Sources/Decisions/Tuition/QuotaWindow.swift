import CivilTime
import Histories
import TrainingEvents

/// A quota window (三年七萬): its days, and how the classes in it use it up (TIP-12 to TIP-14).
struct QuotaWindow<Kept: Evidence> {
    let from: CivilDate
    let to: CivilDate
    /// The class that opened it.
    let opening: DecisionCase
    /// What each class found left, in the order in which the window is used up.
    let shares: [Share]

    /// The windows of a person, in order: the first class taken part in opens one, and after it ends the next
    /// opens another. A class belongs to the window that holds its start day.
    static func windows(of claims: [TuitionClaim<Kept>], registry: Registry) -> [QuotaWindow] {
        if claims.count == 1 { return [QuotaWindow(claims, registry)] }
        let sorted = claims.sorted {
            let (left, right) = ($0.decisionCase, $1.decisionCase)
            guard left.startsOn == right.startsOn else { return left.startsOn < right.startsOn }
            return isBefore($0, $1, registry)
        }
        var windows: [QuotaWindow] = []
        var open: [TuitionClaim<Kept>] = []
        for claim in sorted {
            if let opening = open.first, claim.decisionCase.startsOn > lastDay(openedBy: opening) {
                windows.append(QuotaWindow(open, registry))
                open = []
            }
            open.append(claim)
        }
        if !open.isEmpty { windows.append(QuotaWindow(open, registry)) }
        return windows
    }

    /// - Parameter claims: ascending by start day, and not empty.
    private init(_ claims: [TuitionClaim<Kept>], _ registry: Registry) {
        opening = claims[0].decisionCase
        from = claims[0].decisionCase.startsOn
        to = Self.lastDay(openedBy: claims[0])
        shares = Self.shares(of: claims, registry)
    }

    private static func lastDay(openedBy claim: TuitionClaim<Kept>) -> CivilDate {
        claim.decisionCase.startsOn.endOfPeriod(years: claim.rules.windowYears)
    }

    /// By class ID; a person has one claim a class.
    private static func isBefore(_ left: TuitionClaim<Kept>, _ right: TuitionClaim<Kept>, _ registry: Registry) -> Bool
    {
        let leftID = registry.classes.id(of: left.decisionCase.enrolment.classNumber)
        let rightID = registry.classes.id(of: right.decisionCase.enrolment.classNumber)
        return leftID.utf8.lexicographicallyPrecedes(rightID.utf8)
    }

    /// What a class found left when its turn came, and what it took.
    struct Share {
        let claim: TuitionClaim<Kept>
        let leftNTD: Int64
        let assessedNTD: Int64
        /// The classes before it that used the window.
        let earlier: [Use]
    }

    /// What a class used of the window.
    struct Use {
        let classNumber: ClassNumber
        let usedNTD: Int64
        /// The positions of its payouts.
        let positions: [UInt64]
    }

    /// The order in which the window is used up: paid classes by their first payout, then unpaid ones by end day,
    /// start day and ID (TIP-14). The cap is that of each class's own start day.
    private static func shares(of claims: [TuitionClaim<Kept>], _ registry: Registry) -> [Share] {
        var used: Int64 = 0
        var earlier: [Use] = []
        var shares: [Share] = []
        shares.reserveCapacity(claims.count)
        for claim in claims.count == 1 ? claims : inOrder(claims, registry) {
            let left = max(0, claim.rules.capNTD - used)
            let assessed = min(claim.claimedNTD, left)
            shares.append(Share(claim: claim, leftNTD: left, assessedNTD: assessed, earlier: earlier))
            let use = claim.isPaid ? claim.netPaidNTD : assessed
            if use > 0, shares.count < claims.count {
                earlier.append(
                    Use(
                        classNumber: claim.decisionCase.enrolment.classNumber, usedNTD: use,
                        positions: claim.payouts.flatMap(\.positions)))
            }
            used += use
        }
        return shares
    }

    private static func inOrder(_ claims: [TuitionClaim<Kept>], _ registry: Registry) -> [TuitionClaim<Kept>] {
        let paid = claims.filter(\.isPaid).sorted { $0.payouts[0].position < $1.payouts[0].position }
        let unpaid = claims.filter { !$0.isPaid }.sorted {
            let (left, right) = ($0.decisionCase.ruled, $1.decisionCase.ruled)
            if left.endsOn != right.endsOn { return left.endsOn < right.endsOn }
            if left.startsOn != right.startsOn { return left.startsOn < right.startsOn }
            return Self.isBefore($0, $1, registry)
        }
        return paid + unpaid
    }
}

extension QuotaWindow.Share {
    /// The positions of the payouts of the classes before.
    var earlierPositions: [UInt64] { earlier.flatMap(\.positions) }
}
