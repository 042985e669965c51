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
        guard var parts = parts(of: header, in: block) else { return nil }
        let target = records.memory(Self.room(header))
        var place = 0
        for _ in 0..<header.count {
            guard let end = parts.writeRecord(to: target, at: place) else { return nil }
            place = end
        }
        return parts.isAtEnd ? UnsafeRawBufferPointer(target).part(0..<place) : nil
    }

    /// Checks the streams of a whole block and gives some of its records: those that come so many places behind the
    /// first, ascending and each once. The others are passed over, which takes a fraction of the time of putting them
    /// together. Nil as ``records(of:in:)``, as far as the last record asked for.
    func records(
        at places: some Sequence<Int>, of header: BlockHeader, in block: UnsafeRawBufferPointer
    ) -> [[UInt8]]? {
        guard var parts = parts(of: header, in: block) else { return nil }
        // A text that is passed over stands once more for a moment.
        let target = records.memory(Self.room(header) + Format.maximumRecordLength)
        var found: [[UInt8]] = []
        var (next, place) = (0, 0)
        for wanted in places {
            guard wanted >= next, wanted < Int(header.count),
                let start = parts.skip(wanted - next, to: target, at: place),
                let end = parts.writeRecord(to: target, at: start)
            else { return nil }
            found.append([UInt8](UnsafeRawBufferPointer(target).part(start + 2..<end)))
            (next, place) = (wanted + 1, end)
        }
        return found
    }

    /// Bytes that the records of a block take at most: three tags and the length in two bytes come to each one's parts.
    private static func room(_ header: BlockHeader) -> Int { ColumnReader.room + 5 * Int(header.count) }

    /// Checks and unpacks the three streams of a block; nil if one of them is not as it was written.
    private func parts(of header: BlockHeader, in block: UnsafeRawBufferPointer) -> RecordStreams? {
        let factsEnd = BlockHeader.length + Int(header.streams[0].storedLength)
        let envelopeEnd = factsEnd + Int(header.streams[1].storedLength)
        guard let facts = open(header, 0, block.part(BlockHeader.length..<factsEnd)),
            let envelope = open(header, 1, block.part(factsEnd..<envelopeEnd)),
            let personal = open(header, 2, block.part(envelopeEnd..<header.size))
        else { return nil }
        return RecordStreams(facts: facts, envelope: envelope, personal: personal)
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
