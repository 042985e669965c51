/// Reads a stream that stands in columns, part by part in the order of the records.
///
/// Nothing in the bytes is believed: every length is checked, and what does not add up is nil.
package final class ColumnReader {
    /// The shapes of the stream; index 0 of a run means parts stored whole, n the shape n − 1.
    package private(set) var shapes: [ColumnShape] = []
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    // Tables that are looked at for every field of every part: memory of their own, which costs no check of access.
    private let columns = UnsafeMutablePointer<Column>.allocate(capacity: tableSize)
    private let tags = UnsafeMutablePointer<UInt32>.allocate(capacity: tableSize)
    private let plans = UnsafeMutablePointer<Plan>.allocate(capacity: ColumnShape.maximumShapes)
    private var columnCount = 0
    private static var tableSize: Int { ColumnShape.maximumShapes * ColumnShape.maximumFields }
    private var whole = ColumnBytes(UnsafeRawBufferPointer(start: nil, count: 0), 0..<0)
    private var runs = ColumnBytes(UnsafeRawBufferPointer(start: nil, count: 0), 0..<0)
    private var runCounts = ColumnBytes(UnsafeRawBufferPointer(start: nil, count: 0), 0..<0)
    private var runsLeft = 0
    private var partsLeft = 0
    /// Parts that were put together one by one: a text is taken from the one before it.
    private let parts = Scratch()
    private var partsEnd = 0

    /// Where a shape stands in the tables.
    private struct Plan {
        var tags: Range<Int>
        var kind: UInt64?
        var firstColumn: Int
        var columns: Range<Int>
    }

    /// One field's column of one shape.
    private enum Column {
        case number(NumberColumn)
        case text(TextColumn)
    }

    init() {}

    deinit {
        columns.deallocate()
        tags.deallocate()
        plans.deallocate()
    }

    /// Begins to read `stream`, which holds `count` parts and stays where it is while they are read. `false` if it
    /// is not as it should be.
    func open(_ stream: UnsafeRawBufferPointer, count: Int) -> Bool {
        bytes = stream
        shapes.removeAll(keepingCapacity: true)
        columnCount = 0
        partsLeft = count
        partsEnd = 0
        var reader = ColumnBytes(stream, 0..<stream.count)
        guard let shapeCount = reader.count(upTo: ColumnShape.maximumShapes) else { return false }
        for _ in 0..<shapeCount {
            guard let shape = Self.shape(&reader) else { return false }
            shapes.append(shape)
        }
        guard let runCount = reader.count(upTo: count) else { return false }
        runsLeft = runCount
        runs = reader
        for _ in 0..<runCount { guard reader.varint() != nil else { return false } }
        runCounts = reader
        for _ in 0..<runCount { guard reader.varint() != nil else { return false } }
        guard let length = reader.count(upTo: stream.count), let range = reader.take(length) else { return false }
        whole = ColumnBytes(stream, range)
        var tagCount = 0
        for (index, shape) in shapes.enumerated() {
            let first = columnCount
            for tag in shape.tags.dropFirst(shape.firstColumn) {
                guard let length = reader.count(upTo: stream.count), let range = reader.take(length) else {
                    return false
                }
                let content = ColumnBytes(stream, range)
                (columns + columnCount).initialize(
                    to: ColumnShape.isNumber(tag) ? .number(NumberColumn(content)) : .text(TextColumn(content)))
                columnCount += 1
            }
            for tag in shape.tags {
                (tags + tagCount).initialize(to: tag)
                tagCount += 1
            }
            (plans + index).initialize(
                to: Plan(
                    tags: tagCount - shape.tags.count..<tagCount, kind: shape.kind, firstColumn: shape.firstColumn,
                    columns: first..<columnCount))
        }
        return reader.isAtEnd
    }

    private static func shape(_ reader: inout ColumnBytes) -> ColumnShape? {
        guard let count = reader.count(upTo: ColumnShape.maximumFields), count > 0 else { return nil }
        var shape = ColumnShape(tags: [], kind: nil)
        for _ in 0..<count {
            guard let tag = reader.varint(), tag <= UInt64(UInt32.max), tag & 7 == 0 || tag & 7 == 2 else { return nil }
            shape.tags.append(UInt32(tag))
        }
        if ColumnShape.isNumber(shape.tags[0]) {
            guard let kind = reader.varint() else { return nil }
            shape.kind = kind
        }
        return shape
    }

    /// The next parts of the same shape: 0 for parts stored whole, otherwise one more than the index in `shapes`.
    /// Nil behind the last and where the runs do not add up to the number of parts; `isAtEnd` tells which.
    package func nextRun() -> (shape: Int, count: Int)? {
        guard runsLeft > 0, let shape = runs.count(upTo: shapes.count), let count = runCounts.count(upTo: partsLeft),
            count > 0
        else { return nil }
        runsLeft -= 1
        partsLeft -= count
        return (shape, count)
    }

    /// Whether all parts were given out.
    package var isAtEnd: Bool { partsLeft == 0 && runsLeft == 0 && whole.isAtEnd }

    /// The next part that is stored whole, or nil.
    package func nextWhole() -> UnsafeRawBufferPointer? {
        guard let length = whole.count(upTo: bytes.count), let range = whole.take(length) else { return nil }
        return bytes.part(range)
    }

    /// Reads the next numbers of a field into `values`. `shape` is an index in `shapes`. `false` if the field is a text
    /// or has no column, or the column's bytes are not as they should be.
    package func readNumbers(
        shape: Int, field: Int, into values: UnsafeMutableBufferPointer<UInt64>
    ) -> Bool {
        let plan = plans[shape]
        let column = plan.columns.lowerBound + field - plan.firstColumn
        guard plan.columns.contains(column), case .number(var numbers) = columns[column], numbers.read(into: values)
        else { return false }
        columns[column] = .number(numbers)
        return true
    }

    /// The next part of a shape, put together again and lent until another stream is opened; nil if the columns do not
    /// hold it. `shape` is an index in `shapes`.
    package func next(shape: Int) -> UnsafeRawBufferPointer? {
        let memory = parts.memory(Self.room)
        guard let end = write(shape: shape, to: memory, at: partsEnd) else { return nil }
        defer { partsEnd = end }
        return UnsafeRawBufferPointer(memory).part(partsEnd..<end)
    }

    /// Bytes of all parts of a block, with room to write a field before it is known to fit.
    static var room: Int { BlockHeader.maximumBlockLength + 64 }

    /// Writes the next part of a shape to `memory` from `start`; the place behind it, or nil if the columns do not
    /// hold it or it does not fit. What was written of a stream must stay where it is: texts are taken from it again.
    func write(
        shape index: Int, to memory: UnsafeMutableRawBufferPointer, at start: Int
    ) -> Int? {
        let plan = plans[index]
        var place = start
        var column = plan.columns.lowerBound
        for field in plan.tags {
            guard memory.count - place >= 20 else { return nil }
            place = ColumnBytes.write(UInt64(tags[field]), to: memory, at: place)
            if field == plan.tags.lowerBound, let kind = plan.kind {
                place = ColumnBytes.write(kind, to: memory, at: place)
                continue
            }
            switch columns[column] {
            case .number(var numbers):
                guard let value = numbers.next() else { return nil }
                columns[column] = .number(numbers)
                place = ColumnBytes.write(value, to: memory, at: place)
            case .text(var texts):
                guard let end = texts.next(to: memory, at: place) else { return nil }
                columns[column] = .text(texts)
                place = end
            }
            column += 1
        }
        return place
    }

    /// Tells the text columns of a shape that the part written last from `start` on was moved by `distance`.
    func moved(shape index: Int, by distance: Int) {
        for column in plans[index].columns {
            if case .text(var texts) = columns[column] {
                texts.move(by: distance)
                columns[column] = .text(texts)
            }
        }
    }
}

