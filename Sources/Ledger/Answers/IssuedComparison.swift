import CivilTime
package import Decisions
package import Histories
import Rulebook
package import TrainingEvents

/// What was told to a trainee (`decision.issued`) beside what the ledger comes to now, and what made the difference.
package struct IssuedComparison: Sendable {
    /// What changed a decision since it was told.
    package enum Cause: Sendable {
        /// An event that had happened by then, and was recorded after.
        case lateEvent(position: UInt64, type: EventType)
        /// An amendment, a revocation or a retraction recorded after.
        case correction(position: UInt64, type: EventType)
        /// Something that happened after.
        case laterEvent(position: UInt64, type: EventType)
        /// A clause found another value in the rulebook of today than in the one of then.
        case parameter(clause: String)
        /// The same facts and rulebook come to something else than was told: the clause as it is implemented, or the
        /// telling.
        case clause(String?)
    }

    package let issued: IssuedDecision
    /// Whether outcome and amount are as told.
    package let agrees: Bool
    package let causes: [Cause]
    /// The decision as it came out when it was told; `nil` where nothing was decided then, or both agree.
    package let then: Decision?
    /// The first clause by which the decision of then and that of now part, where they do not agree.
    package let clause: String?

    /// Every time the decision was told, in the order of the log.
    ///
    /// Costs a replay of the trainee's history for each one that does not agree.
    ///
    /// - Throws: what reading the ledger or a rulebook throws.
    package static func all(
        for decision: Decision, _ reader: LedgerReader, _ histories: LedgerHistories, _ context: AnswerContext,
        ledger: String
    ) throws(LedgerError) -> [IssuedComparison] {
        guard let person = histories.person(decision.trainee) else { return [] }
        var comparisons: [IssuedComparison] = []
        for issued in person.issuedDecisions
        where issued.kind == decision.kind && issued.classNumber == decision.classNumber {
            let agrees =
                issued.outcome == decision.outcome && (issued.amountNTD.map { $0 == decision.amountNTD } ?? true)
            guard !agrees else {
                comparisons.append(
                    IssuedComparison(issued: issued, agrees: true, causes: [], then: nil, clause: nil))
                continue
            }
            let search = Search(decision, issued, reader, histories, context, ledger: ledger)
            let (causes, then) = try search.causes()
            let clause = then.flatMap { DecisionChange.clause(from: $0, to: decision) }
            comparisons.append(
                IssuedComparison(issued: issued, agrees: false, causes: causes, then: then, clause: clause))
        }
        return comparisons
    }

    /// Steps from what was told to what is: the facts of then, the facts of now by the rulebook of then, and by
    /// today's.
    private struct Search {
        let now: Decision
        let issued: IssuedDecision
        let reader: LedgerReader
        let histories: LedgerHistories
        let context: AnswerContext
        let ledger: String

        init(
            _ now: Decision, _ issued: IssuedDecision, _ reader: LedgerReader, _ histories: LedgerHistories,
            _ context: AnswerContext, ledger: String
        ) {
            self.now = now
            self.issued = issued
            self.reader = reader
            self.histories = histories
            self.context = context
            self.ledger = ledger
        }

        func causes() throws(LedgerError) -> (causes: [Cause], then: Decision?) {
            let book = try rulebookOfThen()
            let then = try decisionOfThen(book)
            let between = question.decisions(histories, book).first
            var causes: [Cause] = []
            if let then, !isAsTold(then) { causes.append(.clause(then.decidingReason?.clause)) }
            if let then, let between, !Self.same(then, between) { causes += try events(then, between) }
            if let between, !Self.same(between, now) {
                causes.append(.parameter(clause: DecisionChange.clause(from: between, to: now) ?? ""))
            }
            return (causes, then)
        }

        private var question: EnrolmentQuestion {
            EnrolmentQuestion(
                kind: now.kind, classNumber: now.classNumber,
                traineeID: histories.registry.trainees.id(of: now.trainee))
        }

        private func isAsTold(_ decision: Decision) -> Bool {
            issued.outcome == decision.outcome && (issued.amountNTD.map { $0 == decision.amountNTD } ?? true)
        }

        private static func same(_ left: Decision, _ right: Decision) -> Bool {
            left.outcome == right.outcome && left.amountNTD == right.amountNTD
        }

        /// The rulebook by which it was told: built in, adopted, or – where neither is known – today's.
        private func rulebookOfThen() throws(LedgerError) -> Rulebook {
            if BuiltInRulebooks.names.contains(issued.rulebook) { return try RulebookChoice.named(issued.rulebook) }
            let adopted = histories.rulebooks.last { $0.id == issued.rulebook || $0.digest == issued.rulebook }
            return try adopted.map { book throws(LedgerError) in try RulebookStore(ledger: ledger).book(book) }
                ?? context.rulebook
        }

        /// `nil` where the trainee or the class did not stand yet at the position that was told.
        private func decisionOfThen(_ book: Rulebook) throws(LedgerError) -> Decision? {
            let count = min(UInt64(clamping: issued.atSequence), context.point.eventCount)
            let point = try reader.resolve(.position(count))
            let then = try reader.grantedHistories(at: point)
            guard let number = then.registry.trainees[histories.registry.trainees.id(of: now.trainee)],
                then.trainee(number) != nil
            else { return nil }
            return question.decisions(then, book).first
        }

        /// Events recorded since that the decision of now rests on and that of then did not, and retractions of what
        /// that of then rested on.
        private func events(_ then: Decision, _ between: Decision) throws(LedgerError) -> [Cause] {
            let since = UInt64(clamping: issued.atSequence)
            let before = Set(then.reasons.flatMap(\.events))
            let after = Set(between.reasons.flatMap(\.events))
            let told = Instant(endOf: issued.on)
            var causes: [Cause] = []
            for position in after.subtracting(before).sorted() where position >= since {
                let event = try reader.event(at: position)
                if event.type.corrects {
                    causes.append(.correction(position: position, type: event.type))
                } else if event.envelope.time <= told {
                    causes.append(.lateEvent(position: position, type: event.type))
                } else {
                    causes.append(.laterEvent(position: position, type: event.type))
                }
            }
            for (retraction, target) in try reader.retractions(at: context.point)
            where retraction >= since && before.contains(target) {
                causes.append(.correction(position: retraction, type: .eventRetracted))
            }
            return causes
        }
    }
}

