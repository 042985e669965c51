internal import CLZ4

/// Takes a sealed block apart and puts its records together again, in memory that it uses again for each.
final class BlockDecoder {
    private let streams = Scratch()
    private let records = Scratch()
    /// Of facts, envelope, personal.
    private let packed = [Scratch(), Scratch(), Scratch()]
    private let columns = [ColumnReader(), ColumnReader(), ColumnReader()]

    /// Checks the streams of a whole block and lends its records, laid out as in a commit: each after its length
    /// in two bytes. Nil if a checksum fails or the streams do not hold the header's number of records.
    func records(of header: BlockHeader, in block: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let factsEnd = BlockHeader.length + Int(header.streams[0].storedLength)
        let envelopeEnd = factsEnd + Int(header.streams[1].storedLength)
        guard var facts = open(header, 0, block.part(BlockHeader.length..<factsEnd)),
            var envelope = open(header, 1, block.part(factsEnd..<envelopeEnd)),
            var personal = open(header, 2, block.part(envelopeEnd..<header.size))
        else { return nil }
        return Self.merged(
            facts: &facts, envelope: &envelope, personal: &personal, count: header.count,
            // Three tags at most and the length in two bytes come to each record's parts.
            into: records.memory(ColumnReader.room + 5 * Int(header.count)))
    }

    /// Puts records together from their parts, each part written where it belongs at once.
    private static func merged(
        facts: inout StreamParts, envelope: inout StreamParts, personal: inout StreamParts, count: UInt32,
        into target: UnsafeMutableRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        var place = 0
        for _ in 0..<count {
            let start = place
            guard target.count - start > 3, let factsEnd = facts.write(to: target, at: start + 3),
                target.count - factsEnd > 1, let envelopeEnd = envelope.write(to: target, at: factsEnd + 1),
                target.count - envelopeEnd > 1, let end = personal.write(to: target, at: envelopeEnd + 1)
            else { return nil }
            target[start + 2] = 0x0A
            target[factsEnd] = 0x12
            target[envelopeEnd] = 0x1A
            // A personal part of nothing but its length is none.
            place = end - envelopeEnd == 2 ? envelopeEnd : end
            guard place - start - 2 <= Format.maximumRecordLength else { return nil }
            target.store(UInt16(place - start - 2), at: start)
        }
        guard facts.isAtEnd, envelope.isAtEnd, personal.isAtEnd else { return nil }
        return UnsafeRawBufferPointer(target).part(0..<place)
    }

    /// Checks and unpacks one stream, so that its parts can be written one by one; nil if it is not as it was written.
    private func open(_ header: BlockHeader, _ index: Int, _ stored: UnsafeRawBufferPointer) -> StreamParts? {
        let stream = header.streams[index]
        guard header.hasForms else {
            let target = packed[index].memory(ColumnReader.room)
            guard Self.unpack(stream, stored, into: target) else { return nil }
            return StreamParts(plain: UnsafeRawBufferPointer(target).part(0..<Int(stream.rawLength)))
        }
        guard let (form, content) = formed(stream, stored, in: packed[index]) else { return nil }
        if form == .plain { return StreamParts(plain: content) }
        return columns[index].open(content, count: Int(header.count)) ? StreamParts(columns: columns[index]) : nil
    }

    /// Checks one stream and puts its parts at the beginning of `room`; their length, or nil.
    private func plain(
        _ header: BlockHeader, _ stream: BlockHeader.Stream, _ stored: UnsafeRawBufferPointer,
        into room: UnsafeMutableRawBufferPointer
    ) -> Int? {
        guard header.hasForms else { return Self.unpack(stream, stored, into: room) ? Int(stream.rawLength) : nil }
        guard let (form, content) = formed(stream, stored, in: packed[0]) else { return nil }
        switch form {
        case .plain:
            guard content.count <= room.count else { return nil }
            room.copy(content, at: 0)
            return content.count
        case .columns:
            return columns[0].open(content, count: Int(header.count)) ? columns[0].writePlain(to: room) : nil
        }
    }

    /// Checks one stream, unpacks it and lends what stands behind the byte for its form.
    private func formed(
        _ stream: BlockHeader.Stream, _ stored: UnsafeRawBufferPointer, in packed: Scratch
    ) -> (StreamForm, UnsafeRawBufferPointer)? {
        let target = packed.memory(ColumnReader.room)
        guard stream.rawLength > 0, Self.unpack(stream, stored, into: target),
            let form = StreamForm(rawValue: target[0])
        else { return nil }
        return (form, UnsafeRawBufferPointer(target).part(1..<Int(stream.rawLength)))
    }

    /// Checks one stream and unpacks it to the beginning of `room`.
    private static func unpack(
        _ stream: BlockHeader.Stream, _ stored: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard stream.rawLength <= room.count, crc32c(stored) == stream.checksum else { return false }
        if stream.storedLength == stream.rawLength {
            room.copy(stored, at: 0)
            return true
        }
        let produced = LZ4_decompress_safe(
            stored.bindMemory(to: CChar.self).baseAddress, room.bindMemory(to: CChar.self).baseAddress,
            Int32(stored.count), Int32(stream.rawLength))
        return produced == Int32(stream.rawLength)
    }

    /// Checks the facts stream alone and lends it as it stands, in columns if it is; nil if its checksum fails.
    /// `stored` begins with the block's header and goes on at least to the end of the facts stream, the first one.
    func facts(of header: BlockHeader, in stored: UnsafeRawBufferPointer) -> FactsStream? {
        let stream = header.streams[0]
        let bytes = stored.part(BlockHeader.length..<BlockHeader.length + Int(stream.storedLength))
        if header.hasForms {
            guard let (form, content) = formed(stream, bytes, in: packed[0]) else { return nil }
            if form == .plain { return .plain(content) }
            return columns[0].open(content, count: Int(header.count)) ? .columns(columns[0]) : nil
        }
        let target = streams.memory(ColumnReader.room)
        guard Self.unpack(stream, bytes, into: target) else { return nil }
        return .plain(UnsafeRawBufferPointer(target).part(0..<Int(stream.rawLength)))
    }

    /// The same, always with the parts one behind the other.
    func plainFacts(of header: BlockHeader, in stored: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let stream = header.streams[0]
        let bytes = stored.part(BlockHeader.length..<BlockHeader.length + Int(stream.storedLength))
        let target = streams.memory(ColumnReader.room)
        guard let length = plain(header, stream, bytes, into: target) else { return nil }
        return UnsafeRawBufferPointer(target).part(0..<length)
    }

    /// The range of one part's length and content, or nil if it runs past `end`. The length is a minimal varint
    /// of at most three bytes; whether the record is canonical is for the tree to say.
    static func entry(_ bytes: UnsafeRawBufferPointer, at start: Int, end: Int) -> Range<Int>? {
        var length = 0
        var place = start
        var shift = 0
        while place < end, shift <= 14 {
            let byte = bytes[place]
            place += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return length <= end - place ? start..<place + length : nil }
            shift += 7
        }
        return nil
    }
}

/// The parts of one stream of a block, to be written one by one.
private struct StreamParts {
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
}
