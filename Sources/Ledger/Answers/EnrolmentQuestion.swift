package import Decisions
package import Histories
package import Rulebook
package import TrainingEvents

/// What is asked of the decisions about a class: one kind, of everybody or of one trainee.
package struct EnrolmentQuestion: Sendable {
    package let kind: DecisionKind
    package let classNumber: ClassNumber
    /// `nil` for everybody who has to do with the class.
    package let traineeID: String?

    package init(kind: DecisionKind, classNumber: ClassNumber, traineeID: String?) {
        self.kind = kind
        self.classNumber = classNumber
        self.traineeID = traineeID
    }

    /// The decisions, in the order of registration; an admission in rank order.
    ///
    /// Somebody who has nothing to do with the class gets `notApplicable`. IDs of one person get the same decision
    /// each, under its own name.
    package func decisions(_ histories: LedgerHistories, _ rulebook: Rulebook) -> [Decision] {
        let asked = traineeID.flatMap { histories.registry.trainees[$0] }
        let members: [TraineeNumber]
        if traineeID != nil {
            members = asked.map { [$0] } ?? []
        } else {
            members = histories.trainees.compactMap(\.self).filter { $0.enrolment(in: classNumber) != nil }
                .map(\.number)
        }
        if kind == .admission { return admission(histories, rulebook, asked: asked) }
        let people = members.flatMap { histories.linkedTrainees($0) }
        let engine = DecisionEngine(histories: histories, rulebook: rulebook, for: people)
        return members.map { member in
            guard let decisionCase = engine.personCase(member, in: classNumber),
                var decision = engine.decide(kind, decisionCase)
            else { return Decision(kind: kind, trainee: member, classNumber: classNumber) }
            decision.trainee = member
            return decision
        }
    }

    private func admission(
        _ histories: LedgerHistories, _ rulebook: Rulebook, asked: TraineeNumber?
    ) -> [Decision] {
        let engine = DecisionEngine(histories: histories, rulebook: rulebook)
        let rows = engine.admission(to: classNumber)
        guard let asked else { return rows }
        let person = histories.linkedTrainees(asked)
        let own = rows.filter { person.contains($0.trainee) }
        return own.isEmpty ? [Decision(kind: kind, trainee: asked, classNumber: classNumber)] : own
    }
}