extension EventType {
    /// Whether the event changes what an earlier one said.
    fileprivate var corrects: Bool {
        switch self {
        case .unitAmended, .classAmended, .traineeAmended, .identityRevoked, .payoutRevoked, .eventRetracted,
            .traineeLinked, .traineeUnlinked:
            true
        default: false
        }
    }
}

extension IssuedComparison {
    package var json: JSONValue {
        .members([
            "sequence": .number(issued.position), "on": .string("\(issued.on)"),
            "outcome": .string(issued.outcome.name), "amount": issued.amountNTD.map { .integer($0) } ?? .null,
            "rulebook": .string(issued.rulebook), "atSequence": .integer(issued.atSequence),
            "agrees": .bool(agrees), "changedBy": .array(causes.map(\.json)),
        ])
    }
}

extension IssuedComparison.Cause {
    package var json: JSONValue {
        switch self {
        case .lateEvent(let position, let type): Self.json("lateEvent", position, type)
        case .correction(let position, let type): Self.json("correction", position, type)
        case .laterEvent(let position, let type): Self.json("laterEvent", position, type)
        case .parameter(let clause): .members(["cause": .string("parameter"), "clause": .string(clause)])
        case .clause(let clause):
            .members(["cause": .string("clause"), "clause": clause.map { .string($0) } ?? .null])
        }
    }

    private static func json(_ cause: String, _ position: UInt64, _ type: EventType) -> JSONValue {
        .members(["cause": .string(cause), "sequence": .number(position), "type": .string(type.name)])
    }
}
