/// Reads a stream that stands in columns, part by part in the order of the records.
///
/// Nothing in the bytes is believed: every length is checked, and what does not add up is nil.
package final class ColumnReader {
    /// The shapes of the stream; index 0 of a run means parts stored whole, n the shape n − 1.
    package private(set) var shapes: [ColumnShape] = []
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    // Tables that are looked at for every field of every part: memory of their own, which costs no check of access.
    private let fields = UnsafeMutablePointer<Field>.allocate(capacity: tableSize)
    private let numbers = UnsafeMutablePointer<NumberColumn>.allocate(capacity: tableSize)
    private let texts = UnsafeMutablePointer<TextColumn>.allocate(capacity: tableSize)
    private let plans = UnsafeMutablePointer<Plan>.allocate(capacity: ColumnShape.maximumShapes)
    private var fieldCount = 0
    private static var tableSize: Int { ColumnShape.maximumShapes * ColumnShape.maximumFields }
    private var whole = ColumnBytes(UnsafeRawBufferPointer(start: nil, count: 0), 0..<0)
    private var runs = ColumnBytes(UnsafeRawBufferPointer(start: nil, count: 0), 0..<0)
    private var runCounts = ColumnBytes(UnsafeRawBufferPointer(start: nil, count: 0), 0..<0)
    private var runsLeft = 0
    private(set) var partsLeft = 0
    /// Parts stored whole that were passed over and not read.
    private var wholeBehind = 0
    /// The run that ``writeNext(to:at:)`` is in, and its parts that are left.
    let run = UnsafeMutablePointer<(shape: Int, left: Int)>.allocate(capacity: 1)
    /// Parts that were put together one by one: a text is taken from the one before it.
    private let parts = Scratch()
    private var partsEnd = 0

    /// Where a shape's fields stand in the table, and the first one's number.
    private struct Plan {
        var fields: Range<Int>
        var kind: UInt64?
        /// Parts of the shape that were passed over, and whose columns were not yet.
        var behind = 0
    }

    /// One field of a shape; its column has the same index in the table of its role.
    private struct Field {
        var tag: UInt64
        var role: Role
    }

    private enum Role {
        /// The first field's number, the same in all parts.
        case kind
        case number
        case text
    }

    init() { run.initialize(to: (0, 0)) }

    deinit {
        fields.deallocate()
        numbers.deallocate()
        texts.deallocate()
        plans.deallocate()
        run.deallocate()
    }

    /// Begins to read `stream`, which holds `count` parts and stays where it is while they are read. `false` if it
    /// is not as it should be.
    func open(_ stream: UnsafeRawBufferPointer, count: Int) -> Bool {
        bytes = stream
        shapes.removeAll(keepingCapacity: true)
        fieldCount = 0
        run.pointee = (0, 0)
        partsLeft = count
        wholeBehind = 0
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
        for (index, shape) in shapes.enumerated() {
            let first = fieldCount
            for (field, tag) in shape.tags.enumerated() {
                guard let role = openField(shape, field, &reader) else { return false }
                (fields + fieldCount).initialize(to: Field(tag: UInt64(tag), role: role))
                fieldCount += 1
            }
            (plans + index).initialize(to: Plan(fields: first..<fieldCount, kind: shape.kind))
        }
        return reader.isAtEnd
    }

    /// Puts the next field's column, if it has one, into its table; nil if its length runs past the end.
    private func openField(_ shape: ColumnShape, _ field: Int, _ reader: inout ColumnBytes) -> Role? {
        if field < shape.firstColumn { return .kind }
        guard let length = reader.count(upTo: bytes.count), let range = reader.take(length) else { return nil }
        let content = ColumnBytes(bytes, range)
        if ColumnShape.isNumber(shape.tags[field]) {
            (numbers + fieldCount).initialize(to: NumberColumn(content))
            return .number
        }
        (texts + fieldCount).initialize(to: TextColumn(content))
        return .text
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
    package var isAtEnd: Bool { partsLeft == 0 && runsLeft == 0 && run.pointee.left == 0 && whole.isAtEnd }

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
        let place = plans[shape].fields.lowerBound + field
        guard plans[shape].fields.contains(place), fields[place].role == .number else { return false }
        return numbers[place].read(into: values)
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
        for field in plan.fields {
            guard memory.count - place >= 20 else { return nil }
            place = ColumnBytes.write(fields[field].tag, to: memory, at: place)
            switch fields[field].role {
            case .kind:
                guard let kind = plan.kind else { return nil }
                place = ColumnBytes.write(kind, to: memory, at: place)
            case .number:
                guard let value = numbers[field].next() else { return nil }
                place = ColumnBytes.write(value, to: memory, at: place)
            case .text:
                guard let end = texts[field].next(to: memory, at: place) else { return nil }
                place = end
            }
        }
        return place
    }

    /// Writes the next part after its length, of whichever shape it is; the place behind it, or nil as ``write(shape:to:at:)``.
    func writeNext(to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        if run.pointee.left == 0 {
            guard let next = nextRun() else { return nil }
            run.pointee = (next.shape, next.count)
        }
        run.pointee.left -= 1
        let shape = run.pointee.shape
        return shape == 0 ? writeWhole(memory, start) : writePart(shape - 1, memory, start)
    }

    /// Passes over the next `count` parts: their columns are left as they are until ``catchUp(to:at:)``. `false` if
    /// there are fewer parts.
    func skip(_ count: Int) -> Bool {
        var left = count
        while left > 0 {
            if run.pointee.left == 0 {
                guard let next = nextRun() else { return false }
                run.pointee = (next.shape, next.count)
            }
            let passed = min(left, run.pointee.left)
            run.pointee.left -= passed
            left -= passed
            if run.pointee.shape == 0 { wholeBehind += passed } else { plans[run.pointee.shape - 1].behind += passed }
        }
        return true
    }

    /// Moves the columns of the next part to where it stands. Texts that its own are taken from are put into `memory`
    /// from `start`; the place behind them, or nil as ``write(shape:to:at:)``. Takes no more memory than writing the
    /// parts that were passed over would.
    func catchUp(to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        if run.pointee.left == 0 {
            guard let next = nextRun() else { return nil }
            run.pointee = (next.shape, next.count)
        }
        guard run.pointee.shape > 0 else {
            for _ in 0..<wholeBehind { guard nextWhole() != nil else { return nil } }
            wholeBehind = 0
            return start
        }
        let plan = plans + (run.pointee.shape - 1)
        guard plan.pointee.behind > 0 else { return start }
        var place = start
        for field in plan.pointee.fields {
            switch fields[field].role {
            case .kind: break
            case .number: guard numbers[field].skip(plan.pointee.behind) else { return nil }
            case .text:
                guard let end = texts[field].skip(plan.pointee.behind, in: memory, at: place) else { return nil }
                place = end
            }
        }
        plan.pointee.behind = 0
        return place
    }

    /// Tells the text columns of a shape that the part written last was moved by `distance`.
    func moved(shape index: Int, by distance: Int) {
        for field in plans[index].fields where fields[field].role == .text { texts[field].move(by: distance) }
    }
}
