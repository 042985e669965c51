import Synchronization

/// A value that threads share, one at a time.
final class Mutexed<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value { mutex.withLock { $0 } }

    @discardableResult
    func update<Answer: Sendable>(_ change: (inout Value) -> Answer) -> Answer { mutex.withLock { change(&$0) } }
}
