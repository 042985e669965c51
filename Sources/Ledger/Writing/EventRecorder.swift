import Access
package import CivilTime
import Dispatch
import EventLog
package import PersonalData
package import TrainingEvents

/// Records events for many callers at once: whoever comes while others are being written shares the next write and its
/// sync. What one caller brings is recorded as a whole or not at all.
///
/// The ledger stays open for a moment behind the last write, and is then left to other programs; under a lease, which
/// leaves it to nobody else, it stays open until a segment is full, which is then sealed.
package final class EventRecorder: @unchecked Sendable {
    /// What was recorded for one caller.
    package struct Recorded: Sendable {
        /// What each event came to, in their order.
        package let admissions: [LedgerWriter.Admission]
        /// How many events the ledger holds with them.
        package let head: UInt64
    }

    /// Why nothing was recorded for a caller.
    package enum Failure: Error, Sendable {
        /// The event at this place of theirs, from 0, was refused.
        case refused(index: Int, EventError)
        case failed(LedgerError)
    }

    /// Admits the events of a caller; `nil` where they are to be dropped.
    private typealias Stage = @Sendable (LedgerWriter) throws(Failure) -> [LedgerWriter.Admission]?

    private final class Job: Sendable {
        let warrant: Warrant
        let row: Row?
        let stage: Stage
        let outcome = Mutexed<Result<Recorded, Failure>?>(nil)

        init(_ warrant: Warrant, in row: Row? = nil, _ stage: @escaping Stage) {
            self.warrant = warrant
            self.row = row
            self.stage = stage
        }

        func end(_ result: Result<Recorded, Failure>) {
            if let row, case .failure(.failed(let error)) = result { row.failure.update { $0 = error } }
            outcome.update { $0 = result }
        }
    }

    /// Jobs that are done one after the other until the ledger fails at one.
    private final class Row: Sendable {
        let failure = Mutexed<LedgerError?>(nil)
    }

    private let ledger: String
    private let keys: KeyOptions
    private let now: @Sendable () -> Instant
    private let lease: (any WriterLease)?
    private let queue = DispatchQueue(label: "recording")
    private let waiting = Mutexed<[Job]>([])
    // Only within the queue:
    private var writer: LedgerWriter?
    private var headAtOpening: UInt64 = 0
    private var uses: UInt64 = 0
    /// The epoch that the lease gave the writer.
    private var epoch: UInt32?
    /// How long the ledger stays open behind the last write.
    private static let patience = DispatchTimeInterval.milliseconds(200)

    /// - Parameters:
    ///   - lease: decides whether this process may write, where several machines have a copy of the ledger.
    ///   - now: the clock that stamps recorded times.
    package init(
        of ledger: String, keys: KeyOptions, lease: (any WriterLease)? = nil, now: @escaping @Sendable () -> Instant
    ) {
        self.ledger = ledger
        self.lease = lease
        self.keys = keys
        self.now = now
    }

    /// Records events, all or none, durably before this returns. Blocks.
    ///
    /// - Parameter expected: how many events the ledger has to hold before; if it holds others, events that are all in it
    ///   already are answered as such all the same, so that a request can be repeated.
    /// - Throws: `refused`; `failed`: `access`, `unexpectedSequence`, `log` and what opening a ledger throws.
    package func record(
        _ drafts: [EventDraft], expecting expected: UInt64? = nil, for request: AccessRequest
    ) throws(Failure) -> Recorded {
        try perform(for: request) { writer throws(Failure) in try Self.admit(drafts, to: writer, expecting: expected) }
    }

    /// Records what several messages brought, in their order: the events of each all or none, and all of them durably
    /// before this returns. Blocks.
    ///
    /// - Returns: what each message came to. A refusal holds whatever happens: all before is durable.
    /// - Throws: what the ledger failed at. Some may be recorded then, and are duplicates when they are brought again;
    ///   nothing behind a message that was not recorded is.
    package func record(
        inTurn messages: [[EventDraft]], for request: AccessRequest
    ) throws(LedgerError) -> [Result<Recorded, RefusedEvent>] {
        let warrant = try AccessGate.warrant(forWriting: request, on: ledger)
        let row = Row()
        let jobs = messages.map { drafts in
            Job(warrant, in: row) { writer throws(Failure) in try Self.admit(drafts, to: writer) }
        }
        waiting.update { $0 += jobs }
        queue.sync { recordAll() }
        if let failure = row.failure.value { throw failure }
        var results: [Result<Recorded, RefusedEvent>] = []
        for job in jobs {
            switch job.outcome.value {
            case .success(let recorded): results.append(.success(recorded))
            case .failure(.refused(let index, let error)): results.append(.failure(RefusedEvent(index: index, error)))
            case .failure(.failed(let error)): throw error
            case nil: preconditionFailure("whoever enters the queue records all that wait")
            }
        }
        return results
    }

    private static func admit(
        _ drafts: [EventDraft], to writer: LedgerWriter, expecting expected: UInt64? = nil
    ) throws(Failure) -> [LedgerWriter.Admission] {
        let head = writer.head
        var admissions: [LedgerWriter.Admission] = []
        for (index, draft) in drafts.enumerated() {
            do throws(AdmissionError) {
                admissions.append(try writer.admit(draft, keepsRecordedTime: false))
            } catch {
                // At another position than expected, that is the reason to give.
                if let expected, expected != head { break }
                switch error {
                case .refused(let reason): throw .refused(index: index, reason)
                case .failed(let failure): throw .failed(failure)
                }
            }
        }
        if let expected, expected != head, writer.head != head || admissions.count < drafts.count {
            throw .failed(.unexpectedSequence(expected: expected, head: head))
        }
        return admissions
    }

    /// Records the payouts of a settlement, all or none.
    ///
    /// - Throws: `failed`: `unexpectedSequence` if the ledger has other events than were settled.
    package func record(_ settlement: Settlement, for request: AccessRequest) throws(Failure) -> Recorded {
        try perform(for: request) { writer throws(Failure) in
            do throws(LedgerError) { try writer.record(settlement) } catch { throw .failed(error) }
            return []
        }
    }

    /// Does work with the ledger's writer. What it admitted is recorded where it gives `true`, and dropped where it gives
    /// `false`.
    package func record(
        for request: AccessRequest, _ work: @escaping @Sendable (LedgerWriter) throws(LedgerError) -> Bool
    ) throws(Failure) -> Recorded {
        try perform(for: request) { writer throws(Failure) in
            do throws(LedgerError) { return try work(writer) ? [] : nil } catch { throw .failed(error) }
        }
    }

    private func perform(for request: AccessRequest, _ stage: @escaping Stage) throws(Failure) -> Recorded {
        let job: Job
        do throws(LedgerError) {
            job = Job(try AccessGate.warrant(forWriting: request, on: ledger), stage)
        } catch {
            throw .failed(error)
        }
        waiting.update { $0.append(job) }
        queue.sync { recordAll() }
        guard let outcome = job.outcome.value else {
            preconditionFailure("whoever enters the queue records all that wait")
        }
        return try outcome.get()
    }

    /// Closes the ledger now; the next caller opens it again.
    package func close() { queue.sync { closeWriter() } }

    private func recordAll() {
        let jobs = waiting.update { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        guard !jobs.isEmpty else { return }
        var staged: [(job: Job, recorded: Recorded)] = []
        for job in jobs {
            // Bounds what is written at once; each caller's events stay together.
            if writer?.isBatchFull == true {
                commit(staged)
                staged = []
            }
            admit(job, &staged)
        }
        commit(staged)
        guard lease == nil else { return closeWriterIfSegmentIsFull() }
        uses += 1
        let use = uses
        queue.asyncAfter(deadline: .now() + Self.patience) { if self.uses == use { self.closeWriter() } }
    }

    /// Admits the events of one caller. Where they are refused half-way, those admitted are dropped, and the callers
    /// before start anew.
    private func admit(_ job: Job, _ staged: inout [(job: Job, recorded: Recorded)]) {
        if let failure = job.row?.failure.value {
            job.end(.failure(.failed(failure)))
        } else if !isWhole(job, &staged) {
            startAnew(&staged)
        }
    }

    /// Admits the events of one caller; `false` where some were admitted that are not to stay.
    ///
    /// The writer is let go before it is opened anew: it holds the lock of the keys for as long as anybody has it.
    private func isWhole(_ job: Job, _ staged: inout [(job: Job, recorded: Recorded)]) -> Bool {
        do throws(Failure) {
            let writer = try openWriter()
            let head = writer.head
            writer.warrant = job.warrant
            do throws(Failure) {
                if let admissions = try job.stage(writer) {
                    staged.append((job, Recorded(admissions: admissions, head: writer.head)))
                    return true
                }
                job.end(.success(Recorded(admissions: [], head: head)))
            } catch {
                job.end(.failure(error))
            }
            return writer.head == head
        } catch {
            job.end(.failure(error))
            return true
        }
    }

    /// Drops what was admitted, and admits anew what is to be kept.
    private func startAnew(_ staged: inout [(job: Job, recorded: Recorded)]) {
        closeWriter()
        let kept = staged.map(\.job)
        staged = []
        for job in kept { admit(job, &staged) }
        // Once is enough: where many are refused half-way, nobody is admitted anew for each of them.
        commit(staged)
        staged = []
    }

    private func commit(_ staged: [(job: Job, recorded: Recorded)]) {
        do throws(LedgerError) {
            if let lease { try lease.check() }
            try writer?.commit()
            if let lease, let epoch {
                try lease.didWrite(epoch)
                try lease.check()
            }
            for (job, recorded) in staged { job.end(.success(recorded)) }
        } catch {
            for (job, _) in staged { job.end(.failure(.failed(error))) }
            closeWriter()
        }
    }

    private func openWriter() throws(Failure) -> LedgerWriter {
        if let writer { return writer }
        do throws(LedgerError) {
            let claimed = try claimEpoch()
            let opened = try LedgerWriter(forOwnUse: ledger, keys: KeyUse(keys), epoch: claimed, now: now)
            epoch = claimed
            writer = opened
            headAtOpening = opened.head
            return opened
        } catch {
            throw .failed(error)
        }
    }

    /// An epoch from the lease, if there is one.
    private func claimEpoch() throws(LedgerError) -> UInt32? {
        guard let lease else { return nil }
        let known = try fromLog { () throws(LogError) in try publishedEpoch(of: ledger, files: RealFileSystem()) }
        return try lease.claim(after: known)
    }

    /// Opens the ledger now, so that what keeps this process from writing is known before anybody asks.
    ///
    /// - Throws: `log`: `notTheWriter`, and what opening a ledger throws.
    package func open() throws(LedgerError) {
        let outcome = queue.sync { Result { () throws(Failure) in _ = try openWriter() } }
        do throws(Failure) { try outcome.get() } catch {
            guard case .failed(let reason) = error else {
                preconditionFailure("no event is refused before it is brought")
            }
            throw reason
        }
    }

    private func closeWriterIfSegmentIsFull() {
        guard let writer else { return }
        if headAtOpening / Format.positionsPerSegment != writer.durableHead / Format.positionsPerSegment {
            closeWriter()
        }
    }

    /// Drops what was not committed, and seals the segments that were filled. What is durable stays so if that fails; the
    /// next to append seals them.
    private func closeWriter() {
        guard let writer else { return }
        let head = writer.durableHead
        try? writer.close()
        self.writer = nil
        try? SegmentSealing.afterAppending(
            to: ledger, from: headAtOpening, to: head, epoch: { () throws(LedgerError) in try claimEpoch() })
    }
}
