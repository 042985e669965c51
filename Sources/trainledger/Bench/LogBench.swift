import Dispatch
import EventLog
import Foundation
import Glibc

/// Durable appends to a log of its own beside the ledger, which is removed afterwards, and what the disk does without us.
struct LogBench {
    private let directory: String
    private let repeats: Int
    private let show: (Measurement) -> Void

    private static let recordCount = 200_000
    private static let singleCount = 2_000

    init(besides ledger: String, repeats: Int, show: @escaping (Measurement) -> Void) {
        directory = "\(ledger).bench-\(getpid())"
        self.repeats = repeats
        self.show = show
    }

    func run() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let files = RealFileSystem()
        try LogWriter.create(directory: directory, files: files, ledgerID: [UInt8](0..<16))
        let writer = try LogWriter(opening: directory, files: files)
        let records = try (0..<UInt64(Self.recordCount)).map { try Self.record($0) }
        let bytes = records.reduce(0) { $0 + $1.count } * 1_000 / records.count
        show(
            try floor("floor: write \(bytes) bytes and fdatasync", bytes, times: Self.recordCount / 1_000, each: 1_000))
        show(
            try measure("append, 1,000 a commit", Self.recordCount) {
                for start in stride(from: 0, to: records.count, by: 1_000) {
                    _ = try writer.append(Array(records[start..<start + 1_000]))
                }
            })
        show(try floor("floor: write 512 bytes and fdatasync", 512, times: Self.singleCount, each: 1))
        show(
            try measure("append, one a commit", Self.singleCount) {
                for record in records.prefix(Self.singleCount) { _ = try writer.append([record]) }
            })
        let writers = 64
        show(
            measure("append, \(writers) writers, one each", Self.singleCount * 4) {
                Self.atOnce(writers) { thread in
                    for index in 0..<Self.singleCount * 4 / writers {
                        // A failed append stops the writer, and the next one above says so.
                        _ = try? writer.append([records[thread * 1_000 + index]])
                    }
                }
            })
        try writer.close()
    }

    /// Does the work in so many threads, however few processors there are: each waits for the disk most of the time.
    private static func atOnce(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
        let group = DispatchGroup()
        for number in 0..<count {
            group.enter()
            Thread.detachNewThread {
                work(number)
                group.leave()
            }
        }
        group.wait()
    }

    private func measure(_ name: String, _ count: Int, _ work: () throws -> Void) rethrows -> Measurement {
        try Stopwatch.measure(name, count: UInt64(count), unit: "events", repeats: repeats, work)
    }

    /// Writes to a plain file and syncs it, over and over.
    private func floor(_ name: String, _ bytes: Int, times: Int, each: Int) throws -> Measurement {
        let path = directory + ".floor"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LogError.system(errno, "make", path) }
        defer {
            close(descriptor)
            unlink(path)
        }
        let content = [UInt8](repeating: 7, count: bytes)
        return try Stopwatch.measure(name, count: UInt64(times * each), unit: "events", repeats: repeats) {
            for index in 0..<times {
                guard pwrite(descriptor, content, bytes, off_t(index * bytes)) == bytes, fdatasync(descriptor) == 0
                else {
                    throw LogError.system(errno, "write", path)
                }
            }
        }
    }

    /// A record of about 60 bytes; the same number gives the same bytes.
    private static func record(_ number: UInt64) throws(LogError) -> [UInt8] {
        var word = number &* 0x9E37_79B9_7F4A_7C15
        var facts: [UInt8] = []
        for _ in 0..<24 {
            facts.append(UInt8(truncatingIfNeeded: word >> 57))
            word = word &* 0xD134_2543_DE82_EF95 &+ 1
        }
        return try RecordParts(facts: facts, envelope: Array("/units/ntpc a-\(number) 2026-06-01".utf8)).merged()
    }
}
