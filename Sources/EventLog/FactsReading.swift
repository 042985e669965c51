/// The facts parts of consecutive records, lent while they are looked at.
package struct FactsBatch {
    /// The position of the first record.
    package let first: UInt64
    /// How many records there are.
    package let count: Int
    /// The facts parts in order. That they are `count` is for the reader of them to check.
    package let stream: FactsStream
}

/// The forms in which facts parts are lent.
package enum FactsStream {
    /// Each after its length as a varint.
    case plain(UnsafeRawBufferPointer)
    /// As they stand in a sealed block.
    case columns(ColumnReader)
}

// Reading what is folded, and nothing else.
extension LogReader {
    /// Another reader of the same view of the log, for another thread. Costs nothing.
    package func fork() -> LogReader { LogReader(sharing: self) }

    /// The positions below `end` in the pieces in which they lie in segment files, ascending.
    ///
    /// - Throws: `outOfRange`.
    package func segmentRanges(to end: UInt64) throws(LogError) -> [Range<UInt64>] {
        try check(0..<end)
        guard starts.first == 0 || end == 0 else { throw layout.missing(0..<(starts.first ?? end)) }
        return starts.indices.compactMap { index in
            let next = min(end, index + 1 < starts.count ? starts[index + 1] : head)
            return starts[index] < next ? starts[index]..<next : nil
        }
    }

    /// Lends the facts of `positions`, which lie in one segment file, in order. Of a sealed segment only the facts
    /// streams are checked and unpacked.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`.
    package func forEachFacts(
        in positions: Range<UInt64>, _ body: (FactsBatch) -> Void
    ) throws(LogError) {
        try check(positions)
        let file = try SegmentFile(layout.directory, first: start(before: positions.lowerBound), layout.files)
        switch try SegmentAccess(file, ledgerID: ledgerID) {
        case .sealed(let segment): try lendFacts(of: segment, positions, body)
        case .open: try lendFactsOfCommits(positions, body)
        }
    }

    private func lendFacts(
        of segment: SealedSegment<Files>, _ positions: Range<UInt64>, _ body: (FactsBatch) -> Void
    ) throws(LogError) {
        var position = positions.lowerBound
        while position < positions.upperBound {
            let index = try segment.block(holding: position)
            let (found, stream) = try segment.facts(ofBlock: index)
            guard found.contains(position) else {
                throw LogError(
                    .damaged, "the sealed segment lacks a block",
                    .init(file: segment.file.name, positions: position..<positions.upperBound))
            }
            let wanted = position..<min(found.upperBound, positions.upperBound)
            if wanted == found {
                body(FactsBatch(first: found.lowerBound, count: found.count, stream: stream))
            } else {
                body(try trimmed(try segment.plainFacts(ofBlock: index), to: wanted, segment.file.name))
            }
            position = found.upperBound
        }
    }

    /// Leaves out the records outside `wanted`.
    private func trimmed(
        _ block: (positions: Range<UInt64>, bytes: UnsafeRawBufferPointer), to wanted: Range<UInt64>, _ file: String
    ) throws(LogError) -> FactsBatch {
        var (start, end) = (0, 0)
        for position in block.positions.lowerBound..<wanted.upperBound {
            if position == wanted.lowerBound { start = end }
            guard let entry = BlockDecoder.entry(block.bytes, at: end, end: block.bytes.count) else {
                throw LogError(.damaged, "the lengths of a facts stream do not add up", .init(file: file))
            }
            end = entry.upperBound
        }
        return FactsBatch(first: wanted.lowerBound, count: wanted.count, stream: .plain(block.bytes.part(start..<end)))
    }

    /// Commits hold whole records; their facts parts are put together here.
    private func lendFactsOfCommits(
        _ positions: Range<UInt64>, _ body: (FactsBatch) -> Void
    ) throws(LogError) {
        let memory = Scratch()
        do {
            try forEachCommit(from: positions.lowerBound, to: positions.upperBound) { first, records in
                let target = memory.memory(records.count)
                var cursor = RecordCursor(records)
                var (position, length, count) = (first, 0, 0)
                while let range = cursor.next(), position < positions.upperBound {
                    defer { position += 1 }
                    guard position >= positions.lowerBound else { continue }
                    guard let parts = RecordParts.split(records.part(range)) else {
                        throw LogError(.damaged, "a record is not canonical", .init(positions: position..<position + 1))
                    }
                    // Length and content stand together behind the tag.
                    let entry = records.part(range.lowerBound + 1..<range.lowerBound + parts.facts.upperBound)
                    target.copy(entry, at: length)
                    length += entry.count
                    count += 1
                }
                if count > 0 {
                    body(
                        FactsBatch(
                            first: max(first, positions.lowerBound), count: count,
                            stream: .plain(UnsafeRawBufferPointer(target).part(0..<length))))
                }
            }
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("only the log itself throws here")
        }
    }
}
