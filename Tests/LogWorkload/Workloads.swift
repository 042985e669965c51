import EventLog
import Glibc

/// The record that `writer` hands in as number `index` of its batch `batch`; tests expect exactly these bytes.
func workloadRecord(writer: UInt64, batch: UInt64, index: UInt64) throws(LogError) -> [UInt8] {
    let text = "writer \(writer) batch \(batch) record \(index)"
    let filler = [UInt8](repeating: UInt8(truncatingIfNeeded: batch), count: Int((batch * 37 + index * 11) % 200))
    return try RecordParts(facts: Array(text.utf8) + filler, envelope: Array("e\(batch)".utf8)).merged()
}

/// Appends batches of one to twenty records on several threads, and writes `first count writer batch` to
/// standard output, in one system call, once a batch is acknowledged.
func appendForEver(_ directory: String, threads: Int) throws(LogError) {
    let writer = try LogWriter(opening: directory, files: RealFileSystem())
    // Batches are numbered anew in each process; the process ID keeps them apart.
    let process = UInt64(getpid())
    for thread in 1..<max(1, threads) { detach { appendLoop(writer, process * 100 + UInt64(thread)) } }
    appendLoop(writer, process * 100)
}

private func appendLoop(_ writer: LogWriter<RealFileSystem>, _ id: UInt64) {
    var batch: UInt64 = 0
    while true {
        do {
            var records: [[UInt8]] = []
            for index in 0..<(batch * 7 + id) % 20 + 1 {
                records.append(try workloadRecord(writer: id, batch: batch, index: index))
            }
            let range = try writer.append(records)
            let line = Array("\(range.lowerBound) \(range.count) \(id) \(batch)\n".utf8)
            if write(1, line, line.count) != line.count { exit(74) }
            batch += 1
        } catch {
            print("error \(error)")
            exit(74)
        }
    }
}

/// Appends until the writer stops, closes it, and prints the durable head and the error's code.
func fill(_ directory: String) throws(LogError) {
    let writer = try LogWriter(opening: directory, files: RealFileSystem())
    var stop: LogError?
    while stop == nil {
        do throws(LogError) {
            var records: [[UInt8]] = []
            for index in 0..<50 {
                records.append(try workloadRecord(writer: 1, batch: writer.head / 50, index: UInt64(index)))
            }
            _ = try writer.append(records)
        } catch {
            stop = error
        }
    }
    try? writer.close()
    print("\(writer.durableHead) \(stop.map { "\($0.code)" } ?? "")")
}

private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Runs `body` on a thread of its own.
@discardableResult
func detach(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    var handle = pthread_t()
    let work = Unmanaged.passRetained(Work(body)).toOpaque()
    let failure = pthread_create(
        &handle, nil,
        { argument in
            guard let argument else { return nil }
            Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
            return nil
        }, work)
    if failure != 0 { exit(71) }
    return handle
}
