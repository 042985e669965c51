import CivilTime
package import Decisions
package import Rulebook
package import TrainingEvents

/// Where an answer stands: which rulebook, and which point of the log.
package struct AnswerContext: Sendable {
    package let rulebook: Rulebook
    package let point: LedgerPoint
    package let registry: Registry

    package init(rulebook: Rulebook, point: LedgerPoint, registry: Registry) {
        self.rulebook = rulebook
        self.point = point
        self.registry = registry
    }

    /// The members `asOf` and `rulebook` of every answer.
    package var asOf: JSONValue {
        .members([
            "sequence": .number(point.eventCount), "recordedTime": point.recordedTimeJSON,
            "happenedBy": point.happenedBy.map { .string("\($0)") },
        ])
    }

    package var rulebookJSON: JSONValue {
        .members(["id": .string(rulebook.id), "digest": .string(rulebook.digest)])
    }
}

extension LedgerPoint {
    /// The recorded time, `null` for an empty ledger.
    package var recordedTimeJSON: JSONValue { recordedTime.map { .string("\($0)") } ?? .null }
}

extension Decision {
    /// The JSON answer of the contract; `more` adds members.
    package func json(_ context: AnswerContext, adding more: [JSONValue.Member] = []) -> JSONValue {
        let own: KeyValuePairs<String, JSONValue?> = [
            "kind": .string(kind.name),
            "trainee": .string(context.registry.trainees.id(of: trainee)),
            "class": .string(context.registry.classes.id(of: classNumber)),
            "outcome": .string(outcome.name),
            "amount": .integer(amountNTD),
            "halfMonths": .integer(halfMonths),
            "expectedAmount": outcome == .pending ? .integer(expectedAmountNTD) : nil,
            "governmentShare": governmentShareNTD.map { .integer($0) },
            "instalments": .array(instalments.map(\.json)),
            "payee": payee.map { .string($0.name) } ?? .null,
            "paid": .integer(paidNTD),
            "due": .integer(dueNTD),
            "forwardToTrainee": .integer(forwardToTraineeNTD),
            "traineeOwesUnit": .integer(traineeOwesUnitNTD),
            "missing": .array(missing.map { .string($0) }),
            "reasons": .array(reasons.map { $0.json(context.rulebook) }),
            "rulebook": context.rulebookJSON,
            "asOf": context.asOf,
        ]
        var members = own.compactMap { key, value in value.map { JSONValue.Member(key, $0) } }
        if let seat {
            members.append(JSONValue.Member("rank", rank.map { .integer($0) } ?? .null))
            members.append(JSONValue.Member("seat", .string(seat.rawValue)))
            members.append(JSONValue.Member("classCancelled", .bool(isClassCancelled)))
        }
        return .object(members + more)
    }
}

extension UnitDecision {
    /// The JSON answer: like that of a decision, with the unit and the closing day in place of trainee and class.
    package func json(_ context: AnswerContext) -> JSONValue {
        .members([
            "kind": .string(DecisionKind.unitEligibility.name),
            "unit": .string(context.registry.units.id(of: unit)),
            "on": .string(closingOn.description),
            "outcome": .string(outcome.name),
            "amount": .integer(0),
            "halfMonths": .integer(0),
            "expectedAmount": outcome == .pending ? .integer(0) : nil,
            "instalments": .array([]),
            "payee": .null,
            "paid": .integer(0),
            "due": .integer(0),
            "forwardToTrainee": .integer(0),
            "traineeOwesUnit": .integer(0),
            "missing": .array(missing.map { .string($0) }),
            "reasons": .array(reasons.map { $0.json(context.rulebook) }),
            "rulebook": context.rulebookJSON,
            "asOf": context.asOf,
        ])
    }
}

extension Instalment {
    package var json: JSONValue {
        .members([
            "from": .string("\(from)"), "to": .string("\(to)"), "halfMonths": .integer(halfMonths),
            "amount": .integer(amountNTD),
        ])
    }
}

extension Reason {
    package func json(_ rulebook: Rulebook) -> JSONValue {
        let clause = rulebook.clause(self.clause)
        return .members([
            "clause": .string(self.clause),
            "version": .number(version),
            "result": .string(result.rawValue),
            "facts": .object(facts),
            "events": .array(events.map { .number($0) }),
            "source": .string((clause?.sources ?? []).map(\.description).joined(separator: "; ")),
            "reading": .bool(clause?.reading != nil),
            "lacks": lack?.json,
            "of": parent.map { .string($0) },
            "finding": isFinding ? .bool(true) : nil,
        ])
    }
}

extension Lack {
    package var json: JSONValue {
        .members(["fact": .string(fact), "has": has, "needed": needed, "limit": limit])
    }
}
