package import Histories
package import TrainingEvents

/// Who has to do with which class, each person once, in the order of registration.
package struct ClassRoster: Sendable {
    /// By class number: the ID of each person that was registered first of those in the class.
    private var members: [[TraineeNumber]]

    /// The rosters of all classes; O(enrolments).
    package init(_ histories: LedgerHistories) {
        members = Array(repeating: [], count: histories.classes.count)
        for case .some(let trainee) in histories.trainees { add(trainee, histories) }
    }

    /// The roster of one class; O(trainees).
    package init(_ histories: LedgerHistories, of number: ClassNumber) {
        members = Array(repeating: [], count: histories.classes.count)
        for case .some(let trainee) in histories.trainees where trainee.enrolment(in: number) != nil {
            add(trainee, histories, only: number)
        }
    }

    private mutating func add(_ trainee: TraineeHistory, _ histories: LedgerHistories, only: ClassNumber? = nil) {
        let others = histories.linkedTrainees(trainee.number).filter { $0 < trainee.number }
        for enrolment in trainee.enrolments {
            let number = enrolment.classNumber
            guard only.map({ $0 == number }) ?? true, Int(number.value) < members.count else { continue }
            let isListed = others.contains { histories.trainee($0)?.enrolment(in: number) != nil }
            if !isListed { members[Int(number.value)].append(trainee.number) }
        }
    }

    /// The cases of a class, each with the ID that the person is listed under.
    package func cases(
        in number: ClassNumber, _ engine: DecisionEngine
    ) -> [(listed: TraineeNumber, case: DecisionCase)] {
        guard Int(number.value) < members.count else { return [] }
        return members[Int(number.value)].compactMap { listed in
            guard let member = engine.personCase(listed, in: number) else { return nil }
            // Of a person with several IDs the one that joined the class leads.
            let isLeading = member.enrolment.started != nil || member.enrolment.otherIDs.isEmpty
            return (listed, isLeading ? member : engine.leadingCase(member))
        }
    }
}

extension DecisionEngine {
    /// The same case under the ID that leads the enrolment.
    fileprivate func leadingCase(_ member: DecisionCase) -> DecisionCase {
        let number = member.classHistory.number
        let leading = member.person.enrolments.first { $0.classNumber == number }?.trainee
        return leading.flatMap { decisionCase(member.person, $0, in: number) } ?? member
    }
}
