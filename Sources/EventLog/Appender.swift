internal import Dispatch
internal import Synchronization

/// Writes commits behind the log, one sync each. Used by one thread at a time.
final class Appender<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let epoch: UInt32
    private var header: SegmentHeader
    private var file: SegmentFile<Files>
    private var codec: SectorCodec
    private var hasher: LeafHasher
    private var offset: UInt64
    private var number: UInt32
    private var reservedEnd: UInt64 = 0
    private var encoder = CommitEncoder()
    private var isClosed: Bool
    /// A queue of its own has a thread whenever it needs one, however many others wait for this appender.
    private let hashingQueue = DispatchQueue(label: "hashing")
    private static var recordsWorthAThread: Int { 256 }
    /// The tree over everything durable.
    private(set) var tree: CompactRange

    /// The records of one `submit`, which become visible together or not at all.
    struct Batch {
        var records: [[UInt8]]
        /// What the records take in a commit.
        var cost: Int
    }

    /// Goes on where recovery found the end.
    init(_ layout: LedgerLayout<Files>, _ outcome: Recovery<Files>.Outcome) {
        self.layout = layout
        epoch = outcome.epoch &+ 1
        header = outcome.header
        file = outcome.file
        codec = SectorCodec(secret: header.secret)
        hasher = LeafHasher(secret: header.secret)
        offset = outcome.end.offset
        number = outcome.end.number
        isClosed = outcome.end.isClosed
        tree = outcome.tree
    }

    /// Writes one commit with as many of the batches as fit, or, for a batch too large for one, all commits of
    /// that batch, and syncs each. Returns the number of batches that are durable now.
    ///
    /// After an error `tree` is as it was before, and nothing more may be written, except the closing marker
    /// after `noSpace`.
    func write(_ batches: ArraySlice<Batch>) throws(LogError) -> Int {
        guard let first = batches.first else { return 0 }
        var room = roomInSegment
        var cost = 0
        var count = 0
        for batch in batches {
            guard batch.records.count <= room, cost + batch.cost <= Format.maximumCommitLength else { break }
            room -= batch.records.count
            cost += batch.cost
            count += 1
        }
        if count > 0 {
            encoder.reset(room: cost)
            try beginSegmentIfFull()
            for batch in batches.prefix(count) { gather(batch.records[...]) }
            tree = try hashing(onto: tree) { () throws(LogError) in
                try commit(behind: tree, acknowledged: tree.size, flags: [])
            }
            return count
        }
        try writeLarge(first.records[...])
        return 1
    }

    /// The records that the next commit may hold: what is left of the segment, or a new one's all.
    private var roomInSegment: Int {
        Int(Format.segmentEnd(of: tree.size) - tree.size)
    }

    /// Writes a batch that crosses into the next segment or exceeds a commit, as several commits of which only
    /// the last makes it count.
    private func writeLarge(_ records: ArraySlice<[UInt8]>) throws(LogError) {
        var rest = records
        var grown = tree
        while !rest.isEmpty {
            let room = Int(Format.segmentEnd(of: grown.size) - grown.size)
            var cost = 0
            var count = 0
            for record in rest.prefix(room) {
                guard cost + CommitEncoder.cost(record.count) <= Format.maximumCommitLength else { break }
                cost += CommitEncoder.cost(record.count)
                count += 1
            }
            encoder.reset(room: cost)
            try beginSegmentIfFull(grown)
            let before = grown
            gather(rest.prefix(count))
            rest = rest.dropFirst(count)
            grown = try hashing(onto: before) { () throws(LogError) in
                try commit(behind: before, acknowledged: tree.size, flags: rest.isEmpty ? [] : .moreFollows)
            }
        }
        tree = grown
    }

    private func gather(_ records: ArraySlice<[UInt8]>) { for record in records { encoder.append(record) } }

    /// Writes what was gathered, and hashes it meanwhile, by another thread if it is worth one: a commit carries the
    /// root before it, so that it need not wait for its own records' hashes.
    ///
    /// - Returns: the tree with what was gathered.
    private func hashing(
        onto before: CompactRange, while write: () throws(LogError) -> Void
    ) throws(LogError) -> CompactRange {
        let work = GatheredRecords(hasher: hasher, bytes: encoder.content(from: 0), count: Int(encoder.count))
        guard work.count >= Self.recordsWorthAThread else {
            try write()
            return work.hashed(onto: before)
        }
        let grown = Mutex(before)
        let group = DispatchGroup()
        hashingQueue.async(group: group) { grown.withLock { $0 = work.hashed(onto: before) } }
        // The bytes are lent: nothing else is gathered before they are hashed.
        defer { group.wait() }
        try write()
        group.wait()
        return grown.withLock { $0 }
    }

    /// Lays out what was gathered as one commit, writes it and syncs it.
    private func commit(
        behind before: CompactRange, acknowledged: UInt64, flags: CommitHeader.Flags
    ) throws(LogError) {
        var commit = CommitHeader(
            flags: flags, secret: header.secret, epoch: epoch, number: number, first: before.size,
            acknowledged: acknowledged, rootBefore: before.root, count: 0, rawLength: 0, storedLength: 0)
        let sectors = encoder.encode(&commit, codec: codec, at: offset)
        if !flags.contains(.closed) { try reserve(behind: offset + UInt64(sectors.count)) }
        do {
            try layout.files.write(file.handle, sectors, at: offset)
        } catch {
            guard error.code == .noSpace else { throw error }
            // Take the part that was written back, durably, so that the closing marker can stand in its place.
            try layout.files.truncate(file.handle, to: offset)
            try layout.files.synchroniseAll(file.handle)
            throw error
        }
        try layout.files.synchroniseData(file.handle)
        offset += UInt64(sectors.count)
        number += 1
        isClosed = flags.contains(.closed)
    }

    /// Makes sure of disk space up to `end` and for the closing marker behind it, before a byte is written.
    private func reserve(behind end: UInt64) throws(LogError) {
        let needed = end + UInt64(Format.closingReserve)
        if needed <= reservedEnd { return }
        do {
            try layout.files.reserve(file.handle, upTo: needed + Format.reservationStep)
            reservedEnd = needed + Format.reservationStep
        } catch {
            guard error.code == .noSpace else { throw error }
            try layout.files.reserve(file.handle, upTo: needed)
            reservedEnd = needed
        }
    }

    /// Begins the next segment if the tree, by default the durable one, fills the present one.
    private func beginSegmentIfFull(_ grown: CompactRange? = nil) throws(LogError) {
        let grown = grown ?? tree
        if grown.size == Format.segmentEnd(of: header.first) { try beginSegment(grown) }
    }

    /// Ends the present segment file early, as a part, and begins another at the durable head. Does nothing if
    /// the file holds no record.
    func beginPart() throws(LogError) {
        if tree.size > header.first { try beginSegment(tree) }
    }

    private func beginSegment(_ grown: CompactRange) throws(LogError) {
        guard grown.size + Format.positionsPerSegment <= Format.positionLimit else {
            throw LogError(.outOfRange, "the log is full: positions end at 2^48")
        }
        let next = SegmentHeader(
            version: header.version, kind: .open, epoch: epoch, secret: try layout.newSecret(),
            ledgerID: header.ledgerID, tree: grown)
        try layout.makeSegment(next)
        file = try SegmentFile(layout.directory, first: next.first, layout.files, .readWrite)
        header = next
        codec = SectorCodec(secret: next.secret)
        hasher = LeafHasher(secret: next.secret)
        offset = UInt64(Format.headerSize)
        number = Format.headerChunk + 1
        reservedEnd = 0
        isClosed = false
    }

    /// Writes the marker of a clean close, unless the log ends with one already.
    func writeClosingMarker() throws(LogError) {
        guard !isClosed else { return }
        encoder.reset(room: 0)
        try commit(behind: tree, acknowledged: tree.size, flags: .closed)
    }

    /// Says to readers how far the log is durable.
    func publish(_ target: Files.File) throws(LogError) {
        let publication = Publication(ledgerID: header.ledgerID, durable: tree.size, epoch: epoch)
        try layout.files.write(target, publication.encoded)
    }
}

/// Records that wait to be hashed.
///
/// Sendable: whoever hands them over leaves them and the hasher alone until they are hashed.
private struct GatheredRecords: @unchecked Sendable {
    let hasher: LeafHasher
    /// Each after its length in two bytes.
    let bytes: UnsafeRawBufferPointer
    let count: Int

    /// The tree with the records.
    func hashed(onto tree: CompactRange) -> CompactRange {
        var tree = tree
        hasher.append(bytes, count: count, from: tree.size, to: &tree)
        return tree
    }
}
