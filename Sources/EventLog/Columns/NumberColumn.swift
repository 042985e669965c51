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

    /// Passes over `count` numbers; `false` if their bytes are not as they should be.
    mutating func skip(_ count: Int) -> Bool {
        for passed in 0..<count {
            if content.isAtEnd {
                value &+= step &* UInt64(count - passed)
                return true
            }
            guard next() != nil else { return false }
        }
        return true
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