/// A column of numbers being read.
struct NumberColumn {
    private var content: ColumnBytes
    private var value: UInt64 = 0
    private var step: UInt64 = 0

    init(_ content: ColumnBytes) { self.content = content }

    /// The next number; nil if its bytes are not as they should be.
    @inline(__always)
    mutating func next() -> UInt64? {
        if content.place < content.end {
            guard let coded = content.varint() else { return nil }
            step = coded >> 1 ^ (0 &- (coded & 1))
        }
        value &+= step
        return value
    }

    /// As many numbers as there is room for in `values`; `false` if their bytes are not as they should be.
    mutating func read(into values: UnsafeMutableBufferPointer<UInt64>) -> Bool {
        for index in values.indices {
            guard let number = next() else { return false }
            values[index] = number
        }
        return true
    }
}

/// A column of texts being read.
struct TextColumn {
    private var content: ColumnBytes
    private var operation: UInt64?
    /// Where the text before stands among what was written.
    private var previous = 0..<0

    init(_ content: ColumnBytes) { self.content = content }

    /// Writes the next text after its length; the place behind it, or nil.
    mutating func next(to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        if !content.isAtEnd {
            guard let read = content.varint() else { return nil }
            operation = read
        } else if operation.map({ $0 >= TextColumnWriter.keep }) ?? true {
            return nil
        }
        guard let operation else { return nil }
        var kept = previous.count
        var rest = 0..<0
        if operation >= TextColumnWriter.keep {
            guard operation - TextColumnWriter.keep <= UInt64(previous.count),
                let length = content.count(upTo: content.end), let range = content.take(length)
            else { return nil }
            (kept, rest) = (Int(operation - TextColumnWriter.keep), range)
        }
        let length = kept + rest.count
        guard memory.count - start >= length + 10 else { return nil }
        let place = ColumnBytes.write(UInt64(length), to: memory, at: start)
        let before = previous.lowerBound
        if kept > 0 {
            memory.copy(UnsafeRawBufferPointer(memory).part(before..<before + kept), at: place)
        }
        if !rest.isEmpty { memory.copy(content.bytes.part(rest), at: place + kept) }
        if operation == TextColumnWriter.next, !Self.countUp(memory, place..<place + length) { return nil }
        previous = place..<place + length
        return place + length
    }

    mutating func move(by distance: Int) {
        previous = previous.lowerBound + distance..<previous.upperBound + distance
    }

    private static func countUp(_ memory: UnsafeMutableRawBufferPointer, _ range: Range<Int>) -> Bool {
        for place in range.reversed() {
            switch memory[place] {
            case UInt8(ascii: "9"): memory[place] = UInt8(ascii: "0")
            case UInt8(ascii: "0")..<UInt8(ascii: "9"):
                memory[place] += 1
                return true
            default: return false
            }
        }
        return false
    }
}
