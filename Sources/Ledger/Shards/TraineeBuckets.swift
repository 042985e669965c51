/// How many events there are about which trainees, and in which segments, in at most 16,384 ranges of equally many numbers:
/// fine for a few trainees, coarse for millions, and never more memory than that.
struct TraineeBuckets: Sendable {
    static let limit = 16_384

    /// A range holds two to the power of this many numbers.
    private(set) var shift: UInt32 = 0
    /// The events of each range.
    private(set) var weights: [UInt64] = []
    /// For each segment one bit a range: whether it holds an event of it.
    private var segments: [[UInt64]] = []

    /// Goes on to the next segment.
    mutating func beginSegment() { segments.append([]) }

    /// Takes down that the segment begun last holds `count` events of a trainee.
    mutating func add(_ count: UInt64, of number: UInt32) {
        while number >> shift >= UInt32(Self.limit) { coarsen() }
        let bucket = Int(number >> shift)
        while weights.count <= bucket { weights.append(0) }
        weights[bucket] += count
        Self.set(bucket, in: &segments[segments.count - 1])
    }

    /// The first number of each of `count` parts with about equally many events, and the end of the last.
    ///
    /// - Parameter end: how many numbers there are.
    func bounds(ofParts count: Int, upTo end: UInt32) -> [UInt32] {
        let total = weights.reduce(0, +)
        var bounds: [UInt32] = [0]
        var (bucket, before) = (0, UInt64(0))
        for part in 1..<max(count, 1) {
            // The share of the parts before, rounded so that no product passes 64 bits: positions end at 2^48.
            let target = total * UInt64(part) / UInt64(count)
            while bucket < weights.count, before < target {
                before += weights[bucket]
                bucket += 1
            }
            bounds.append(min(end, UInt32(clamping: UInt64(bucket) << UInt64(shift))))
        }
        return bounds + [end]
    }

    /// The segments that hold events of one of these numbers, ascending.
    func segments(of numbers: Range<UInt32>, and others: [UInt32]) -> [Int] {
        var wanted: [UInt64] = []
        if !numbers.isEmpty {
            for bucket in Int(numbers.lowerBound >> shift)...Int((numbers.upperBound - 1) >> shift) {
                Self.set(bucket, in: &wanted)
            }
        }
        for number in others { Self.set(Int(number >> shift), in: &wanted) }
        return segments.indices.filter { index in zip(segments[index], wanted).contains { $0 & $1 != 0 } }
    }

    /// How many events there are of a range of numbers, counted by whole ranges.
    func weight(of numbers: Range<UInt32>) -> UInt64 {
        guard !numbers.isEmpty else { return 0 }
        let buckets = Int(numbers.lowerBound >> shift)..<Int((numbers.upperBound - 1) >> shift) + 1
        return weights[buckets.clamped(to: 0..<weights.count)].reduce(0, +)
    }

    private mutating func coarsen() {
        shift += 1
        weights = stride(from: 0, to: weights.count, by: 2).map { index in
            weights[index] + (index + 1 < weights.count ? weights[index + 1] : 0)
        }
        segments = segments.map { bits in
            var coarse: [UInt64] = []
            for bucket in 0..<bits.count * 64 where bits[bucket / 64] >> UInt64(bucket % 64) & 1 == 1 {
                Self.set(bucket / 2, in: &coarse)
            }
            return coarse
        }
    }

    private static func set(_ bit: Int, in words: inout [UInt64]) {
        while words.count <= bit / 64 { words.append(0) }
        words[bit / 64] |= 1 << UInt64(bit % 64)
    }
}
