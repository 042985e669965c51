package import CivilTime
package import Histories
import Rulebook
import TrainingEvents

/// What a person has of the quota on a day (TIP-15).
package struct QuotaBalance: Hashable, Sendable {
    package let windowFrom: CivilDate
    package let windowTo: CivilDate
    package let capNTD: Int64
    /// Net paid for the classes of the window, in NT$.
    package let paidNTD: Int64
    /// Assessed for classes for which nothing was paid yet, in NT$.
    package let committedNTD: Int64

    package var remainingNTD: Int64 { max(0, capNTD - paidNTD - committedNTD) }
}

/// The balance of a window (TIP-15).
enum TIP15: Clause {
    static let id = "TIP-15"

    /// The window as it stands with every class in it.
    static func note<Kept: Evidence>(
        _ window: QuotaWindow<Kept>, _ rules: Shared<TuitionRules>, in evidence: inout Kept
    ) {
        note(.applied, in: &evidence, facts(QuotaBalance(window, capNTD: rules.capNTD)), under: TIP13.id)
    }

    private static func facts(_ balance: QuotaBalance) -> Facts {
        [
            "windowFrom": .string(balance.windowFrom.description),
            "windowTo": .string(balance.windowTo.description), "capNTD": .integer(balance.capNTD),
            "paidNTD": .integer(balance.paidNTD), "committedNTD": .integer(balance.committedNTD),
            "leftNTD": .integer(balance.remainingNTD),
        ]
    }
}

extension QuotaBalance {
    init<Kept: Evidence>(_ window: QuotaWindow<Kept>, capNTD: Int64) {
        var paid: Int64 = 0
        var committed: Int64 = 0
        for share in window.shares {
            if share.claim.isPaid { paid += share.claim.netPaidNTD } else { committed += share.assessedNTD }
        }
        self.init(
            windowFrom: window.from, windowTo: window.to, capNTD: capNTD, paidNTD: paid, committedNTD: committed)
    }
}

extension DecisionEngine {
    /// The quota window that holds a day; `nil` where none does.
    package func quotaBalance(of person: PersonHistory, on day: CivilDate) -> QuotaBalance? {
        let windows = QuotaClaims<NoEvidence>(of: cases(of: person), self).windows
        guard let window = windows.first(where: { $0.from <= day && day <= $0.to }) else { return nil }
        guard let cap = rulebook[.quotaCap, on: day] else { return nil }
        return QuotaBalance(window, capNTD: cap)
    }
}
