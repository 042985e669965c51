package import CivilTime
package import Decisions
import Histories
import Rulebook
package import TrainingEvents

/// What is overdue on a day (TIP-16).
package struct OverdueAnswer: Sendable {
    package let day: CivilDate
    package let items: [OverdueItem]
    private let context: AnswerContext

    /// - Parameter unitID: the training unit whose classes are meant; all where there is none.
    /// - Throws: `rulebook` where the rulebook gives no deadline for a class.
    package init(
        _ engine: DecisionEngine, on day: CivilDate, ofUnit unitID: String? = nil, _ context: AnswerContext
    ) throws(LedgerError) {
        self.day = day
        self.context = context
        do throws(MissingParameter) {
            items = try engine.overdue(on: day).filter { item in
                guard let unitID else { return true }
                let unit = engine.histories.class(item.classNumber)?.fields.unit
                return unit.map { context.registry.units.id(of: $0) } == unitID
            }
        } catch {
            throw .rulebook("rulebook \(context.rulebook.id) gives no value of \(error.name) on \(error.day)")
        }
    }

    package func classID(_ item: OverdueItem) -> String { context.registry.classes.id(of: item.classNumber) }

    package func traineeID(_ item: OverdueItem) -> String? {
        item.trainee.map { context.registry.trainees.id(of: $0) }
    }

    package var json: JSONValue {
        .members([
            "on": .string("\(day)"), "clause": .string("TIP-16"),
            "overdue": .array(
                items.map { item in
                    .members([
                        "class": .string(classID(item)), "what": .string(item.what.rawValue),
                        "trainee": traineeID(item).map { .string($0) }, "dueBy": .string("\(item.dueBy)"),
                        "amount": .integer(item.amountNTD),
                    ])
                }),
            "rulebook": context.rulebookJSON, "asOf": context.asOf,
        ])
    }
}
