/// Rewrites a finished segment of commits as a sealed one.
struct Sealing<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let ledgerID: LedgerID
    private let first: UInt64

    /// The files that can be sealed: every open segment but the last.
    static func candidates(_ layout: LedgerLayout<Files>, _ ledgerID: LedgerID) throws(LogError) -> [UInt64] {
        var found: [UInt64] = []
        for start in try layout.segmentStarts().dropLast() {
            let file = try SegmentFile(layout.directory, first: start, layout.files)
            if try file.header(ledgerID: ledgerID).kind == .open { found.append(start) }
        }
        return found
    }

    /// Seals the segment that begins at `first`: writes it to a temporary file, syncs that, reads it back,
    /// compares every record's hash with the tree in the next segment's header, and only then puts it in place.
    ///
    /// - Throws: `outOfRange` if there is no such segment or none follows it; `damaged` if the segment is; then
    ///   and after any other error the segment is as it was.
    static func seal(_ layout: LedgerLayout<Files>, _ ledgerID: LedgerID, first: UInt64) throws(LogError) {
        let starts = try layout.segmentStarts()
        guard let index = starts.firstIndex(of: first), index + 1 < starts.count else {
            throw LogError(
                .outOfRange, "no finished segment begins at position \(first)", .init(positions: first..<first + 1))
        }
        let source = try SegmentFile(layout.directory, first: first, layout.files)
        let header = try source.header(ledgerID: ledgerID)
        if header.kind == .sealed { return }
        let next = try SegmentFile(layout.directory, first: starts[index + 1], layout.files)
        let tree = try next.header(ledgerID: ledgerID).tree
        let sealing = Sealing(layout: layout, ledgerID: ledgerID, first: first)
        let temporary = source.name + Format.temporarySuffix
        if try layout.files.exists(layout.path(temporary)) { try layout.files.remove(layout.path(temporary)) }
        do throws(LogError) {
            guard try sealing.write(source, header, to: temporary) == tree else {
                throw LogError(.damaged, "the sealed records are not those of the segment", .init(file: temporary))
            }
        } catch {
            try? layout.files.remove(layout.path(temporary))
            throw error
        }
        try layout.files.rename(layout.path(temporary), to: layout.path(source.name))
        try layout.files.synchroniseDirectory(layout.segments)
    }

    /// Writes the segment's records, as they are now, to a sealed file of another name.
    private func write(
        _ source: SegmentFile<Files>, _ header: SegmentHeader, to name: String
    ) throws(LogError) -> CompactRange {
        let writer = try SealedSegmentWriter(layout, header, to: name)
        var scan = SegmentScan(source, header, readsRecords: true)
        scanning: while true {
            switch try scan.next() {
            case .end: break scanning
            case .fault(let fault): throw fault.error
            case .commit(let commit, _, let records): try writer.append(records, count: Int(commit.count))
            }
        }
        return try writer.finish()
    }
}
