import CivilTime
import Histories
import TrainingEvents

/// A quota window (三年七萬): its days, and how the classes in it use it up (TIP-12 to TIP-14).
struct QuotaWindow {
    let from: CivilDate
    let to: CivilDate
    private(set) var claims: [TuitionClaim]

    /// The windows of a person, in order: the first class taken part in opens one, and after it ends the next
    /// opens another. A class belongs to the window that holds its start day.
    static func windows(of claims: [TuitionClaim], registry: Registry) -> [QuotaWindow] {
        let sorted = claims.sorted {
            let left = $0.decisionCase.classHistory
            let right = $1.decisionCase.classHistory
            guard left.startsOn == right.startsOn else { return left.startsOn < right.startsOn }
            return isBefore($0, $1, registry)
        }
        var windows: [QuotaWindow] = []
        for claim in sorted {
            let start = claim.decisionCase.startsOn
            if let last = windows.last, start <= last.to {
                windows[windows.count - 1].claims.append(claim)
                continue
            }
            windows.append(
                QuotaWindow(from: start, to: start.endOfPeriod(years: claim.rules.windowYears), claims: [claim]))
        }
        return windows
    }

    private init(from: CivilDate, to: CivilDate, claims: [TuitionClaim]) {
        self.from = from
        self.to = to
        self.claims = claims
    }

    /// By class ID; a person has one claim a class.
    private static func isBefore(_ left: TuitionClaim, _ right: TuitionClaim, _ registry: Registry) -> Bool {
        let leftID = registry.classes.id(of: left.decisionCase.classHistory.number)
        let rightID = registry.classes.id(of: right.decisionCase.classHistory.number)
        return leftID.utf8.lexicographicallyPrecedes(rightID.utf8)
    }

    /// What a class found left when its turn came, and what it took.
    struct Share {
        let claim: TuitionClaim
        let leftNTD: Int64
        let assessedNTD: Int64
        /// The classes before it that used the window, with what they used.
        let earlier: [(classNumber: ClassNumber, usedNTD: Int64)]
        /// The positions of their payouts.
        let earlierPositions: [UInt64]
    }

    /// The order in which the window is used up: paid classes by their first payout, then unpaid ones by end day,
    /// start day and ID (TIP-14). The cap is that of each class's own start day.
    func shares(registry: Registry) -> [Share] {
        let paid = claims.filter(\.isPaid).sorted { $0.payouts[0].position < $1.payouts[0].position }
        let unpaid = claims.filter { !$0.isPaid }.sorted {
            let left = $0.decisionCase.classHistory
            let right = $1.decisionCase.classHistory
            if left.endsOn != right.endsOn { return left.endsOn < right.endsOn }
            if left.startsOn != right.startsOn { return left.startsOn < right.startsOn }
            return Self.isBefore($0, $1, registry)
        }
        var used: Int64 = 0
        var earlier: [(classNumber: ClassNumber, usedNTD: Int64)] = []
        var positions: [UInt64] = []
        var shares: [Share] = []
        for claim in paid + unpaid {
            let left = max(0, claim.rules.capNTD - used)
            let assessed = min(claim.claimedNTD, left)
            shares.append(
                Share(claim: claim, leftNTD: left, assessedNTD: assessed, earlier: earlier, earlierPositions: positions)
            )
            let use = claim.isPaid ? claim.netPaidNTD : assessed
            if use > 0 {
                earlier.append((claim.decisionCase.classHistory.number, use))
                positions += claim.payouts.flatMap(\.positions)
            }
            used += use
        }
        return shares
    }
}
