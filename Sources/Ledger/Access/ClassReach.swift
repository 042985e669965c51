package import Histories
import TrainingEvents

/// The classes that an answer about one person may name: all of them, or those of the training units of the clerk who
/// asked. What a trainee does elsewhere counts in their balances and is not shown.
package struct ClassReach: Sendable {
    private let units: Set<String>?
    private let registry: Registry
    private let classes: Set<String>

    /// No bound.
    package static let everything = ClassReach(units: nil, registry: Registry(), classes: [])

    private init(units: Set<String>?, registry: Registry, classes: Set<String>) {
        self.units = units
        self.registry = registry
        self.classes = classes
    }

    init(_ warrant: Warrant, _ histories: LedgerHistories) {
        guard let units = warrant.units else {
            self = .everything
            return
        }
        let registry = histories.registry
        let own = histories.classes.compactMap { history -> String? in
            guard let history, let unit = history.fields.unit, units.contains(registry.units.id(of: unit)) else {
                return nil
            }
            return registry.classes.id(of: history.number)
        }
        self.init(units: units, registry: registry, classes: Set(own))
    }

    /// Whether a class is within reach, by its ID.
    func contains(_ classID: String) -> Bool { units == nil || classes.contains(classID) }

    /// Whether an event names no class and no unit that is out of reach.
    func contains(_ event: Event) -> Bool {
        guard let units else { return true }
        return event.references.allSatisfy { reference in
            switch reference {
            case .class(let number): classes.contains(registry.classes.id(of: number))
            case .unit(let number): units.contains(registry.units.id(of: number))
            default: true
            }
        }
    }
}

extension LedgerReader {
    /// The classes that may be named to whoever opened this reader.
    package func reach(in histories: LedgerHistories) -> ClassReach { ClassReach(warrant, histories) }
}
