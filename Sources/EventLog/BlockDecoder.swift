internal import CLZ4

/// Takes a sealed block apart and puts its records together again, in memory that it uses again for each.
final class BlockDecoder {
    private let streams = Scratch()
    private let packed = Scratch()
    private let records = Scratch()
    private let columns = ColumnReader()

    /// Checks the streams of a whole block and lends its records, laid out as in a commit: each after its length
    /// in two bytes. Nil if a checksum fails or the streams do not hold the header's number of records.
    func records(of header: BlockHeader, in block: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard let ends = unpack(header, block) else { return nil }
        let source = UnsafeRawBufferPointer(streams.buffer)
        // Three tags at most and the length in two bytes come to each record's parts.
        let target = records.memory(ends[2] + 5 * Int(header.count))
        var cursors: InlineArray<3, Int> = [0, ends[0], ends[1]]
        var place = 0
        for _ in 0..<header.count {
            let start = place
            place += 2
            for index in cursors.indices {
                guard let entry = Self.entry(source, at: cursors[index], end: ends[index]) else { return nil }
                cursors[index] = entry.upperBound
                if index == 2, entry.count == 1 { continue }
                target[place] = UInt8(index + 1) << 3 | 2
                target.copy(source.part(entry), at: place + 1)
                place += 1 + entry.count
            }
            guard place - start - 2 <= Format.maximumRecordLength else { return nil }
            target.store(UInt16(place - start - 2), at: start)
        }
        guard cursors[0] == ends[0], cursors[1] == ends[1], cursors[2] == ends[2] else { return nil }
        return UnsafeRawBufferPointer(target).part(0..<place)
    }

    /// Unpacks the three streams one behind the other; their ends, or nil.
    private func unpack(_ header: BlockHeader, _ block: UnsafeRawBufferPointer) -> InlineArray<3, Int>? {
        let target = streams.memory(ColumnReader.room)
        var ends: InlineArray<3, Int> = [0, 0, 0]
        var place = BlockHeader.length
        var end = 0
        for index in header.streams.indices {
            let stream = header.streams[index]
            let stored = block.part(place..<place + Int(stream.storedLength))
            let room = UnsafeMutableRawBufferPointer(rebasing: target[end...])
            guard let length = plain(header, stream, stored, into: room) else { return nil }
            place += stored.count
            end += length
            ends[index] = end
        }
        return ends
    }

    /// Checks one stream and puts its parts at the beginning of `room`; their length, or nil.
    private func plain(
        _ header: BlockHeader, _ stream: BlockHeader.Stream, _ stored: UnsafeRawBufferPointer,
        into room: UnsafeMutableRawBufferPointer
    ) -> Int? {
        guard header.hasForms else { return Self.unpack(stream, stored, into: room) ? Int(stream.rawLength) : nil }
        guard let (form, content) = formed(stream, stored) else { return nil }
        switch form {
        case .plain:
            guard content.count <= room.count else { return nil }
            room.copy(content, at: 0)
            return content.count
        case .columns:
            return columns.open(content, count: Int(header.count)) ? columns.writePlain(to: room) : nil
        }
    }

    /// Checks one stream, unpacks it and lends what stands behind the byte for its form.
    private func formed(
        _ stream: BlockHeader.Stream, _ stored: UnsafeRawBufferPointer
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
            guard let (form, content) = formed(stream, bytes) else { return nil }
            if form == .plain { return .plain(content) }
            return columns.open(content, count: Int(header.count)) ? .columns(columns) : nil
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
