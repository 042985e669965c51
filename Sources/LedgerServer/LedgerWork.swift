import Dispatch
import Ledger

/// Runs work on the ledger, which blocks, away from the threads that answer the network.
struct LedgerWork: Sendable {
    private let queue = DispatchQueue(label: "ledger", attributes: .concurrent)
    /// As much at once as the machine has cores for, and some more that wait for the disk.
    private let slots = DispatchSemaphore(value: 8)

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
