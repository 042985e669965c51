import EventLog
import Glibc

/// Seconds that `body` takes.
private func seconds(_ body: () throws -> Void) rethrows -> Double {
    var start = timespec()
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &start)
    try body()
    clock_gettime(CLOCK_MONOTONIC, &end)
    return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
}

private func report(_ what: String, _ count: Int, _ time: Double) {
    print("\(what): \(Int(Double(count) / time)) a second (\(count) in \(Double(Int(time * 1_000)) / 1_000) s)")
}

/// Times appends, reads and verification of `count` records of about 60 bytes.
func bench(_ directory: String, count: Int) throws(LogError) {
    do {
        try measure(directory, count: count)
    } catch let error as LogError {
        throw error
    } catch {
        preconditionFailure("only the log throws here")
    }
}

private func measure(_ directory: String, count: Int) throws {
    let files = RealFileSystem()
    try LogWriter.create(directory: directory, files: files, ledgerID: [UInt8](0..<16))
    let records = try (0..<UInt64(count)).map { try benchRecord($0) }
    print("\(records.reduce(0) { $0 + $1.count } / count) bytes a record")
    let writer = try LogWriter(opening: directory, files: files)
    for batch in [4_000, 1_000] {
        let time = try seconds {
            for start in stride(from: 0, to: count, by: batch) {
                _ = try writer.append(Array(records[start..<min(count, start + batch)]))
            }
        }
        report("append in batches of \(batch)", count, time)
    }
    let singles = 5_000
    report(
        "append one by one", singles,
        try seconds { for record in records.prefix(singles) { _ = try writer.append([record]) } })
    try floor(directory)
    for threads in [2, 8, 64] { try benchThreads(writer, records, threads: threads) }
    try floor(directory)
    try writer.close()

    let reader = try LogReader(opening: directory, files: files)
    let total = Int(reader.head)
    for _ in 0..<2 {
        var bytes = 0
        report(
            "read by scan", total, try seconds { try reader.forEach(from: 0, to: reader.head) { bytes += $1.count } })
    }
    var bytes = 0
    let part = min(total, 1_000_000)
    report(
        "read by position, ascending", part,
        try seconds { for position in 0..<UInt64(part) { bytes += try reader.record(at: position).count } })
    var sound = false
    let time = try seconds { sound = try verifyLog(directory: directory, files: files).damages.isEmpty }
    report("verify (sound: \(sound))", total, time)
    report("open for writing", 1, try seconds { try LogWriter(opening: directory, files: files).close() })
    let again = try LogWriter(opening: directory, files: files)
    let finished = try again.sealableSegments()
    report(
        "seal segments of 65,536", finished.count,
        try seconds { for first in finished { try again.seal(segmentAt: first) } })
    try again.close()
    let sealed = try LogReader(opening: directory, files: files)
    report(
        "read sealed by scan", total, try seconds { try sealed.forEach(from: 0, to: sealed.head) { bytes += $1.count } }
    )
}

private func benchRecord(_ number: UInt64) throws(LogError) -> [UInt8] {
    var word = number &* 0x9E37_79B9_7F4A_7C15
    var facts: [UInt8] = []
    for _ in 0..<24 {
        facts.append(UInt8(truncatingIfNeeded: word >> 57))
        word = word &* 0xD134_2543_DE82_EF95 &+ 1
    }
    return try RecordParts(facts: facts, envelope: Array("/units/ntpc a-\(number) 2026-06-01".utf8)).merged()
}

/// Many threads, each appending one record after the other.
private func benchThreads(_ writer: LogWriter<RealFileSystem>, _ records: [[UInt8]], threads: Int) throws {
    let each = 40_000 / threads
    let time = seconds {
        let handles = (0..<threads).map { thread in
            detach {
                for index in 0..<each {
                    if (try? writer.append([records[(thread * each + index) % records.count]])) == nil { exit(74) }
                }
            }
        }
        for handle in handles { pthread_join(handle, nil) }
    }
    report("append one by one from \(threads) threads", each * threads, time)
}

/// What the disk does without us: 512 bytes and fdatasync, over and over.
private func floor(_ directory: String) throws {
    let descriptor = open(directory + ".floor", O_RDWR | O_CREAT | O_TRUNC, 0o644)
    defer {
        close(descriptor)
        unlink(directory + ".floor")
    }
    let sector = [UInt8](repeating: 7, count: 512)
    let count = 5_000
    let time = seconds {
        for index in 0..<count {
            if pwrite(descriptor, sector, 512, index * 512) != 512 || fdatasync(descriptor) != 0 { exit(74) }
        }
    }
    report("floor: write 512 bytes and fdatasync", count, time)
}
