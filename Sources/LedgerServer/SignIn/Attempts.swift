import Synchronization

/// How often something may be tried: a bucket of tokens for each name, filled up again with time.
///
/// Names are bounded: when there are too many, those with a full bucket are forgotten, and then everybody waits.
final class Attempts: Sendable {
    private struct Bucket {
        var tokens: Int
        var filled: UInt64
    }

    private let now: @Sendable () -> UInt64
    private let size: Int
    /// Nanoseconds for one more token.
    private let pace: UInt64
    private let limit = 100_000
    private let state = Mutex<[String: Bucket]>([:])

    /// - Parameters:
    ///   - size: attempts at once.
    ///   - milliseconds: after which one more is given; at least 1.
    init(size: Int, oneMoreEvery milliseconds: Int, now: @escaping @Sendable () -> UInt64) {
        self.size = size
        pace = UInt64(max(1, milliseconds)) * 1_000_000
        self.now = now
    }

    /// Takes a token; `false` if there is none.
    func take(_ name: String) -> Bool {
        let time = now()
        return state.withLock { buckets in
            if buckets[name] == nil, buckets.count >= limit {
                buckets = buckets.filter { filled($0.value, at: time).tokens < size }
                guard buckets.count < limit else { return false }
            }
            var bucket = filled(buckets[name] ?? Bucket(tokens: size, filled: time), at: time)
            guard bucket.tokens > 0 else {
                buckets[name] = bucket
                return false
            }
            bucket.tokens -= 1
            buckets[name] = bucket
            return true
        }
    }

    private func filled(_ bucket: Bucket, at time: UInt64) -> Bucket {
        let more = (time - bucket.filled) / pace
        let tokens = min(UInt64(size), UInt64(bucket.tokens) + more)
        return Bucket(tokens: Int(tokens), filled: tokens == size ? time : bucket.filled + more * pace)
    }
}
