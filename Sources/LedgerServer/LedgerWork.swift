import Dispatch
import Ledger

/// Runs work on the ledger, which blocks, away from the threads that answer the network.
struct LedgerWork: Sendable {
    private let queue = DispatchQueue(label: "ledger", attributes: .concurrent)
    private let slots: DispatchSemaphore

    /// - Parameter atOnce: pieces of work at once; others wait.
    init(atOnce: Int) { slots = DispatchSemaphore(value: atOnce) }

    func run<Answer: Sendable>(_ work: @escaping @Sendable () throws(LedgerError) -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                slots.wait()
                defer { slots.signal() }
                do throws(LedgerError) { continuation.resume(returning: try work()) } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
