import Decisions
package import Ledger
import TrainingEvents

/// What an event changed as people read it.
package struct EffectRendering {
    private let effect: Timeline.Effect
    private let style: ReadingStyle

    package init(_ effect: Timeline.Effect, _ style: ReadingStyle) {
        self.effect = effect
        self.style = style
    }

    /// The line; `nil` for what tells nobody anything: that something is zero, untrue or empty which was not there
    /// before, or is there no longer.
    package var line: String? {
        guard !(Self.isNothing(effect.before) && Self.isNothing(effect.after)) else { return nil }
        let subject = ([subject, effect.classID] + [payout]).compactMap(\.self).joined(separator: " ")
        return "\(subject) \(Terms.label(value, style.language)): \(show(effect.before)) → \(show(effect.after))"
    }

    private static func isNothing(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false), .integer(0), .array([]), .string("none"): true
        default: false
        }
    }

    /// The kind of decision; the decision on attendance goes by another name beside the minutes.
    private var kind: DecisionKind? {
        effect.subject == "attendanceLimits" ? .attendance : DecisionKind(named: effect.subject)
    }

    private var subject: String {
        guard let kind, effect.subject == kind.name else { return Terms.code(effect.subject, style.language) }
        return Terms.kind(kind, style.language)
    }

    /// A payout's values have its ID before their names: `P-1.amount`.
    private var payout: String? {
        guard effect.subject == "payout", let end = effect.value.lastIndex(of: ".") else { return nil }
        return String(effect.value[..<end])
    }

    private var value: String {
        payout.map { String(effect.value.dropFirst($0.count + 1)) } ?? effect.value
    }

    private func show(_ json: JSONValue) -> String {
        switch (value, json) {
        case ("outcome", .string(let name)):
            if let kind, let outcome = Outcome(named: name) { return Terms.outcome(outcome, of: kind, style.language) }
        case ("missing", .array(let elements)):
            let names = elements.map { element in
                if case .string(let name) = element { Terms.lack(name, style.language) } else { style.show(element) }
            }
            return names.joined(separator: Words("、", ", ")(style.language))
        default: break
        }
        return style.show(json, of: value)
    }
}
