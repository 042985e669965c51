import Histories
package import TrainingEvents

extension DecisionEngine {
    /// Decides one kind for one enrolment, with its reasons in full; `nil` for the kinds that are decided for a class
    /// (``admission(to:roster:)``) or a unit (``unitEligibility(_:on:)``).
    package func decide(_ kind: DecisionKind, _ decisionCase: DecisionCase) -> Decision? {
        var evidence = FullEvidence()
        var decision = decide(kind, decisionCase, nil, &evidence)
        decision?.reasons = evidence.reasons
        return decision
    }

    /// What a decision comes to, by the same clauses, without reasons: many times faster.
    package func outcome(
        of kind: DecisionKind, _ decisionCase: DecisionCase, sharing claims: QuotaClaims<NoEvidence>? = nil
    ) -> Decision? {
        var evidence = NoEvidence()
        return decide(kind, decisionCase, claims, &evidence)
    }

    /// The same with what each clause came to: how the decision is told.
    package func told(
        _ kind: DecisionKind, _ decisionCase: DecisionCase, sharing claims: QuotaClaims<ClauseResults>? = nil
    ) -> (decision: Decision, clauses: ClauseResults)? {
        var evidence = ClauseResults()
        return decide(kind, decisionCase, claims, &evidence).map { ($0, evidence) }
    }

    /// The claims of a person on the quota, for ``outcome(of:_:sharing:)``.
    ///
    /// - Parameter cases: every class of the person.
    package func outcomeClaims(of cases: [DecisionCase]) -> QuotaClaims<NoEvidence> { QuotaClaims(of: cases, self) }

    /// The claims of a person on the quota, for ``told(_:_:sharing:)``.
    ///
    /// - Parameter cases: every class of the person.
    package func toldClaims(of cases: [DecisionCase]) -> QuotaClaims<ClauseResults> { QuotaClaims(of: cases, self) }

    /// Decides by clauses that are generic over what is kept of them.
    @inline(__always)
    func decide<Kept: Evidence>(
        _ kind: DecisionKind, _ decisionCase: DecisionCase, _ claims: QuotaClaims<Kept>?, _ evidence: inout Kept
    ) -> Decision? {
        switch kind {
        case .attendance: AttendanceDecision.decide(decisionCase, &evidence)
        case .tuitionSubsidy: TuitionDecision.decide(decisionCase, claims, &evidence)
        case .livingAllowance: AllowanceDecision.decide(decisionCase, &evidence)
        case .registration: RegistrationDecision.decide(decisionCase, &evidence)
        case .feeShare: FeeDecision.decide(decisionCase, &evidence)
        case .learningReward: RewardDecision.decide(decisionCase, &evidence)
        case .admission, .unitEligibility: nil
        }
    }

    /// Every decision of a person, class by class and kind by kind, by the clauses that keep `Kept`.
    private func forEachDecision<Kept: Evidence>(
        of members: ArraySlice<TraineeNumber>, _ body: (Decision, Kept) -> Void
    ) {
        guard let person = histories.person(joining: members) else { return }
        let cases = cases(of: person)
        let claims = QuotaClaims<Kept>(of: cases, self)
        for decisionCase in cases {
            for kind in Self.kinds {
                var evidence = Kept()
                if let decision = decide(kind, decisionCase, claims, &evidence) { body(decision, evidence) }
            }
        }
    }

    /// Every decision of the person with these IDs, with reasons in full.
    ///
    /// - Parameter members: all IDs of one person, in the order of registration.
    package func forEachDecision(of members: ArraySlice<TraineeNumber>, _ body: (Decision) -> Void) {
        forEachDecision(of: members) { (decision, evidence: FullEvidence) in
            var decision = decision
            decision.reasons = evidence.reasons
            body(decision)
        }
    }

    /// The same with reasons in outline: what digests cover.
    package func forEachOutline(of members: ArraySlice<TraineeNumber>, _ body: (Decision, DecisionOutline) -> Void) {
        forEachDecision(of: members) { (decision, evidence: DecisionOutline) in body(decision, evidence) }
    }

    /// The same without reasons.
    package func forEachOutcome(of members: ArraySlice<TraineeNumber>, _ body: (Decision) -> Void) {
        forEachDecision(of: members) { (decision, _: NoEvidence) in body(decision) }
    }
}
