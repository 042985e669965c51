import Access
import Dispatch
import EventLog
import Synchronization

/// Seals segments: rewrites finished ones in blocks that fold fast and take less space, and brings the index of
/// positions up to their end. Readers notice nothing.
package struct SegmentSealing {
    /// How many segments were sealed.
    package private(set) var sealed = 0

    /// Seals every finished segment of the ledger that is not sealed yet.
    ///
    /// - Parameters:
    ///   - includingOpen: end the segment that is being written early, and seal it too.
    ///   - jobs: how many threads share the segments.
    ///   - progress: given the number sealed and the number to seal; called by any of the threads.
    /// - Throws: `log`: `inUse` while another process writes; `damaged` names the segment, which is as it was.
    package init(
        ledger: String, includingOpen: Bool, jobs: Int = LedgerReader.defaultJobs, for request: AccessRequest? = nil,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(LedgerError) {
        try AccessGate.pass(request, for: .sealSegments, on: ledger)
        try self.init(finished: ledger, includingOpen: includingOpen, jobs: jobs, progress: progress)
    }

    private init(
        finished ledger: String, includingOpen: Bool, jobs: Int = LedgerReader.defaultJobs, epoch: UInt32? = nil,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) throws(LedgerError) {
        let writer = try fromLog { () throws(LogError) in
            try LogWriter(opening: ledger, files: RealFileSystem(), epoch: epoch)
        }
        let result: Result<Int, LedgerError>
        do throws(LedgerError) {
            let count = try fromLog { () throws(LogError) in
                try Self.seal(writer, includingOpen: includingOpen, jobs, progress)
            }
            let reader = try fromLog { () throws(LogError) in
                try LogReader(opening: ledger, files: RealFileSystem())
            }
            try SubjectIndexUpkeep(reader, ledger: ledger, jobs: jobs).run()
            result = .success(count)
        } catch {
            result = .failure(error)
        }
        try fromLog { () throws(LogError) in try writer.close() }
        sealed = try result.get()
    }

    /// Seals what was finished by appending, if the log has grown into another segment. Another process that writes
    /// meanwhile will do it.
    ///
    /// - Parameters:
    ///   - before: how many events the ledger had before.
    ///   - after: how many it has now.
    ///   - epoch: the writer's epoch if a lease has to give one; asked only if there is something to seal.
    /// - Throws: as ``init(ledger:includingOpen:jobs:progress:)``, but for `inUse`.
    package static func afterAppending(
        to ledger: String, from before: UInt64, to after: UInt64,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
        epoch: () throws(LedgerError) -> UInt32? = { nil }
    ) throws(LedgerError) {
        guard before / Format.positionsPerSegment != after / Format.positionsPerSegment else { return }
        do throws(LedgerError) {
            _ = try SegmentSealing(finished: ledger, includingOpen: false, epoch: epoch(), progress: progress)
        } catch {
            if case .log(let error) = error, error.code == .inUse { return }
            throw error
        }
    }

    private static func seal(
        _ writer: LogWriter<RealFileSystem>, includingOpen: Bool, _ jobs: Int,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) throws(LogError) -> Int {
        if includingOpen { try writer.beginPart() }
        let segments = try writer.sealableSegments()
        let next = Atomic(0)
        let state = Mutexed<(done: Int, failure: LogError?)>((0, nil))
        DispatchQueue.concurrentPerform(iterations: min(jobs, max(1, segments.count))) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < segments.count, state.value.failure == nil else { return }
                do throws(LogError) {
                    try writer.seal(segmentAt: segments[index])
                    state.update { $0.done += 1 }
                    progress(state.value.done, segments.count)
                } catch {
                    state.update { $0.failure = $0.failure ?? error }
                }
            }
        }
        if let failure = state.value.failure { throw failure }
        return segments.count
    }
}
