import Glibc
import Synchronization

/// SIGTERM and SIGINT, as a wish to end that is looked at between two pieces of work.
enum StopSignals {
    /// Not behind a lock: a handler may interrupt whoever holds it.
    private static let wish = Atomic(false)

    /// Listens from when this returns.
    static func listen() {
        // Made before a handler needs it.
        _ = isStopped
        for number in [SIGTERM, SIGINT] { signal(number) { _ in StopSignals.wish.store(true, ordering: .relaxed) } }
    }

    static var isStopped: Bool { wish.load(ordering: .relaxed) }
}
