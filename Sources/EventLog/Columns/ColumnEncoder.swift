/// Puts a stream of parts into columns: what stands in the same field of like parts lies side by side, each value as
/// its difference from the one before.
struct ColumnEncoder {
    /// A shape met in this block.
    private struct Met {
        var shape: ColumnShape
        var parts: UInt32
        /// Its place in the stream, 0 for parts stored whole.
        var index = 0
        var numbers: [NumberColumnWriter] = []
        var texts: [TextColumnWriter] = []
    }

    private var met: [Met] = []
    private var places: [ColumnShape: Int] = [:]
    private var parsed = ColumnShape(tags: [], kind: nil)

    /// The columns of `count` parts, each after its length, or nil if they would take no less room.
    mutating func encode(_ stream: UnsafeRawBufferPointer, count: UInt32) -> [UInt8]? {
        met = []
        places = [:]
        var entries: [(range: Range<Int>, met: Int?)] = []
        entries.reserveCapacity(Int(count))
        var place = 0
        for _ in 0..<count {
            guard let entry = BlockDecoder.entry(stream, at: place, end: stream.count) else { return nil }
            var reader = ColumnBytes(stream, place..<entry.upperBound)
            _ = reader.varint()
            entries.append((reader.place..<entry.upperBound, shape(of: stream, reader.place..<entry.upperBound)))
            place = entry.upperBound
        }
        var chosen: [Int] = []
        for index in met.indices
        where met[index].parts >= ColumnShape.minimumParts && chosen.count < ColumnShape.maximumShapes {
            chosen.append(index)
            met[index].index = chosen.count
            met[index].numbers = .init(repeating: .init(), count: met[index].shape.columns)
            met[index].texts = .init(repeating: .init(), count: met[index].shape.columns)
        }
        guard !chosen.isEmpty else { return nil }
        let bytes = assemble(stream, entries, chosen)
        return bytes.count < stream.count ? bytes : nil
    }

    private mutating func assemble(
        _ stream: UnsafeRawBufferPointer, _ entries: [(range: Range<Int>, met: Int?)], _ chosen: [Int]
    ) -> [UInt8] {
        var whole: [UInt8] = []
        var runs: [(shape: Int, count: UInt64)] = []
        for entry in entries {
            let index = entry.met.map { met[$0].index } ?? 0
            if let met = entry.met, index > 0 {
                distribute(stream, entry.range, to: met)
            } else {
                ColumnBytes.append(UInt64(entry.range.count), to: &whole)
                whole += stream[entry.range]
            }
            if runs.last?.shape == index {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((index, 1))
            }
        }
        var bytes: [UInt8] = []
        ColumnBytes.append(UInt64(chosen.count), to: &bytes)
        for index in chosen {
            let shape = met[index].shape
            ColumnBytes.append(UInt64(shape.tags.count), to: &bytes)
            for tag in shape.tags { ColumnBytes.append(UInt64(tag), to: &bytes) }
            if let kind = shape.kind { ColumnBytes.append(kind, to: &bytes) }
        }
        ColumnBytes.append(UInt64(runs.count), to: &bytes)
        for run in runs { ColumnBytes.append(UInt64(run.shape), to: &bytes) }
        for run in runs { ColumnBytes.append(run.count, to: &bytes) }
        Self.append(whole[...], to: &bytes)
        for index in chosen {
            for (column, tag) in met[index].shape.tags.dropFirst(met[index].shape.firstColumn).enumerated() {
                Self.append(
                    ColumnShape.isNumber(tag) ? met[index].numbers[column].content : met[index].texts[column].content,
                    to: &bytes)
            }
        }
        return bytes
    }

    private static func append(_ column: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        ColumnBytes.append(UInt64(column.count), to: &bytes)
        bytes += column
    }

    /// The shape of a part among those met, or nil if it is not a plain message in canonical form.
    private mutating func shape(of stream: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var reader = ColumnBytes(stream, range)
        parsed.tags.removeAll(keepingCapacity: true)
        parsed.kind = nil
        while !reader.isAtEnd {
            guard let tag = reader.varint(), tag <= UInt64(UInt32.max),
                parsed.tags.count < ColumnShape.maximumFields
            else { return nil }
            switch tag & 7 {
            case 0:
                guard let value = reader.varint() else { return nil }
                if parsed.tags.isEmpty { parsed.kind = value }
            case 2:
                guard let length = reader.varint(), length <= UInt64(range.count), reader.take(Int(length)) != nil
                else { return nil }
            default: return nil
            }
            parsed.tags.append(UInt32(tag))
        }
        guard !parsed.tags.isEmpty else { return nil }
        if let known = places[parsed] {
            met[known].parts += 1
            return known
        }
        places[parsed] = met.count
        met.append(Met(shape: parsed, parts: 1))
        return met.count - 1
    }

    /// Adds a part's values to the columns of its shape.
    private mutating func distribute(_ stream: UnsafeRawBufferPointer, _ range: Range<Int>, to index: Int) {
        var reader = ColumnBytes(stream, range)
        let first = met[index].shape.firstColumn
        for field in met[index].shape.tags.indices {
            let tag = reader.varint()
            guard let tag, let value = reader.varint() else { preconditionFailure("read before") }
            if ColumnShape.isNumber(UInt32(tag)) {
                if field >= first { met[index].numbers[field - first].append(value) }
            } else {
                guard let text = reader.take(Int(value)) else { preconditionFailure("read before") }
                met[index].texts[field - first].append(stream.part(text))
            }
        }
    }
}
