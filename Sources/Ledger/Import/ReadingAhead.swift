import Dispatch

/// Reads the events of files on a thread of its own, a few blocks ahead of whoever takes them.
///
/// The blocks come in the order of the files whatever the thread does; a failure comes behind what was read before it.
struct ReadingAhead {
    private let queue = BoundedQueue<Result<ReadEvents, LedgerError>?>(limit: 4)

    /// Begins to read; `-` is standard input.
    init(_ paths: [String]) {
        DispatchQueue(label: "reading").async { [queue] in
            do throws(LedgerError) {
                for path in paths { guard try Self.read(path, into: queue) else { return } }
                queue.put(nil)
            } catch {
                queue.put(.failure(error))
            }
        }
    }

    /// The next events; `nil` behind the last.
    ///
    /// - Throws: `input` where a file cannot be opened or read; then nothing follows.
    func next() throws(LedgerError) -> ReadEvents? { try queue.take()?.get() }

    /// Lets the thread end at the next block. It may be waiting for input for ever, and is not waited for.
    func stop() { queue.close() }

    /// Returns whether to go on.
    private static func read(
        _ path: String, into queue: BoundedQueue<Result<ReadEvents, LedgerError>?>
    ) throws(LedgerError) -> Bool {
        var source = try ByteSource(path: path)
        var texts = EventTexts()
        while true {
            let (block, isAtEnd) = try source.next(path: path) { bytes in
                (bytes.isEmpty ? texts.finish() : texts.take(bytes), bytes.isEmpty)
            }
            if !block.texts.isEmpty, !queue.put(.success(ReadEvents(block, path: path))) { return false }
            if isAtEnd { return true }
        }
    }
}
