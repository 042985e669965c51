/// The one writer of a ledger.
///
/// Any thread may submit and wait. Waiting threads commit in groups: the first writes everything that was
/// submitted as one commit and syncs once, while the others wait for it.
///
/// After a failed write or sync the writer takes nothing more (`poisoned`, `noSpace`): what the disk then holds
/// is known only after opening the ledger anew. Records whose wait failed may or may not be found there.
package final class LogWriter<Files: FileSystem>: @unchecked Sendable {
    // Sendable: `monitor` guards every variable but `segmentsBeingSealed`, which `sealing` does, and `appender`, which
    // only the leader of the moment uses.
    private let monitor = Monitor()
    /// Guards `segmentsBeingSealed`.
    private let sealing = Monitor()
    private var segmentsBeingSealed: Set<UInt64> = []
    private let layout: LedgerLayout<Files>
    private let ledgerID: LedgerID
    private let files: Files
    private let appender: Appender<Files>
    private let lockFile: Files.File
    private let publicationFile: Files.File
    private var pending: [Appender<Files>.Batch] = []
    private var pendingCost = 0
    private var submitted: UInt64
    private var durable: UInt64
    private var durableTree: CompactRange
    private var hasLeader = false
    /// Batches in the last commit, and the nanoseconds that it took.
    private var lastGroup = 0
    private var lastDuration: UInt64 = 0
    private var stopped: LogError?
    private var isClosed = false

    /// What opening found at the end of the log and did about it.
    package let recovery: RecoveryReport

    /// Submitted and not yet written bytes above which `submit` waits.
    private static var pendingLimit: Int { 64 << 20 }

    /// Opens the ledger in `directory` for writing: takes the lock and recovers the tail.
    ///
    /// - Parameter epoch: the writer's epoch if a lease has given one; otherwise the one behind the last writer's.
    /// - Throws: `notALedger`, `inUse`, `damaged` (and nothing was changed), `formatTooNew`, `readOnly`,
    ///   `noSpace`, `inputOutput`; `notTheWriter` if the ledger's rule keeps this writer out, or a later one than
    ///   `epoch` has written.
    package init(opening directory: String, files: Files, epoch: UInt32? = nil) throws(LogError) {
        let layout = LedgerLayout(directory: directory, files: files)
        let description = try LedgerDescription.read(directory, files)
        let lock = try Self.takeLock(layout)
        do throws(LogError) {
            try WriterRule.admit(toWrite: directory, showing: epoch, files)
            var outcome = try Recovery.run(layout, description)
            if let epoch {
                guard epoch > outcome.epoch else {
                    throw LogError(
                        .notTheWriter,
                        "the lease gave epoch \(epoch), and epoch \(outcome.epoch) has written here already")
                }
                outcome.epoch = epoch - 1
            }
            let publication = try Self.openPublication(layout, description.ledgerID)
            do throws(LogError) {
                appender = Appender(layout, outcome)
                try appender.publish(publication)
            } catch {
                files.close(publication)
                throw error
            }
            self.files = files
            self.layout = layout
            ledgerID = description.ledgerID
            lockFile = lock
            publicationFile = publication
            recovery = outcome.report
            durableTree = outcome.tree
            submitted = outcome.tree.size
            durable = outcome.tree.size
        } catch {
            files.close(lock)
            throw error
        }
    }

    deinit { if !isClosed { release() } }

    /// The number of records submitted: the position that the next one gets.
    package var head: UInt64 { locked { submitted } }

    /// The number of records that are durable.
    package var durableHead: UInt64 { locked { durable } }

    /// The size and root of the tree over the durable records.
    ///
    /// - Throws: `poisoned`, `noSpace`, `closed` if the writer has stopped.
    package func treeHead() throws(LogError) -> TreeHead {
        let (stop, tree) = locked { (stopped, durableTree) }
        if let stop { throw stop }
        return tree.head
    }

    /// Gives records the next positions, in order and without a gap. They are durable, all together, once
    /// `waitUntilDurable` returns for the range's end; after a crash before that, all of them are there or none.
    ///
    /// - Parameter records: canonical bytes, at most 65,536 records.
    /// - Throws: `recordTooLarge`, `malformedRecord`, `batchTooLarge` (nothing was taken); `poisoned`,
    ///   `noSpace`, `closed`.
    package func submit(_ records: [[UInt8]]) throws(LogError) -> Range<UInt64> {
        guard records.count <= Format.maximumBatchCount else {
            throw LogError(.batchTooLarge, "a batch has \(records.count) records, more than 65,536")
        }
        var cost = 0
        for record in records {
            _ = try Record.checkedParts(of: record)
            cost += CommitEncoder.cost(record.count)
        }
        monitor.lock()
        defer { monitor.unlock() }
        while stopped == nil, pendingCost > Self.pendingLimit { advance() }
        if let stopped { throw stopped }
        let range = submitted..<submitted + UInt64(records.count)
        guard range.upperBound <= Format.positionLimit else {
            throw LogError(.outOfRange, "the log is full: positions end at 2^48")
        }
        if !records.isEmpty {
            pending.append(.init(records: records, cost: cost))
            pendingCost += cost
            submitted = range.upperBound
        }
        return range
    }

    /// Returns when all records before `head` are durable. Blocks the thread.
    ///
    /// - Throws: `outOfRange` if that many were never submitted; `poisoned`, `noSpace`, `closed`.
    package func waitUntilDurable(through head: UInt64) throws(LogError) {
        monitor.lock()
        defer { monitor.unlock() }
        while durable < head {
            if let stopped { throw stopped }
            guard head <= submitted else {
                throw LogError(.outOfRange, "waiting for position \(head), but only \(submitted) were submitted")
            }
            advance()
        }
    }

    /// Submits records and waits until they are durable.
    ///
    /// - Throws: as `submit` and `waitUntilDurable`.
    package func append(_ records: [[UInt8]]) throws(LogError) -> Range<UInt64> {
        let range = try submit(records)
        try waitUntilDurable(through: range.upperBound)
        return range
    }

    /// Makes everything submitted durable and lets the log go on in a new segment file, so that the present one
    /// can be sealed before it is full.
    ///
    /// - Throws: `poisoned`, `noSpace`, `closed`.
    package func beginPart() throws(LogError) {
        monitor.lock()
        defer { monitor.unlock() }
        while hasLeader || (stopped == nil && !pending.isEmpty) { advance() }
        if let stopped { throw stopped }
        do {
            try appender.beginPart()
        } catch {
            stop(error)
            throw error
        }
    }

    /// The first positions of the segment files that are finished and not sealed yet, ascending.
    ///
    /// - Throws: `damaged`, `inputOutput`.
    package func sealableSegments() throws(LogError) -> [UInt64] {
        try Sealing.candidates(layout, ledgerID)
    }

    /// Rewrites the finished segment that begins at `first` in blocks of three streams, verifies the copy against
    /// the tree and puts it in the segment's place. May run on several threads, a segment each, while others append;
    /// readers notice nothing.
    ///
    /// - Throws: `outOfRange` if no finished segment begins there; `damaged`, `noSpace`, `inputOutput`, and the
    ///   segment is as it was.
    package func seal(segmentAt first: UInt64) throws(LogError) {
        sealing.lock()
        while !segmentsBeingSealed.insert(first).inserted { sealing.wait() }
        sealing.unlock()
        defer {
            sealing.lock()
            segmentsBeingSealed.remove(first)
            sealing.wakeAll()
            sealing.unlock()
        }
        try Sealing.seal(layout, ledgerID, first: first)
    }

    /// Makes everything submitted durable, marks the log as cleanly closed and gives up the lock.
    ///
    /// - Throws: what kept it from doing so; the lock is given up all the same.
    package func close() throws(LogError) {
        monitor.lock()
        defer { monitor.unlock() }
        if isClosed { return }
        while hasLeader || (stopped == nil && !pending.isEmpty) { advance() }
        if isClosed { return }
        isClosed = true
        defer { release() }
        let stop = stopped
        stopped = LogError(.closed, "the writer was closed")
        if let stop, stop.code != .noSpace { throw stop }
        try appender.writeClosingMarker()
        try appender.publish(publicationFile)
        try files.synchroniseData(publicationFile)
        if let stop { throw stop }
    }
}

