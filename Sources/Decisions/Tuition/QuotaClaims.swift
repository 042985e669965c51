import Histories

/// The quota windows of a person, and how every class in them uses them up.
package struct QuotaClaims<Kept: Evidence> {
    /// By window, in order.
    let windows: [QuotaWindow<Kept>]

    /// - Parameters:
    ///   - cases: every class of the person.
    ///   - asked: one of them that is asked about: it is among the claims whether they took part in it or not.
    init(of cases: [DecisionCase], also asked: DecisionCase? = nil, _ engine: DecisionEngine) {
        var claims: [TuitionClaim<Kept>] = []
        for decisionCase in cases {
            guard case .success(let rules) = decisionCase.rules.tuition,
                rules.programmes.contains(decisionCase.ruled.programme)
            else { continue }
            let isAsked = asked?.enrolment.classNumber == decisionCase.enrolment.classNumber
            guard decisionCase.enrolment.started != nil || isAsked else { continue }
            let claim = TuitionClaim<Kept>(decisionCase, rules)
            if claim.tookPart || isAsked { claims.append(claim) }
        }
        windows = claims.isEmpty ? [] : QuotaWindow.windows(of: claims, registry: engine.histories.registry)
    }

    /// The window that a class belongs to, and what the class found left there; `nil` for one without a claim.
    func share(of decisionCase: DecisionCase) -> (window: QuotaWindow<Kept>, share: QuotaWindow<Kept>.Share)? {
        for window in windows {
            for share in window.shares
            where share.claim.decisionCase.enrolment.classNumber == decisionCase.enrolment.classNumber {
                return (window, share)
            }
        }
        return nil
    }
}
