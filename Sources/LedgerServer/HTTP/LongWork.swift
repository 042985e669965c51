import Access
import CivilTime
import Ledger
import Synchronization

/// Work on the whole ledger that takes longer than a page may: one at a time, with its progress and, when it has ended,
/// its receipt. What was granted is written down when it begins.
final class LongWork: Sendable {
    /// What is worked on.
    enum Kind: String, Sendable {
        case rebuild, verify
    }

    /// A line of a receipt.
    struct Line: Sendable {
        let name: String
        let value: String
    }

    /// How a piece of work stands.
    struct State: Sendable {
        let kind: Kind
        let principal: String
        let began: Instant
        fileprivate(set) var ended: Instant?
        fileprivate(set) var done: UInt64 = 0
        fileprivate(set) var total: UInt64 = 0
        /// What it came to; what kept it from its end otherwise.
        fileprivate(set) var receipt: [Line] = []
        fileprivate(set) var failure: LedgerError?
        /// Whether what was checked is as it has to be.
        fileprivate(set) var isSound = true

        var isRunning: Bool { ended == nil }
    }

    /// What the work tells of itself.
    struct Reporter: Sendable {
        fileprivate let work: LongWork
        fileprivate let kind: Kind

        func progress(_ done: UInt64, _ total: UInt64) {
            work.update(kind) { ($0.done, $0.total) = (done, total) }
        }
    }

    private let states = Mutex<[Kind: State]>([:])
    private let now: @Sendable () -> Instant

    init(now: @escaping @Sendable () -> Instant) { self.now = now }

    /// The newest work of a kind.
    func state(_ kind: Kind) -> State? { states.withLock { $0[kind] } }

    /// Begins a piece of work, unless one is being done.
    ///
    /// - Returns: whether it began.
    func begin(
        _ kind: Kind, by principal: String, on desk: Desk,
        _ body: @escaping @Sendable (Reporter) throws(LedgerError) -> (receipt: [Line], isSound: Bool)
    ) -> Bool {
        let state = State(kind: kind, principal: principal, began: now())
        let begins = states.withLock { states in
            guard !states.values.contains(where: \.isRunning) else { return false }
            states[kind] = state
            return true
        }
        guard begins else { return false }
        let reporter = Reporter(work: self, kind: kind)
        Task {
            let outcome = try? await desk.work { () throws(LedgerError) in
                Result { () throws(LedgerError) in try body(reporter) }
            }
            end(kind, outcome)
        }
        return true
    }

    private func end(_ kind: Kind, _ outcome: Result<(receipt: [Line], isSound: Bool), LedgerError>?) {
        let time = now()
        update(kind) { state in
            state.ended = time
            switch outcome {
            case .success(let (receipt, isSound)): (state.receipt, state.isSound) = (receipt, isSound)
            case .failure(let error): (state.failure, state.isSound) = (error, false)
            case nil: state.isSound = false
            }
        }
    }

    private func update(_ kind: Kind, _ change: (inout State) -> Void) {
        states.withLock { states in
            guard var state = states[kind] else { return }
            change(&state)
            states[kind] = state
        }
    }
}
