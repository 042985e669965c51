import Dispatch

/// Hands values from one thread to another, in order; the first waits when the second falls behind.
final class BoundedQueue<Value: Sendable>: Sendable {
    private struct Content {
        var values: [Value] = []
        var isClosed = false
    }

    private let content = Mutexed(Content())
    private let filled = DispatchSemaphore(value: 0)
    private let free = DispatchSemaphore(value: 0)

    /// - Parameter limit: how many values wait to be taken at most.
    init(limit: Int) {
        // Counted up, not begun with: a semaphore must not end below the value it began with.
        for _ in 0..<limit { free.signal() }
    }

    /// Adds a value when there is room.
    ///
    /// - Returns: false if the queue is closed, and nothing was added.
    @discardableResult
    func put(_ value: Value) -> Bool {
        free.wait()
        let isTaken = content.update { content in
            if !content.isClosed { content.values.append(value) }
            return !content.isClosed
        }
        if isTaken { filled.signal() } else { free.signal() }
        return isTaken
    }

    /// Takes the first value, when there is one. Not after ``close()``.
    func take() -> Value {
        filled.wait()
        defer { free.signal() }
        return content.update { $0.values.removeFirst() }
    }

    /// Takes no more values, and lets whoever waits with one go on.
    func close() {
        content.update {
            $0.isClosed = true
            $0.values.removeAll()
        }
        free.signal()
    }
}
