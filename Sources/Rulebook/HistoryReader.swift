import CivilTime
import Yams

/// Reading a parameter's entries: each with its value and source, joined without gap or overlap.
extension LayerReader {
    mutating func history<Value>(_ node: Node, _ kind: ValueKind<Value>) -> [DatedValue<Value>]? {
        guard let nodes = list(node, "a parameter") else { return nil }
        guard !nodes.isEmpty else {
            note(.missingKey, "the parameter has no value", at: node)
            return nil
        }
        // Read all before giving up on any, so that one check finds every fault.
        let drafts = nodes.map { entry($0, kind) }
        guard !drafts.contains(where: { $0 == nil }) else { return nil }
        return join(drafts.compactMap { $0 }, nodes: nodes)
    }

    private mutating func entry<Value>(_ node: Node, _ kind: ValueKind<Value>) -> DatedValue<Value>? {
        guard
            let keys = mapping(
                node, "an entry", required: ["value", "source"],
                optional: ["from", "until", "reading", "checked"]),
            let valueNode = keys["value"], let sourceNode = keys["source"]
        else { return nil }
        let before = findings.count
        let value = kind.read(valueNode, &self)
        let citation = citation(sourceNode)
        let from = keys["from"].flatMap { date($0) }
        let until = keys["until"].flatMap { date($0) }
        let reading = keys["reading"].flatMap { text($0, "the reading") }
        let checked = keys["checked"].flatMap { date($0) }
        if let from, let until, until < from, let untilNode = keys["until"] {
            note(.badValue, "until is before from", at: untilNode)
        }
        guard findings.count == before, let value, let citation else { return nil }
        return DatedValue(
            from: from, until: until, value: value, citation: citation, reading: reading,
            secondary: documents[citation.document] == .secondary, checked: checked)
    }

    /// Gives each entry the last day that the next one leaves it, and refuses gaps and overlaps.
    private mutating func join<Value>(_ drafts: [DatedValue<Value>], nodes: [Node]) -> [DatedValue<Value>]? {
        var joined: [DatedValue<Value>] = []
        for (index, draft) in drafts.enumerated() {
            guard index > 0 else {
                joined.append(draft)
                continue
            }
            guard let from = draft.from else {
                note(.overlap, "only the first entry may lack from", at: nodes[index])
                return nil
            }
            let previous = joined[index - 1]
            // An open first entry begins before the calendar does, so the calendar's first day is taken too.
            let earlier = previous.from ?? .earliest
            if from <= earlier {
                note(.overlap, "from \(from) does not come after \(earlier) of the entry before", at: nodes[index])
                return nil
            }
            let lastDay = from.adding(days: -1)
            if let until = previous.until, until != lastDay {
                let overlaps = until > lastDay
                note(
                    overlaps ? .overlap : .gap,
                    overlaps
                        ? "the entry before holds until \(until), this one from \(from) already"
                        : "no value from \(until.adding(days: 1)) to \(lastDay)", at: nodes[index])
                return nil
            }
            joined[index - 1] = previous.ending(lastDay)
            joined.append(draft)
        }
        return joined
    }
}

extension DatedValue {
    fileprivate func ending(_ lastDay: CivilDate) -> Self {
        Self(
            from: from, until: lastDay, value: value, citation: citation, reading: reading, secondary: secondary,
            checked: checked)
    }
}
