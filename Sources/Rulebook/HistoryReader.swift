import CivilTime
import Yams

/// Reading a parameter's entries: each with its value and source, joined without gap or overlap.
extension LayerReader {
    mutating func history<Value>(_ node: Node, _ kind: ValueKind<Value>, unit: String) -> [DatedValue<Value>]? {
        guard let nodes = list(node, "a parameter") else { return nil }
        guard !nodes.isEmpty else {
            note(.missingKey, "the parameter has no value", at: node)
            return nil
        }
        // Read all before giving up on any, so that one check finds every fault.
        let drafts = nodes.enumerated().map { entry($1, kind, unit: unit, isFirst: $0 == 0) }
        guard !drafts.contains(where: { $0 == nil }) else { return nil }
        return join(drafts.compactMap { $0 }, nodes: nodes)
    }

    private mutating func entry<Value>(
        _ node: Node, _ kind: ValueKind<Value>, unit: String, isFirst: Bool
    ) -> DatedValue<Value>? {
        guard
            let keys = mapping(
                node, "an entry", required: ["value", "source"],
                optional: ["unit", "from", "until", "announced", "repealed", "checked", "reading", "note"]),
            let valueNode = keys["value"], let sourceNode = keys["source"]
        else { return nil }
        let before = findings.count
        checkUnit(keys["unit"], is: unit, isFirst: isFirst, at: node)
        let value = kind.read(valueNode, &self)
        let citation = citation(sourceNode)
        let reading = keys["reading"].flatMap { text($0, "the reading") }
        let remark = keys["note"].flatMap { text($0, "the note") }
        let days = days(keys)
        guard findings.count == before, let value, let citation, let source = documents[citation.document] else {
            return nil
        }
        return DatedValue(
            from: days.from, until: days.until, announced: days.announced, repealed: days.repealed, value: value,
            citation: citation, reading: reading, note: remark, sourceStatus: source.status, checked: days.checked)
    }

    /// The first entry states the unit, in a book that stands alone always; the later ones do not.
    private mutating func checkUnit(_ node: Node?, is unit: String, isFirst: Bool, at entry: Node) {
        guard let node else {
            if isFirst, mustStateUnits { note(.missingKey, "the first value must state its unit, \(unit)", at: entry) }
            return
        }
        guard isFirst else {
            note(.duplicate, "the unit is stated once, with the first value", at: node)
            return
        }
        guard let stated = text(node, "the unit"), stated != unit else { return }
        note(.wrongUnit, "the unit is \(unit), not \(stated)", at: node)
    }

    private struct Days {
        var from: CivilDate?
        var until: CivilDate?
        var announced: CivilDate?
        var repealed: CivilDate?
        var checked: CivilDate?
    }

    /// The days of an entry; contradictions are noted.
    private mutating func days(_ keys: [String: Node]) -> Days {
        var days = Days()
        days.from = keys["from"].flatMap { date($0) }
        days.until = keys["until"].flatMap { date($0) }
        days.announced = keys["announced"].flatMap { date($0) }
        days.repealed = keys["repealed"].flatMap { date($0) }
        days.checked = keys["checked"].flatMap { date($0) }
        if let from = days.from, let until = days.until, until < from, let node = keys["until"] {
            note(.badValue, "until is before from", at: node)
        }
        if let repealed = days.repealed, let node = keys["repealed"] {
            let lastDay = repealed.adding(days: -1)
            if let from = days.from, repealed <= from {
                note(.wrongDates, "repealed \(repealed) before a day in force from \(from)", at: node)
            } else if let until = days.until, until != lastDay {
                note(.wrongDates, "repealed \(repealed), but it holds until \(until)", at: node)
            }
            days.until = lastDay
        }
        if let announced = days.announced, let node = keys["announced"], keys["note"] == nil,
            let inForce = days.from ?? days.until, inForce < announced
        {
            note(.wrongDates, "announced \(announced), after \(inForce) when it was in force, without a note", at: node)
        }
        if let checked = days.checked, let announced = days.announced, checked < announced, let node = keys["checked"] {
            note(.wrongDates, "checked \(checked), before it was announced on \(announced)", at: node)
        }
        return days
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
            from: from, until: lastDay, announced: announced, repealed: repealed, value: value, citation: citation,
            reading: reading, note: note, sourceStatus: sourceStatus, checked: checked)
    }
}
