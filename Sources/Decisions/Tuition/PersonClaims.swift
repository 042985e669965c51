package import Histories

/// What a person claims of the quota, class by class, with the windows: made once for all their classes.
package struct PersonClaims {
    let claims: [TuitionClaim]
    let windows: [QuotaWindow]

    /// O(classes of the person).
    package init(of person: PersonHistory, _ engine: DecisionEngine) {
        claims = engine.tuitionClaims(of: person)
        windows = QuotaWindow.windows(of: claims, registry: engine.histories.registry)
    }
}
