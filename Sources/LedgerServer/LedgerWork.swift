import Foundation
import Ledger

/// Runs work on the ledger, which blocks, on threads of its own: neither those that answer the network nor those of the
/// system's shared pool, whose number does not grow with what waits there.
final class LedgerWork: @unchecked Sendable {
    // Sendable: the condition guards all that changes.
    private let condition = NSCondition()
    private var jobs: [@Sendable () -> Void] = []
    private var threads = 0
    private var idle = 0
    private let limit: Int
    /// Seconds after which a thread without work ends.
    private static let patience: TimeInterval = 10

    /// - Parameter atOnce: pieces of work at once; others wait.
    init(atOnce: Int) { limit = atOnce }

    func run<Answer: Sendable>(_ work: @escaping @Sendable () throws(LedgerError) -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            add {
                do throws(LedgerError) { continuation.resume(returning: try work()) } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    private func add(_ job: @escaping @Sendable () -> Void) {
        condition.lock()
        defer { condition.unlock() }
        jobs.append(job)
        if idle >= jobs.count || threads == limit { return condition.signal() }
        threads += 1
        let thread = Thread { self.work() }
        // Decisions recurse little, but JSON does to its depth.
        thread.stackSize = 2 << 20
        thread.start()
    }

    private func work() {
        while let job = next() { job() }
    }

    /// The next job; `nil` where the thread is to end.
    private func next() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        let end = Date(timeIntervalSinceNow: Self.patience)
        while jobs.isEmpty {
            idle += 1
            let isSignalled = condition.wait(until: end)
            idle -= 1
            if jobs.isEmpty, !isSignalled {
                threads -= 1
                return nil
            }
        }
        return jobs.removeFirst()
    }
}
