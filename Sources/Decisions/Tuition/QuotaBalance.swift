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
    static func reason(_ window: QuotaWindow, _ registry: Registry, _ rules: TuitionRules) -> Reason {
        let balance = QuotaBalance(window, registry, capNTD: rules.capNTD)
        return reason(
            .applied,
            [
                "windowFrom": .string(balance.windowFrom.description),
                "windowTo": .string(balance.windowTo.description), "capNTD": .integer(balance.capNTD),
                "paidNTD": .integer(balance.paidNTD), "committedNTD": .integer(balance.committedNTD),
                "leftNTD": .integer(balance.remainingNTD),
            ], under: TIP13.id)
    }
}

extension QuotaBalance {
    init(_ window: QuotaWindow, _ registry: Registry, capNTD: Int64) {
        var paid: Int64 = 0
        var committed: Int64 = 0
        for share in window.shares(registry: registry) {
            if share.claim.isPaid { paid += share.claim.netPaidNTD } else { committed += share.assessedNTD }
        }
        self.init(
            windowFrom: window.from, windowTo: window.to, capNTD: capNTD, paidNTD: paid, committedNTD: committed)
    }
}

extension DecisionEngine {
    /// The quota window that holds a day; `nil` where none does.
    package func quotaBalance(of person: PersonHistory, on day: CivilDate) -> QuotaBalance? {
        let registry = histories.registry
        let windows = QuotaWindow.windows(of: tuitionClaims(of: person), registry: registry)
        guard let window = windows.first(where: { $0.from <= day && day <= $0.to }) else { return nil }
        guard let cap = rulebook[.quotaCap, on: day] else { return nil }
        return QuotaBalance(window, registry, capNTD: cap)
    }
}
