/// Keeps a copy of a log up with its original: takes over segment files as they are, byte for byte, and shows readers no
/// record before the tree over all of them has the root that the original's writer has signed.
///
/// The copy's directory carries the rule ``WriterRule/follower``. Whoever follows holds the writer's lock; readers go by
/// the file `durable`, also while nobody does. Used by one thread at a time.
package final class LogFollower<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let files: Files
    private let lock: Files.File
    private let publication: Files.File
    /// The ledger's ID.
    package let ledgerID: LedgerID
    private let version: UInt16
    /// How many records readers of the copy see: those that were verified.
    package private(set) var durable: UInt64
    /// The highest epoch of a writer that the copy knows of.
    package private(set) var epoch: UInt32
    /// The tree over all records in the copy's files, verified or not.
    private var tree = CompactRange()
    /// The segment that grows, if the last one does.
    private var tail: Tail?
    /// Whether the files hold what `tree` and `tail` say.
    private var isRestored = false

    private struct Tail {
        let file: SegmentFile<Files>
        let header: SegmentHeader
        var walk: SegmentWalk<Files>
    }

    /// Opens a copy for following, and drops from its end what was not verified.
    ///
    /// - Throws: `notALedger`; `notTheWriter` if it is a ledger in its own right; `inUse` while another process follows;
    ///   `damaged`; `formatTooNew`, `readOnly`, `inputOutput`.
    package init(opening directory: String, files: Files) throws(LogError) {
        let description = try LedgerDescription.read(directory, files)
        let layout = LedgerLayout(directory: directory, files: files)
        guard try WriterRule.read(in: directory, files) == .follower else {
            throw LogError(.notTheWriter, "\(directory) is a ledger in its own right; it follows no other")
        }
        let lock = try LogWriter<Files>.takeLock(layout)
        do throws(LogError) {
            guard case .valid(let found) = try Publication.read(directory, files, ledgerID: description.ledgerID) else {
                throw LogError(
                    .damaged, "the copy does not say how far it was verified; make it anew",
                    .init(file: Format.publicationFile))
            }
            durable = found.durable
            epoch = found.epoch
            publication = try files.open(layout.path(Format.publicationFile), .readWrite)
        } catch {
            files.close(lock)
            throw error
        }
        self.files = files
        self.layout = layout
        self.lock = lock
        ledgerID = description.ledgerID
        version = description.version
        try restore()
    }

    deinit {
        files.close(publication)
        files.close(lock)
    }

    /// Makes an empty copy in `directory`, which is made if it is not there.
    ///
    /// - Throws: `alreadyExists`; `notALedger` if the directory holds other files; `readOnly`, `noSpace`, `inputOutput`.
    package static func create(
        directory: String, ledgerID: LedgerID, version: UInt16, files: Files
    ) throws(LogError) {
        let layout = LedgerLayout(directory: directory, files: files)
        try LogWriter.makeDirectoryIfMissing(directory, in: FilePath.parent(of: directory), files)
        let own = [Format.lockFile, Format.segmentDirectory, Format.publicationFile, WriterRule.fileName]
        for name in try files.list(directory) where !own.contains(name) && !name.hasSuffix(Format.temporarySuffix) {
            if name == Format.descriptionFile {
                throw LogError(.alreadyExists, "\(directory) holds a ledger already")
            }
            throw LogError(.notALedger, "\(directory) is not empty and holds no ledger: there is \(name)")
        }
        try LogWriter.makeDirectoryIfMissing(layout.segments, in: directory, files)
        try WriterRule.set(.follower, in: directory, files)
        let nothing = Publication(ledgerID: ledgerID, durable: 0, epoch: 0)
        try files.replace(layout.path(Format.publicationFile), in: directory, with: nothing.encoded)
        let description = LedgerDescription(version: version, ledgerID: ledgerID)
        try files.replace(layout.path(Format.descriptionFile), in: directory, with: description.encoded)
    }

    /// Takes over what the original has up to a head that its writer has signed, and lets readers see it.
    ///
    /// - Parameters:
    ///   - head: the original's size and root.
    ///   - epoch: its writer's epoch.
    /// - Returns: whether the copy is as far as `head` now. A segment that was sealed meanwhile may lead beyond it; the
    ///   next head will cover that.
    /// - Throws: `notTheWriter` if the epoch is older than one that the copy has seen, or the original has fewer records;
    ///   `diverged` if it has others; `damaged` if what came is not as it was written; what the source throws. Readers
    ///   see what they saw before, then.
    package func follow(
        to head: TreeHead, epoch claimed: UInt32, from source: some SegmentSource
    ) throws(LogError) -> Bool {
        guard claimed >= epoch else {
            throw LogError(
                .notTheWriter,
                "what is to be followed has epoch \(claimed), and epoch \(epoch) has written since: it is no longer the leader"
            )
        }
        guard head.size >= durable else {
            throw LogError(
                .notTheWriter, "what is to be followed has \(head.size) records, and this copy has \(durable) already")
        }
        if !isRestored { try restore() }
        isRestored = false
        while tree.size < head.size { try advance(to: head.size, from: source) }
        // A log never ends in a sealed segment: the one that follows is taken over too, empty as it may be.
        if tail == nil, tree.size == head.size, tree.size > 0 { try begin(to: head.size, from: source) }
        isRestored = true
        if tree.size > head.size { return false }
        guard tree.root == head.root else {
            isRestored = false
            throw LogError(
                .diverged, "the copy and what it is to follow have different records",
                .init(positions: 0..<head.size))
        }
        try publish(head.size, max(claimed, epoch, tail?.walk.epoch ?? 0))
        for first in try Sealing.candidates(layout, ledgerID) { try Sealing.seal(layout, ledgerID, first: first) }
        return true
    }

    private func publish(_ size: UInt64, _ newest: UInt32) throws(LogError) {
        if size == durable, newest == epoch { return }
        try files.write(publication, Publication(ledgerID: ledgerID, durable: size, epoch: newest).encoded)
        try files.synchroniseData(publication)
        (durable, epoch) = (size, newest)
    }

    // MARK: Taking over

    /// Takes over the next bytes: of the segment that grows, or the next one.
    private func advance(to limit: UInt64, from source: some SegmentSource) throws(LogError) {
        let starts = try source.segmentStarts()
        guard let tail, !starts.contains(tree.size) || tree.size == tail.header.first else {
            return try begin(to: limit, from: source)
        }
        let before = tree.size
        if try !extend(tail, to: limit, from: source) { try replace(tail, from: source) }
        guard tree.size > before else {
            throw LogError(
                .damaged, "what is followed does not give the records that it has signed",
                .init(positions: before..<limit))
        }
    }

    /// Takes over what the segment has grown by; false if it was sealed meanwhile.
    private func extend(
        _ growing: Tail, to limit: UInt64, from source: some SegmentSource
    ) throws(LogError) -> Bool {
        var growing = growing
        var offset = growing.walk.complete.offset
        var length = offset
        repeat {
            let piece = try source.bytes(ofSegmentAt: growing.header.first, from: offset)
            if piece.isSealed { return false }
            if piece.bytes.isEmpty { break }
            try files.write(growing.file.handle, piece.bytes, at: offset)
            offset += UInt64(piece.bytes.count)
            length = piece.length
        } while offset < length
        try files.synchroniseAll(growing.file.handle)
        try growing.file.refresh()
        try walk(&growing, to: limit)
        return true
    }

    private func walk(_ growing: inout Tail, to limit: UInt64) throws(LogError) {
        if let fault = try growing.walk.nextFault(until: limit) { throw fault.error }
        guard let grown = growing.walk.tree else { preconditionFailure("a tree is lost only behind a fault") }
        tree = grown
        tail = growing
    }

    /// Takes over a segment from its beginning.
    private func begin(to limit: UInt64, from source: some SegmentSource) throws(LogError) {
        let first = tree.size
        let (file, header) = try fetch(first, from: source)
        guard header.tree == tree else {
            throw LogError(
                .diverged, "the segment goes on from other records than the copy has", .init(file: file.name))
        }
        if header.kind == .sealed {
            let end = try verified(file, header)
            try putInPlace(file)
            (tree, tail) = (end, nil)
            return
        }
        var before = SegmentWalk<Files>.Before.unknown
        if first == 0 { before = .complete }
        if let tail { before = tail.walk.batchStart.map { .unfinished($0) } ?? .complete }
        try putInPlace(file)
        let placed = try SegmentFile(layout.directory, first: first, files, .readWrite)
        var growing = Tail(file: placed, header: header, walk: SegmentWalk(placed, header, before: before))
        try walk(&growing, to: limit)
        guard tree.size > first || limit == first else {
            throw LogError(
                .damaged, "what is followed does not give the records that it has signed",
                .init(positions: first..<limit))
        }
    }

    /// Takes the sealed form of a segment of which the copy has a part.
    private func replace(_ growing: Tail, from source: some SegmentSource) throws(LogError) {
        let (file, header) = try fetch(growing.header.first, from: source)
        guard header.kind == .sealed, header.tree == growing.header.tree else {
            throw LogError(.diverged, "the segment is another than the one that was begun", .init(file: file.name))
        }
        let end = try verified(file, header)
        try putInPlace(file)
        (tree, tail) = (end, nil)
    }

    /// Fetches a whole segment file under a temporary name.
    private func fetch(
        _ first: UInt64, from source: some SegmentSource
    ) throws(LogError) -> (SegmentFile<Files>, SegmentHeader) {
        let name = Format.segmentDirectory + "/" + Format.segmentName(first: first) + Format.temporarySuffix
        if try files.exists(layout.path(name)) { try files.remove(layout.path(name)) }
        let target = try files.open(layout.path(name), .create)
        defer { files.close(target) }
        var offset: UInt64 = 0
        var isSealed: Bool?
        while true {
            let piece = try source.bytes(ofSegmentAt: first, from: offset)
            if let isSealed, isSealed != piece.isSealed {
                // It was sealed between two pieces: from the beginning, once more.
                try files.truncate(target, to: 0)
                offset = 0
            } else {
                try files.write(target, piece.bytes, at: offset)
                offset += UInt64(piece.bytes.count)
                if piece.bytes.isEmpty || offset >= piece.length { break }
            }
            isSealed = piece.isSealed
        }
        try files.synchroniseAll(target)
        let file = try SegmentFile(layout.directory, first: first, name: name, files)
        return (file, try file.header(ledgerID: ledgerID))
    }

    private func putInPlace(_ file: SegmentFile<Files>) throws(LogError) {
        let name = Format.segmentDirectory + "/" + Format.segmentName(first: file.first)
        try files.rename(layout.path(file.name), to: layout.path(name))
        try files.synchroniseDirectory(layout.segments)
    }

    /// Hashes a sealed segment's records. Where it reaches beyond what the copy has, it has to go on from that.
    private func verified(_ file: SegmentFile<Files>, _ header: SegmentHeader) throws(LogError) -> CompactRange {
        let segment = try SealedSegment(file, header)
        if let damage = segment.indexDamage { throw damage }
        let hasher = LeafHasher(secret: header.secret)
        var grown = header.tree
        for block in segment.blocks.indices {
            let (positions, bytes) = try segment.records(ofBlock: block)
            guard positions.lowerBound == grown.size else {
                throw LogError(.damaged, "the blocks do not follow on", .init(file: file.name, positions: positions))
            }
            var cursor = RecordCursor(bytes)
            while let range = cursor.next() {
                grown.append(hasher.leaf(bytes.part(range), at: grown.size))
                if grown.size == tree.size, grown.root != tree.root {
                    throw LogError(
                        .diverged, "the sealed segment has other records than the copy", .init(file: file.name))
                }
            }
        }
        guard segment.end == grown.head else {
            throw LogError(.damaged, "the sealed segment's records are not those of its index", .init(file: file.name))
        }
        return grown
    }

    // MARK: Opening

    /// Puts the copy's files back to what was verified, as far as more came.
    private func restore() throws(LogError) {
        tail = nil
        tree = CompactRange()
        for name in try files.list(layout.segments) where name.hasSuffix(Format.temporarySuffix) {
            try files.remove(layout.segments + "/" + name)
        }
        var starts = try layout.segmentStarts()
        while let last = starts.last, last > durable || durable == 0 {
            try files.remove(layout.path(Format.segmentDirectory + "/" + Format.segmentName(first: last)))
            starts.removeLast()
        }
        try files.synchroniseDirectory(layout.segments)
        if let last = starts.last { try restoreLast(last) }
        guard tree.size >= durable else { throw layout.missing(tree.size..<durable) }
        isRestored = true
    }

    private func restoreLast(_ first: UInt64) throws(LogError) {
        let file = try SegmentFile(layout.directory, first: first, files, .readWrite)
        let header = try file.header(ledgerID: ledgerID)
        if header.kind == .sealed {
            tree = try verified(file, header)
            return
        }
        var growing = Tail(
            file: file, header: header, walk: SegmentWalk(file, header, before: first == 0 ? .complete : .unknown))
        try walk(&growing, to: durable)
        try files.truncate(file.handle, to: growing.walk.complete.offset)
        try files.synchroniseAll(file.handle)
        try file.refresh()
    }

    // MARK: Promotion

    /// Ends following: what was not verified is dropped, and the directory holds a ledger in its own right.
    ///
    /// - Throws: `damaged`; `readOnly`, `noSpace`, `inputOutput`; it can be tried again then.
    package func promote() throws(LogError) {
        if !isRestored { try restore() }
        if tail == nil {
            if tree.size > durable { try cutSealed() }
            try layout.makeSegment(
                SegmentHeader(
                    version: version, kind: .open, epoch: max(1, epoch), secret: try layout.newSecret(),
                    ledgerID: ledgerID, tree: tree))
        }
        try WriterRule.set(nil, in: layout.directory, files)
    }

    /// Writes the last segment anew with the records that were verified: it was sealed by a leader that had more.
    private func cutSealed() throws(LogError) {
        guard let first = try layout.segmentStarts().last else { return }
        let file = try SegmentFile(layout.directory, first: first, files)
        let header = try file.header(ledgerID: ledgerID)
        let segment = try SealedSegment(file, header)
        let writer = try SealedSegmentWriter(layout, header, to: file.name + Format.temporarySuffix)
        var position = first
        for block in segment.blocks.indices where position < durable {
            let (_, bytes) = try segment.records(ofBlock: block)
            var cursor = RecordCursor(bytes)
            while position < durable, let range = cursor.next() {
                try writer.append(bytes.part(range))
                position += 1
            }
        }
        tree = try writer.finish()
        try putInPlace(try SegmentFile(layout.directory, first: first, name: file.name + Format.temporarySuffix, files))
    }
}
