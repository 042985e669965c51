import Access
import CivilTime
import Decisions
import Explanations
import Histories
import HTTPTypes
import Hummingbird
import Ledger
import Rulebook
import TrainingEvents

/// The answers of the contract over HTTP: timelines, balances, decisions, what is overdue, settlements.
struct AnswersAPI: Sendable {
    let desk: Desk

    /// Where an answer is to stand, as a query says: `as-of`, `happened-by`, `rulebook`.
    struct Basis: Sendable {
        private let asOf: String
        private let happenedBy: String
        private let rulebook: String?
        private let ledger: String

        init(_ query: FormFields, ledger: String, asOf: String = "as-of", rulebook: String = "rulebook") {
            self.asOf = query[asOf]
            happenedBy = query["happened-by"]
            self.rulebook = query[rulebook].isEmpty ? nil : query[rulebook]
            self.ledger = ledger
        }

        init(asOf: String, rulebook: String, ledger: String) {
            (self.asOf, self.ledger, happenedBy) = (asOf, ledger, "")
            self.rulebook = rulebook.isEmpty ? nil : rulebook
        }

        /// - Throws: `asOf`.
        func point(in reader: LedgerReader) throws(LedgerError) -> LedgerPoint {
            guard happenedBy.isEmpty || CivilDate(happenedBy) != nil else {
                throw .asOf("happened-by is no date such as 2026-06-01 or 115-06-01")
            }
            return try reader.resolve(
                asOf.isEmpty ? .head : try AsOf(asOf), happenedBy: CivilDate(happenedBy))
        }

        /// A built-in rulebook by its name, or the one adopted; no file of the server.
        ///
        /// - Throws: `noRulebook`.
        func book(_ histories: LedgerHistories) throws(LedgerError) -> Rulebook {
            if let rulebook, !BuiltInRulebooks.names.contains(rulebook) {
                throw .noRulebook("there is no built-in rulebook of this name")
            }
            return try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
        }
    }

    private func basis(_ query: FormFields) -> Basis { Basis(query, ledger: desk.options.ledger) }

    func timeline(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let (trainee, basis) = (try context.id("trainee"), basis(FormFields(queryOf: request)))
        return try await desk.read(.readTimeline, of: .trainee(trainee), context) { reader throws(LedgerError) in
            let point = try basis.point(in: reader)
            let (timeline, book) = try reader.timeline(of: trainee, at: point) { histories throws(LedgerError) in
                try basis.book(histories)
            }
            let context = AnswerContext(rulebook: book, point: point, registry: timeline.registry)
            return APIAnswer(timeline.json(trainee: trainee, context), context)
        }.response()
    }

    func balance(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let (trainee, basis, day) = (try context.id("trainee"), basis(query), try Self.day(query["on"]))
        return try await desk.read(.readBalance, of: .trainee(trainee), context) { reader throws(LedgerError) in
            let point = try basis.point(in: reader)
            let (histories, members) = try reader.histories(of: trainee, at: point)
            let book = try basis.book(histories)
            let engine = DecisionEngine(histories: histories, rulebook: book, for: members)
            let person = PersonHistory(joining: members.compactMap { histories.trainee($0) })
            let balance = BalanceAnswer(
                of: person, id: trainee, on: day, by: engine, within: reader.reach(in: histories))
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            return APIAnswer(balance.json(context), context)
        }.response()
    }

    func decisions(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        guard let kind = DecisionKind(named: try context.id("kind")) else { throw HTTPError(.notFound) }
        if kind == .unitEligibility { return try await unitDecision(query, context) }
        let (classID, trainee, basis) = (query["class"], query["trainee"], basis(query))
        guard !classID.isEmpty else { throw HTTPError(.badRequest) }
        let asked = trainee.isEmpty ? nil : trainee
        let subject = asked.map { AccessSubject.enrolment(trainee: $0, class: classID) } ?? .class(classID)
        let ledger = desk.options.ledger
        return try await desk.read(.decide, of: subject, context) { reader throws(LedgerError) in
            let point = try basis.point(in: reader)
            let histories = try Self.histories(reader, point, of: kind == .admission ? nil : asked, in: classID)
            let number = try histories.number(ofClass: classID)
            let book = try basis.book(histories)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            let question = EnrolmentQuestion(kind: kind, classNumber: number, traineeID: asked)
            var lines: [JSONValue] = []
            for decision in question.decisions(histories, book) {
                let issued = try IssuedComparison.all(for: decision, reader, histories, context, ledger: ledger)
                lines.append(
                    decision.json(
                        context, adding: issued.isEmpty ? [] : [.init("issued", .array(issued.map(\.json)))]))
            }
            return APIAnswer(.members(["decisions": .array(lines)]), context)
        }.response()
    }

    /// What bears on one trainee, or everything.
    private static func histories(
        _ reader: LedgerReader, _ point: LedgerPoint, of trainee: String?, in classID: String
    ) throws(LedgerError) -> LedgerHistories {
        guard let trainee else { return try reader.histories(at: point) }
        return try reader.histories(of: trainee, at: point, alsoOf: [classID]).histories
    }

    private func unitDecision(_ query: FormFields, _ context: LedgerRequestContext) async throws -> Response {
        let (unit, basis) = (query["unit"], basis(query))
        guard !unit.isEmpty, let day = CivilDate(query["on"]) else { throw HTTPError(.badRequest) }
        return try await desk.read(.decide, of: .unit(unit), context) { reader throws(LedgerError) in
            let point = try basis.point(in: reader)
            let histories = try reader.histories(at: point)
            let book = try basis.book(histories)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            let engine = DecisionEngine(histories: histories, rulebook: book, for: [])
            guard let number = histories.registry.units[unit], let decision = engine.unitEligibility(number, on: day)
            else { throw .unknown(noun: "unit", id: unit, suggestion: nil) }
            return APIAnswer(.members(["decisions": .array([decision.json(context)])]), context)
        }.response()
    }

    func deadlines(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let (unit, day, basis) = (query["unit"], try Self.day(query["on"]), basis(query))
        let subject = unit.isEmpty ? AccessSubject.everyone : .unit(unit)
        return try await desk.read(.readReport, of: subject, context) { reader throws(LedgerError) in
            let point = try basis.point(in: reader)
            let histories = try reader.histories(at: point)
            let book = try basis.book(histories)
            let engine = DecisionEngine(histories: histories, rulebook: book)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            let answer = try OverdueAnswer(
                engine, on: day ?? engine.asOfDay, ofUnit: unit.isEmpty ? nil : unit, context)
            return APIAnswer(answer.json, context)
        }.response()
    }

    /// How many events there are.
    func head(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        guard context.caller != nil else { throw HTTPError(.unauthorized) }
        let ledger = desk.options.ledger
        let head = try await desk.work { () throws(LedgerError) in try LedgerReader.head(of: ledger) }
        return APIAnswer(.members(["head": .number(head)]), at: head).response()
    }

    /// A date of a query.
    ///
    /// - Throws: 400 if it is none.
    static func day(_ text: String) throws -> CivilDate? {
        guard !text.isEmpty else { return nil }
        guard let day = CivilDate(text) else { throw HTTPError(.badRequest) }
        return day
    }
}

extension LedgerHistories {
    /// The number of a class that stands.
    ///
    /// - Throws: `unknown`.
    func number(ofClass id: String) throws(LedgerError) -> ClassNumber {
        guard let number = registry.classes[id], self.class(number) != nil else {
            throw .unknown(noun: "class", id: id, suggestion: nil)
        }
        return number
    }
}
