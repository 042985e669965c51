/// The three streams of a block, from which its records are put together one by one.
struct RecordStreams {
    private var facts: StreamParts
    private var envelope: StreamParts
    private var personal: StreamParts

    init(facts: StreamParts, envelope: StreamParts, personal: StreamParts) {
        self.facts = facts
        self.envelope = envelope
        self.personal = personal
    }

    /// Whether all were written and nothing is left.
    var isAtEnd: Bool { facts.isAtEnd && envelope.isAtEnd && personal.isAtEnd }

    /// Puts the next record together, each part written where it belongs at once, after its length in two bytes; the
    /// place behind it, or nil if there is none or no room.
    mutating func writeRecord(to target: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        guard target.count - start > 3, let factsEnd = facts.write(to: target, at: start + 3),
            target.count - factsEnd > 1, let envelopeEnd = envelope.write(to: target, at: factsEnd + 1),
            target.count - envelopeEnd > 1, let personalEnd = personal.write(to: target, at: envelopeEnd + 1)
        else { return nil }
        target[start + 2] = 0x0A
        target[factsEnd] = 0x12
        target[envelopeEnd] = 0x1A
        // A personal part of nothing but its length is none.
        let end = personalEnd - envelopeEnd == 2 ? envelopeEnd : personalEnd
        guard end - start - 2 <= Format.maximumRecordLength else { return nil }
        target.store(UInt16(end - start - 2), at: start)
        return end
    }

    /// Passes over the next `count` records; the place behind what had to be written for the one that follows them, or
    /// nil.
    mutating func skip(_ count: Int, to target: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        guard let factsEnd = facts.skip(count, to: target, at: start),
            let envelopeEnd = envelope.skip(count, to: target, at: factsEnd)
        else { return nil }
        return personal.skip(count, to: target, at: envelopeEnd)
    }
}

/// The parts of one stream of a block, to be written one by one.
struct StreamParts {
    private let columns: ColumnReader?
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    /// Parts that stand one behind the other, each after its length.
    init(plain bytes: UnsafeRawBufferPointer) {
        columns = nil
        self.bytes = bytes
    }

    /// Parts that an opened reader has.
    init(columns: ColumnReader) {
        self.columns = columns
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Whether all were written and nothing is left.
    var isAtEnd: Bool { columns?.isAtEnd ?? (place == bytes.count) }

    /// Writes the next part after its length; the place behind it, or nil if there is none or no room.
    mutating func write(to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        if let columns { return columns.writeNext(to: memory, at: start) }
        guard let entry = BlockDecoder.entry(bytes, at: place, end: bytes.count), entry.count <= memory.count - start
        else { return nil }
        place = entry.upperBound
        if entry.count == 1 {
            memory[start] = bytes[entry.lowerBound]
        } else {
            memory.copy(bytes.part(entry), at: start)
        }
        return start + entry.count
    }

    /// Passes over the next `count` parts; the place behind what had to be written for the one that follows them, or
    /// nil if there is none or no room.
    mutating func skip(_ count: Int, to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        if let columns { return columns.skip(count) ? columns.catchUp(to: memory, at: start) : nil }
        for _ in 0..<count {
            guard let entry = BlockDecoder.entry(bytes, at: place, end: bytes.count) else { return nil }
            place = entry.upperBound
        }
        return start
    }
}
