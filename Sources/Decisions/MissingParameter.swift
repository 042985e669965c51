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

    /// The codes that hold on a day.
    ///
    /// - Throws: ``MissingParameter`` where the book gives none.
    func require<Code: CodeEnum>(
        codes parameter: Parameter<[String]>, on day: CivilDate
    ) throws(MissingParameter) -> CodeSet<Code> {
        CodeSet(try require(parameter, on: day))
    }
}

extension Decision {
    /// Makes the decision wait for a value that the rulebook lacks, under the clause that needs it.
    mutating func wait<Waiting: Clause>(
        for missing: MissingParameter, _ clause: Waiting.Type, in evidence: inout some Evidence
    ) {
        outcome = .pending
        self.missing = [missing.code]
        clause.note(
            .pending, in: &evidence,
            ["parameter": .string(missing.name), "day": .string(missing.day.description)], lack: Lack(missing.code))
    }
}
