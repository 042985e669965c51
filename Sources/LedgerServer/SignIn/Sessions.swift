import Access
import Explanations
import Synchronization

/// Who is signed in, in memory: nobody is, after the server has stopped.
final class Sessions: Sendable {
    /// One session. Its number is known to the browser alone.
    struct Session: Sendable {
        let signedIn: SignedIn
        /// What a form has to bring along: another site cannot know it.
        let formToken: String
        /// What the person looks things up for; every look is written down with it.
        var purpose: String
        fileprivate var lastUse: UInt64
        fileprivate let began: UInt64
    }

    /// Nanoseconds of a clock that only goes forward.
    private let now: @Sendable () -> UInt64
    private let idle: UInt64
    /// Twelve hours: nobody works longer without signing in again.
    private let longest: UInt64 = 12 * 3_600 * 1_000_000_000
    /// Sessions at most, so that signing in again and again takes no more memory.
    private let limit = 10_000
    private let state = Mutex<[String: Session]>([:])

    init(idleMinutes: Int, now: @escaping @Sendable () -> UInt64) {
        idle = UInt64(idleMinutes) * 60 * 1_000_000_000
        self.now = now
    }

    /// Begins a session.
    ///
    /// - Returns: its number; `nil` if there are too many.
    func begin(_ signedIn: SignedIn) -> String? {
        let number = Self.random()
        let time = now()
        return state.withLock { sessions in
            sessions = sessions.filter { isAlive($0.value, at: time) }
            guard sessions.count < limit else { return nil }
            sessions[number] = Session(
                signedIn: signedIn, formToken: Self.random(), purpose: "", lastUse: time, began: time)
            return number
        }
    }

    /// The session with a number, used once more; `nil` if it is over. At exactly the idle time it is.
    func use(_ number: String) -> Session? {
        let time = now()
        return state.withLock { sessions in
            guard var session = sessions[number] else { return nil }
            guard isAlive(session, at: time) else {
                sessions[number] = nil
                return nil
            }
            session.lastUse = time
            sessions[number] = session
            return session
        }
    }

    /// Whether a session is not over; does not count as a use of it.
    func isAlive(_ number: String) -> Bool {
        let time = now()
        return state.withLock { sessions in sessions[number].map { isAlive($0, at: time) } ?? false }
    }

    /// How many people are signed in.
    var count: Int {
        let time = now()
        return state.withLock { sessions in sessions.values.count { isAlive($0, at: time) } }
    }

    /// Sets what the person looks things up for.
    func setPurpose(_ purpose: String, of number: String) {
        state.withLock { $0[number]?.purpose = purpose }
    }

    /// Ends a session.
    func end(_ number: String) {
        state.withLock { _ = $0.removeValue(forKey: number) }
    }

    private func isAlive(_ session: Session, at time: UInt64) -> Bool {
        time - session.lastUse < idle && time - session.began < longest
    }

    /// 256 bits of the system's random numbers.
    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
