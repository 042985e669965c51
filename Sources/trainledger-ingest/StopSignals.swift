import Dispatch
import Glibc
import Synchronization

/// SIGTERM and SIGINT, as a wish to end that is looked at between two pieces of work.
final class StopSignals {
    private final class Wish: Sendable {
        let isThere = Mutex(false)
    }

    private let wish = Wish()
    /// Kept for as long as signals are to be heard.
    private let sources: [any DispatchSourceSignal]

    init() {
        let wish = wish
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { wish.isThere.withLock { $0 = true } }
            source.resume()
            return source
        }
    }

    var isStopped: Bool { wish.isThere.withLock { $0 } }
}
