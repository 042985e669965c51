import Rulebook
import Access
import Decisions
import Explanations
import Histories
import HTTPTypes
import Hummingbird
import Ledger
import TrainingEvents

/// What is to be paid for a class now, and recording it.
struct Settlements: Sendable {
    let desk: Desk
    /// How often a settlement starts anew where the ledger grew meanwhile.
    private static let attempts = 8

    /// What is to be paid, with nothing recorded.
    func preview(_ classID: String, _ context: LedgerRequestContext) async throws -> Settlement {
        let basis = AnswersAPI.Basis(FormFields(""), ledger: desk.options.ledger)
        return try await desk.read(.settleClass, of: .class(classID), context) { reader throws(LedgerError) in
            let point = try basis.point(in: reader)
            let histories = try reader.histories(at: point)
            let number = try histories.number(ofClass: classID)
            return Settlement(
                of: number, histories, taken: try reader.payoutIDs(of: number, at: point),
                AnswerContext(rulebook: try basis.book(histories), point: point, registry: histories.registry))
        }
    }

    /// Records what is to be paid, all or none.
    ///
    /// - Parameter expected: the position of the preview that was confirmed; where there is none, it starts anew if the
    ///   ledger grew meanwhile.
    /// - Throws: `unexpectedSequence`.
    func commit(
        _ classID: String, expecting expected: UInt64?, _ context: LedgerRequestContext
    ) async throws -> (settlement: Settlement, head: UInt64) {
        var attempt = 1
        while true {
            let settlement = try await preview(classID, context)
            let position = settlement.context.point.eventCount
            if let expected, expected != position {
                throw LedgerError.unexpectedSequence(expected: expected, head: position)
            }
            guard !settlement.payouts.isEmpty else { return (settlement, position) }
            do {
                let recorded = try await desk.record(context, for: .settleClass, of: .class(classID)) {
                    recorder, request throws(EventRecorder.Failure) in
                    try recorder.record(settlement, for: request)
                }
                return (settlement, recorded.head)
            } catch EventRecorder.Failure.failed(.unexpectedSequence(let wanted, let head)) {
                guard expected == nil, attempt < Self.attempts else {
                    throw LedgerError.unexpectedSequence(expected: wanted, head: head)
                }
                attempt += 1
            }
        }
    }
}

/// Settlements over HTTP: `GET` shows, `POST` records.
struct SettlementsAPI: Sendable {
    let settlements: Settlements

    func show(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let settlement = try await settlements.preview(try context.id("class"), context)
        return Self.answer(settlement, isRecorded: false, head: settlement.context.point.eventCount).response()
    }

    func commit(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        try EventsAPI.requireOwnForm(request, context)
        let (settlement, head) = try await settlements.commit(
            try context.id("class"), expecting: try EventsAPI.expectedPosition(request), context)
        let isRecorded = !settlement.payouts.isEmpty
        return Self.answer(settlement, isRecorded: isRecorded, head: head).response(isRecorded ? .created : .ok)
    }

    private static func answer(_ settlement: Settlement, isRecorded: Bool, head: UInt64) -> APIAnswer {
        let json = JSONValue.members([
            "entries": .array(settlement.entries.map { $0.json(settlement.context) }),
            "summary": settlement.summaryJSON(isRecorded: isRecorded, head: head),
        ])
        return APIAnswer(json, at: head, rulebookDigest: settlement.context.rulebook.digest)
    }
}
