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
        var left = count
        // Kept in registers: thousands are passed over for one that is wanted.
        var (sum, last, place) = (value, step, content.place)
        let (bytes, end) = (content.bytes, content.end)
        while left > 0, place < end {
            var coded = UInt64(bytes[place])
            if coded < 0x80 {
                place += 1
            } else if place + 1 < end, 0x01..<0x80 ~= bytes[place + 1] {
                coded = coded & 0x7F | UInt64(bytes[place + 1]) << 7
                place += 2
            } else {
                content.place = place
                guard let long = content.varint() else { return false }
                (coded, place) = (long, content.place)
            }
            last = coded >> 1 ^ (0 &- (coded & 1))
            sum &+= last
            left -= 1
        }
        content.place = place
        // The last step goes on.
        value = sum &+ last &* UInt64(left)
        step = last
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
