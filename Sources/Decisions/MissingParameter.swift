package import CivilTime
import Rulebook
import TrainingEvents

/// A parameter that the rulebook gives no value on a day. No rule defaults silently: a decision that needs it
/// waits, and names it.
package struct MissingParameter: Error, Hashable, Sendable {
    /// The parameter's name in the book: `quota.cap`.
    package let name: String
    package let day: CivilDate

    /// The code under which a decision says that it is missing.
    package var code: String { "rulebook:\(name)" }

    static func code<Value>(of parameter: Parameter<Value>) -> String { "rulebook:\(parameter.name)" }
}

extension Rulebook {
    /// The value that holds on a day.
    ///
    /// - Throws: ``MissingParameter`` where the book gives none.
    func require<Value>(_ parameter: Parameter<Value>, on day: CivilDate) throws(MissingParameter) -> Value {
        guard let value = self[parameter, on: day] else { throw MissingParameter(name: parameter.name, day: day) }
        return value
    }
}

extension Decision {
    /// Makes the decision wait for a value that the rulebook lacks, under the clause that needs it.
    mutating func wait(for missing: MissingParameter, _ clause: any Clause.Type) {
        outcome = .pending
        self.missing = [missing.code]
        reasons.append(
            clause.reason(
                .pending, ["parameter": .string(missing.name), "day": .string(missing.day.description)],
                lack: Lack(missing.code)))
    }
}
