import Access
import CivilTime
import HTTPTypes
import Hummingbird
import Ledger
import PersonalData

/// Where pages and the JSON interface ask the ledger, on behalf of whoever is signed in: each question is one request
/// through the gate of the ledger, which grants it, writes it down, or denies it.
struct Desk: Sendable {
    let options: ServerOptions
    /// For answers that take the processor.
    private let reading = LedgerWork(atOnce: 16)
    /// For those who wait for the disk together.
    private let waiting = LedgerWork(atOnce: 128)
    /// Looks of one person: sixty at once, then one a second.
    private let looks: Attempts
    /// Requests to record of one person: a thousand at once, then ten a second.
    private let records: Attempts
    let now: @Sendable () -> Instant
    private let accessRecorder: AccessRecorder
    private let eventRecorder: EventRecorder
    /// What is given to those who follow; `nil` without a key that signs heads.
    let leading: CopyLeading?
    /// What is kept of the ledger between questions.
    private let memory: LedgerMemory
    let ids = KnownIDs()
    /// How far those who follow this ledger have got.
    let copies = CopyProgress()
    /// How long those who record wait for them.
    private static let confirmationPatience = Duration.seconds(10)

    /// - Throws: `access` if the ledger is not under access control.
    init(
        _ options: ServerOptions, now: @escaping @Sendable () -> Instant, ticks: @escaping @Sendable () -> UInt64
    ) throws(LedgerError) {
        self.options = options
        self.now = now
        looks = Attempts(size: options.looksAtOnce, oneMoreEvery: 1_000 / options.looksASecond, now: ticks)
        records = Attempts(size: options.recordsAtOnce, oneMoreEvery: 1_000 / options.recordsASecond, now: ticks)
        memory = LedgerMemory(of: options.ledger, keepingFactsUpTo: options.factsKeptUpTo)
        accessRecorder = try AccessRecorder(of: options.ledger)
        leading = try options.copyKey.map { key throws(LedgerError) in try CopyLeading(options.ledger, signingWith: key)
        }
        eventRecorder = EventRecorder(of: options.ledger, keys: options.keys, lease: options.lease, now: now)
    }

    private func request(
        _ operation: Access.Operation, of subject: AccessSubject, _ context: LedgerRequestContext, _ attempts: Attempts
    ) throws -> AccessRequest {
        guard let caller = context.caller else { throw HTTPError(.unauthorized) }
        guard attempts.take(caller.name) else { throw HTTPError(.tooManyRequests) }
        return AccessRequest(operation, of: subject, by: caller.caller, recorder: accessRecorder, now: now)
    }

    /// A request of whoever is signed in, for what opens the ledger by itself.
    func request(
        _ operation: Access.Operation, of subject: AccessSubject = .nobody, _ context: LedgerRequestContext
    ) throws -> AccessRequest {
        try request(operation, of: subject, context, looks)
    }

    /// Reads what is asked for, if it is granted.
    ///
    /// - Throws: `access`, and what reading throws; 401, 429.
    func read<Answer: Sendable>(
        _ operation: Access.Operation, of subject: AccessSubject, _ context: LedgerRequestContext,
        _ body: @escaping @Sendable (LedgerReader) throws(LedgerError) -> Answer
    ) async throws -> Answer {
        let request = try request(operation, of: subject, context)
        return try await work { [options, memory] () throws(LedgerError) in
            try memory.answer(request, keys: KeyUse(options.keys), body)
        }
    }

    /// A page of events, as ``LedgerReader/page(_:at:from:limit:knowing:steps:)`` gives it.
    func page(
        _ selection: EventSelection, at asOf: String, from start: UInt64, limit: Int, _ context: LedgerRequestContext
    ) async throws -> (page: EventPage, point: LedgerPoint) {
        let ids = ids
        let (page, point) = try await read(.readEvents, of: selection.accessSubject, context) {
            reader throws(LedgerError) in
            let point = try reader.resolve(asOf.isEmpty ? .head : try AsOf(asOf))
            return (try reader.page(selection, at: point, from: start, limit: limit, knowing: ids), point)
        }
        return (page, point)
    }

    /// Work on the ledger that takes the processor.
    func work<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(LedgerError) -> Answer
    ) async throws -> Answer {
        try await reading.run(body)
    }

    /// Records events, all or none.
    ///
    /// - Throws: ``EventRecorder/Failure``; 401, 429.
    func record(
        _ context: LedgerRequestContext, for operation: Access.Operation = .recordEvents,
        of subject: AccessSubject = .nobody,
        _ body:
            @escaping @Sendable (EventRecorder, AccessRequest) throws(EventRecorder.Failure) -> EventRecorder.Recorded
    ) async throws -> EventRecorder.Recorded {
        let request = try request(operation, of: subject, context, records)
        let recorder = eventRecorder
        let outcome = try await waiting.run { () throws(LedgerError) in
            Result { () throws(EventRecorder.Failure) in try body(recorder, request) }
        }
        let recorded = try outcome.get()
        copies.noteHead(recorded.head)
        let count = options.confirmations
        guard
            try await copies.wait(until: recorded.head, by: count, atMost: Self.confirmationPatience)
        else { throw LedgerError.unconfirmed(position: recorded.head, copies: count) }
        // Whoever was frozen meanwhile may have been confirmed by a follower that does not know of the next leader yet.
        try options.lease?.check()
        return recorded
    }

    /// Opens the ledger for writing where a lease leaves it to this server alone.
    ///
    /// - Throws: `log`: `notTheWriter`, and what opening a ledger throws.
    func open() throws(LedgerError) { if options.lease != nil { try eventRecorder.open() } }

    /// Leaves the ledger to other programs.
    func close() {
        eventRecorder.close()
        accessRecorder.close()
    }
}
