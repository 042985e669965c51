/// A column of texts being read.
struct TextColumn {
    private var content: ColumnBytes
    private var operation: UInt64?
    /// Where the text before stands among what was written.
    private var previous = 0..<0

    /// What a text has of the one before.
    private struct Change {
        var operation: UInt64
        /// How many of its bytes are kept.
        var kept: Int
        /// Where the bytes that follow them stand in the column.
        var rest: Range<Int>

        var length: Int { kept + rest.count }
    }

    init(_ content: ColumnBytes) { self.content = content }

    /// Writes the next text after its length; the place behind it, or nil.
    mutating func next(to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        guard let change = nextChange(), memory.count - start >= change.length + 10 else { return nil }
        let place = ColumnBytes.write(UInt64(change.length), to: memory, at: start)
        let before = previous.lowerBound
        if change.kept > 0 {
            memory.copy(UnsafeRawBufferPointer(memory).part(before..<before + change.kept), at: place)
        }
        previous = place..<place
        guard finish(change, in: memory) else { return nil }
        return previous.upperBound
    }

    /// Passes over `count` texts and puts the last of them, without its length, into `memory` from `start`, which lies
    /// behind the text before; the place behind it, or nil.
    mutating func skip(_ count: Int, in memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int? {
        guard memory.count - start >= previous.count else { return nil }
        memory.copy(UnsafeRawBufferPointer(memory).part(previous), at: start)
        previous = start..<start + previous.count
        var left = count
        while left > 0, !content.isAtEnd {
            guard let change = nextChange(), finish(change, in: memory) else { return nil }
            left -= 1
        }
        // The last operation goes on; where it is `same`, nothing is left to do.
        guard left > 0, operation != TextColumnWriter.same else { return previous.upperBound }
        for _ in 0..<left { guard let change = nextChange(), finish(change, in: memory) else { return nil } }
        return previous.upperBound
    }

    /// What the next text has of the one before; nil if the bytes are not as they should be.
    @inline(__always)
    private mutating func nextChange() -> Change? {
        if !content.isAtEnd {
            guard let read = content.varint() else { return nil }
            operation = read
        } else if operation.map({ $0 >= TextColumnWriter.keep }) ?? true {
            return nil
        }
        guard let operation else { return nil }
        guard operation >= TextColumnWriter.keep else {
            return Change(operation: operation, kept: previous.count, rest: 0..<0)
        }
        guard operation - TextColumnWriter.keep <= UInt64(previous.count), let length = content.varint(),
            length <= UInt64(content.end), let rest = content.take(Int(length))
        else { return nil }
        return Change(operation: operation, kept: Int(operation - TextColumnWriter.keep), rest: rest)
    }

    /// Makes the text at the beginning of ``previous``, whose kept bytes stand there, the one that it is changed to.
    @inline(__always)
    private mutating func finish(_ change: Change, in memory: UnsafeMutableRawBufferPointer) -> Bool {
        let start = previous.lowerBound
        guard memory.count - start >= change.length else { return false }
        // Byte by byte: they are a few digits nearly always.
        var (source, target) = (change.rest.lowerBound, start + change.kept)
        while source < change.rest.upperBound {
            memory[target] = content.bytes[source]
            (source, target) = (source + 1, target + 1)
        }
        previous = start..<start + change.length
        return change.operation != TextColumnWriter.next || Self.countUp(memory, previous)
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
