package import Decisions
import EventLog
package import Histories
package import Ledger
import TrainingEvents

/// What the tables are made from: the facts at a point of a ledger, and what a rulebook makes of them.
package struct ExportSource: Sendable {
    package let histories: LedgerHistories
    package let engine: DecisionEngine
    package let context: AnswerContext
    let ledgerID: LedgerID
    /// The root of the tree over the events up to the point.
    let treeRoot: TreeHash
    /// The digests that `rebuild` gives for the same point and rulebook.
    let rebuild: Rebuild
    let overdue: [OverdueItem]
    let roster: ClassRoster
    private let persons: Persons

    /// Decides everything once for the digests. O(events of everyone).
    ///
    /// - Parameters:
    ///   - reader: opened with a request for `readReport` of everyone.
    ///   - histories: the facts at the point of the context.
    ///   - jobs: how many threads share the persons, at least 1.
    /// - Throws: `access` if something else was asked for; `log`; `books`; `rulebook` where the rulebook gives no deadline for
    ///   a class.
    package init(
        _ reader: LedgerReader, _ histories: LedgerHistories, _ context: AnswerContext, jobs: Int
    ) throws(LedgerError) {
        self.histories = histories
        self.context = context
        engine = DecisionEngine(histories: histories, rulebook: context.rulebook)
        let identity = try reader.identity(at: context.point)
        ledgerID = identity.ledgerID
        treeRoot = identity.treeRoot
        rebuild = try Rebuild(histories, context.rulebook, jobs: jobs)
        overdue = try OverdueAnswer(engine, on: engine.asOfDay, context).items
        roster = ClassRoster(histories)
        persons = Persons(histories)
    }

    func trainee(_ number: TraineeNumber) -> String { histories.registry.trainees.id(of: number) }

    /// The ID of a class; `nil` if it does not stand at the point.
    func classID(_ number: ClassNumber) -> String? {
        histories.class(number).map { histories.registry.classes.id(of: $0.number) }
    }

    /// The ID of a unit; `nil` if it does not stand at the point.
    func unitID(_ number: UnitNumber?) -> String? {
        number.flatMap { histories.unit($0) }.map { histories.registry.units.id(of: $0.number) }
    }

    /// The ID registered first of the person whom an ID belongs to.
    func person(of number: TraineeNumber) -> String { trainee(histories.linkedTrainees(number).first ?? number) }

    /// Lends every person, in the order of registration.
    func forEachPerson(_ body: (PersonRow) throws(LedgerError) -> Void) throws(LedgerError) {
        for index in 0..<persons.count {
            let members = persons[index]
            guard let first = members.first, let person = histories.person(joining: members) else { continue }
            try body(PersonRow(source: self, id: trainee(first), history: person))
        }
    }

    /// Lends every trainee ID that stands, in the order of registration.
    func forEachTrainee(_ body: (TraineeRow) throws(LedgerError) -> Void) throws(LedgerError) {
        for case .some(let history) in histories.trainees {
            try body(TraineeRow(source: self, history: history))
        }
    }

    /// Lends what every person has to do with every class that stands: by person, then in the order in which the
    /// classes were approved.
    func forEachEnrolment(_ body: (EnrolmentRow) throws(LedgerError) -> Void) throws(LedgerError) {
        try forEachPerson { person throws(LedgerError) in
            for enrolment in person.history.enrolments.sorted(by: { $0.classNumber < $1.classNumber }) {
                guard let history = histories.class(enrolment.classNumber) else { continue }
                try body(EnrolmentRow(person: person, enrolment: enrolment, classHistory: history))
            }
        }
    }
}

/// A person.
struct PersonRow: Sendable {
    let source: ExportSource
    /// The ID registered first.
    let id: String
    let history: PersonHistory
}

/// A trainee ID.
struct TraineeRow: Sendable {
    let source: ExportSource
    let history: TraineeHistory

    var id: String { source.trainee(history.number) }
    var personID: String { source.person(of: history.number) }
}

/// What a person has to do with a class.
struct EnrolmentRow: Sendable {
    let person: PersonRow
    let enrolment: Enrolment
    let classHistory: ClassHistory

    var source: ExportSource { person.source }
    var classID: String? { source.classID(classHistory.number) }
}