// Group commit. The monitor is held on entry and on return.
extension LogWriter {
    /// Commits what is pending, or waits until the thread that does so has finished.
    private func advance() {
        if hasLeader {
            monitor.wait()
            return
        }
        guard !pending.isEmpty else { return }
        hasLeader = true
        gather()
        let batches = pending
        pending = []
        pendingCost = 0
        lastGroup = batches.count
        monitor.unlock()
        let start = Clock.now
        lead(batches[...])
        let end = Clock.now
        monitor.lock()
        lastDuration = end - start
        hasLeader = false
        monitor.wakeAll()
    }

    /// Lets the threads that the last commit released hand in their next batches before this one is written:
    /// without it, the first of them would commit alone and the others would wait out its sync.
    ///
    /// Waits for as many batches as last time, at most half as long as the last commit took, and not at all for
    /// a thread that appends alone.
    private func gather() {
        guard lastGroup > 1, pending.count < lastGroup else { return }
        let deadline = Clock.now + min(lastDuration / 2, 1_000_000)
        while pending.count < lastGroup, Clock.now < deadline {
            monitor.unlock()
            Clock.yield()
            monitor.lock()
        }
    }

    /// Writes the batches; the monitor is not held.
    private func lead(_ batches: ArraySlice<Appender<Files>.Batch>) {
        var rest = batches
        do throws(LogError) {
            while !rest.isEmpty {
                rest = rest.dropFirst(try appender.write(rest))
                let tree = appender.tree
                locked {
                    durable = tree.size
                    durableTree = tree
                    if !rest.isEmpty { monitor.wakeAll() }
                }
                try appender.publish(publicationFile)
            }
        } catch {
            locked { stop(error) }
        }
    }

    /// Takes nothing more.
    private func stop(_ error: LogError) {
        pending = []
        pendingCost = 0
        if error.code == .noSpace {
            stopped = error
        } else {
            stopped = LogError(.poisoned, "the writer stopped: \(error)", error.place)
        }
    }

    private func locked<Answer>(_ body: () -> Answer) -> Answer {
        monitor.lock()
        defer { monitor.unlock() }
        return body()
    }

    private func release() {
        files.close(publicationFile)
        files.close(lockFile)
    }
}
