import Ledger
import Synchronization

/// How far those who follow this ledger have got, as they say themselves when they ask for more.
final class CopyProgress: Sendable {
    private struct State {
        /// Records that the copy of each follower has durably, by the follower's name.
        var durable: [String: UInt64] = [:]
        /// Records that this ledger has, as far as this process knows.
        var head: UInt64 = 0
    }

    private let state = Mutex(State())
    /// How often those who wait look again. The log is local and each look costs a lock: short beside a disk's sync.
    private static let pause = Duration.milliseconds(1)

    /// Notes what a follower says that it has. Never less than before: it may have asked twice.
    func note(_ follower: String, has durable: UInt64) {
        state.withLock { $0.durable[follower] = max($0.durable[follower] ?? 0, durable) }
    }

    /// Forgets what a follower had, for one that begins anew.
    func forget(_ follower: String) { state.withLock { _ = $0.durable.removeValue(forKey: follower) } }

    /// Notes that this ledger has grown.
    func noteHead(_ head: UInt64) { state.withLock { $0.head = max($0.head, head) } }

    /// Whether this process knows of more than `position` records.
    func hasMore(than position: UInt64) -> Bool { state.withLock { $0.head > position } }

    /// Waits until so many followers have all records before a position.
    ///
    /// - Returns: false if they have not in time.
    func wait(until position: UInt64, by copies: Int, atMost patience: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + patience
        while true {
            let count = state.withLock { state in state.durable.values.count { $0 >= position } }
            if count >= copies { return true }
            if ContinuousClock.now >= deadline { return false }
            try await Task.sleep(for: Self.pause)
        }
    }

    /// Waits until this ledger has more than `position` records, or the time is over. What other processes append is
    /// found by `look`, which is asked less often.
    func waitForMore(than position: UInt64, atMost patience: Duration, look: () async throws -> UInt64) async throws {
        let deadline = ContinuousClock.now + patience
        var looks = 0
        while !hasMore(than: position), ContinuousClock.now < deadline, !Task.isCancelled {
            if looks % 100 == 0 { noteHead(try await look()) }
            looks += 1
            try await Task.sleep(for: Self.pause)
        }
    }
}
