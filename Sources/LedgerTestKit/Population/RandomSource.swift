/// SplitMix64: turns a seed or a number into well-mixed bits.
enum SplitMix64 {
    /// The state after one step.
    static func advance(_ state: UInt64) -> UInt64 { state &+ 0x9E37_79B9_7F4A_7C15 }

    /// The output for a state; also used alone as a hash of whole numbers.
    static func mix(_ state: UInt64) -> UInt64 {
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

/// xoshiro256**: the stream of random numbers of a population, the same on every machine for a seed.
///
/// The standard library's generators are not used: their algorithms may change with its version, and a
/// population must not.
struct RandomSource {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    /// The stream of a seed.
    init(seed: UInt64) {
        let first = SplitMix64.advance(seed)
        let second = SplitMix64.advance(first)
        let third = SplitMix64.advance(second)
        let fourth = SplitMix64.advance(third)
        (a, b, c, d) = (SplitMix64.mix(first), SplitMix64.mix(second), SplitMix64.mix(third), SplitMix64.mix(fourth))
    }

    /// The next 64 random bits.
    mutating func bits() -> UInt64 {
        let scaled = b &* 5
        let result = (scaled << 7 | scaled >> 57) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = d << 45 | d >> 19
        return result
    }

    /// A number from 0 up to but not including `bound`, which must be positive.
    ///
    /// The bias of one multiplication is below 2⁻³² for the bounds used here.
    mutating func below(_ bound: Int) -> Int {
        Int(bits().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of the range.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True in `count` of `total` cases.
    mutating func chance(_ count: Int, in total: Int) -> Bool { below(total) < count }

    /// One of the elements; all of them are equally likely.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// An index, by weights.
    mutating func weighted(_ weights: [Int]) -> Int {
        var left = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if left < weight { return index }
            left -= weight
        }
        return weights.count - 1
    }
}
