package import CivilTime
import Histories
import Rulebook
package import TrainingEvents

/// The decision `unitEligibility`: whether a unit is fit to apply by a closing day (TIP-20, TIP-21).
package struct UnitDecision: Hashable, Sendable {
    package let unit: UnitNumber
    /// The closing day of the call (受理申請截止日).
    package let closingOn: CivilDate
    package private(set) var outcome = Outcome.refused
    package private(set) var missing: [String] = []
    package private(set) var reasons: [Reason] = []

    fileprivate init(_ history: UnitHistory, on day: CivilDate, _ engine: DecisionEngine) {
        unit = history.number
        closingOn = day
        let rules: UnitRules
        do throws(MissingParameter) {
            rules = try UnitRules(engine.rulebook, on: day)
        } catch {
            outcome = .pending
            missing = [error.code]
            var evidence = FullEvidence()
            TIP21.note(.pending, in: &evidence, ["parameter": .string(error.name)], lack: Lack(error.code))
            reasons = evidence.reasons
            return
        }
        var verdict = Verdict<FullEvidence>()
        TIP21.assess(history, on: day, rules, &verdict)
        outcome = verdict.hasFailed ? .refused : .granted
        TIP18.note(history, rules, in: &verdict.evidence)
        for classHistory in engine.classes(of: history.number) {
            TIP20.noteFindings(classHistory, history, rules, engine, in: &verdict.evidence)
        }
        reasons = verdict.evidence.reasons
    }
}

extension DecisionEngine {
    /// Whether a unit is fit to apply by a closing day; `nil` for one that does not stand.
    package func unitEligibility(_ number: UnitNumber, on day: CivilDate) -> UnitDecision? {
        histories.unit(number).map { UnitDecision($0, on: day, self) }
    }

    /// The classes of a unit in the order of their approval. O(classes).
    fileprivate func classes(of unit: UnitNumber) -> [ClassHistory] {
        histories.classes.compactMap(\.self).filter { $0.fields.unit == unit }
    }
}
