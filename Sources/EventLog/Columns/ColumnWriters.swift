/// Gathers one column of numbers: each as its step from the one before, the first from 0, zigzag.
///
/// A column that ends early goes on with its last step.
struct NumberColumnWriter {
    private var bytes: [UInt8] = []
    private var previous: UInt64 = 0
    private var step: UInt64 = 0
    /// Bytes up to the last change of step.
    private var needed = 0

    mutating func append(_ value: UInt64) {
        let newStep = value &- previous
        ColumnBytes.append(Self.zigzag(newStep), to: &bytes)
        if newStep != step || needed == 0 { needed = bytes.count }
        (previous, step) = (value, newStep)
    }

    var content: ArraySlice<UInt8> { bytes[..<needed] }

    private static func zigzag(_ step: UInt64) -> UInt64 {
        step << 1 ^ UInt64(bitPattern: Int64(bitPattern: step) >> 63)
    }
}

/// Gathers one column of texts: each by what it has of the one before, the first of the empty one.
///
/// A column that ends early goes on with its last operation, which is then `same` or `next`.
struct TextColumnWriter {
    private var bytes: [UInt8] = []
    private var previous = UnsafeRawBufferPointer(start: nil, count: 0)
    private var operation: UInt64?
    private var needed = 0

    /// The text before, once more.
    static let same: UInt64 = 0
    /// The text before with the decimal number at its end one higher, in as many digits.
    static let next: UInt64 = 1
    /// Plus the number of bytes kept of the text before; the rest follows, after its length.
    static let keep: UInt64 = 2

    /// Adds a text, which must stay where it is until the last one is added.
    mutating func append(_ text: UnsafeRawBufferPointer) {
        var new = Self.keep
        let common = Self.commonPrefix(previous, text)
        if text.count == previous.count, common == text.count {
            new = Self.same
        } else if Self.isNext(previous, text, common) {
            new = Self.next
        } else {
            new = Self.keep + UInt64(common)
        }
        ColumnBytes.append(new, to: &bytes)
        if new >= Self.keep {
            ColumnBytes.append(UInt64(text.count - common), to: &bytes)
            bytes += text[common...]
        }
        if new >= Self.keep || new != operation { needed = bytes.count }
        (previous, operation) = (text, new)
    }

    var content: ArraySlice<UInt8> { bytes[..<needed] }

    private static func commonPrefix(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let end = min(left.count, right.count)
        var place = 0
        while place < end, left[place] == right[place] { place += 1 }
        return place
    }

    /// Whether `text` is `previous` counted up by one: a digit one higher, and only nines that became zeros behind it.
    private static func isNext(
        _ previous: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ common: Int
    ) -> Bool {
        guard previous.count == text.count, common < text.count, isDigit(previous[common]), isDigit(text[common]),
            previous[common] + 1 == text[common]
        else { return false }
        for place in common + 1..<text.count
        where previous[place] != UInt8(ascii: "9") || text[place] != UInt8(ascii: "0") {
            return false
        }
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
