import Dispatch
import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Import, on three threads")
struct ImportTests {
    /// Lines of as many trainees, over several blocks and batches.
    private static func trainees(_ count: Int) -> [String] {
        (0..<count).map { number in
            """
            {"specversion":"1.0","id":"t-\(number)","source":"/units/a","type":"trainee.registered",\
            "subject":"T-\(number)","time":"2026-06-01T09:00:00+08:00",\
            "data":{"birthDate":"1990-01-15","nationality":"national","sex":"female"}}
            """
        }
    }

    private static func run(
        _ lines: [String], _ ledger: String, options: Importer.Options = Importer.Options()
    ) throws -> (report: Importer.Report, refused: [Int]) {
        let path = ledger + ".jsonl"
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: path))
        let writer = try LedgerFixture.writer(ledger)
        var refused: [Int] = []
        var importer = Importer(writer, options, onRefusal: { refusal, _ in refused.append(refusal.line) })
        let report = try importer.run([path])
        try writer.close()
        return (report, refused)
    }

    @Test(
        "what came before the first refused event is recorded, all of it and nothing else", arguments: [0, 1, 20_000])
    func stops(at place: Int) throws {
        try LedgerFixture.withLedger { ledger in
            var lines = Self.trainees(25_000)
            lines[place] = "{}"
            let (report, refused) = try Self.run(lines, ledger)
            #expect(report.appended == UInt64(place) && report.head == UInt64(place) && refused == [place + 1])
            lines.remove(at: place)
            let rest = try Self.run(lines, ledger).report
            #expect((rest.duplicates, rest.appended) == (UInt64(place), UInt64(24_999 - place)))
            #expect(rest.refused == 0)
        }
    }

    @Test("refused events come in their order, whatever refuses them")
    func order() throws {
        try LedgerFixture.withLedger { ledger in
            var lines = Self.trainees(20_000)
            let refused = stride(from: 7, to: 20_000, by: 777).map(\.self)
            for (turn, line) in refused.enumerated() {
                // Not JSON; a trainee that there is already.
                lines[line] = turn % 2 == 0 ? "{" : lines[0].replacingOccurrences(of: "t-0", with: "again-\(line)")
            }
            let found = try Self.run(lines, ledger, options: .init(keepsGoing: true))
            #expect(found.refused == refused.map { $0 + 1 })
            #expect(found.report.appended == UInt64(20_000 - refused.count))
        }
    }

    @Test("a file that is not there comes behind the files before it")
    func missingFile() throws {
        try LedgerFixture.withLedger { ledger in
            let path = ledger + ".jsonl"
            try Data(Self.trainees(3).joined(separator: "\n").utf8).write(to: URL(filePath: path))
            let writer = try LedgerFixture.writer(ledger)
            var importer = Importer(writer)
            #expect(throws: LedgerError.self) { try importer.run([path, path + ".none"]) }
            #expect(try importer.finish().appended == 3)
            try writer.close()
        }
    }

    @Test("a queue hands over in order, keeps to its limit, and lets go when it is closed")
    func queue() {
        let queue = BoundedQueue<Int>(limit: 2)
        let isDone = DispatchSemaphore(value: 0)
        let put = Mutexed(0)
        DispatchQueue(label: "putting").async {
            for value in 0..<1_000 { guard queue.put(value) else { break } }
            while queue.put(0) { put.update { $0 += 1 } }
            isDone.signal()
        }
        for value in 0..<1_000 { #expect(queue.take() == value) }
        queue.close()
        isDone.wait()
        #expect(put.value <= 3)
    }

    @Test("after a batch that could not be written, every later call says so")
    func failedBatch() throws {
        let files = SimulatedFileSystem()
        let id = [UInt8](repeating: 7, count: 16)
        try LogWriter.create(directory: "/ledger", files: files, ledgerID: id)
        let log = try LogWriter(opening: "/ledger", files: files)
        var writing = BatchWriting(log)
        let record = try RecordParts(facts: [8, 1], envelope: [10, 1, 65]).merged()
        try writing.submit([record])
        #expect(writing.record(at: 0) == record && writing.submittedHead == 1)
        try writing.finish()
        #expect(writing.record(at: 0) == nil && writing.durableHead == 1)
        files.fail(SimulatedFailure(at: files.operations + 1, errno: EIO, isPermanent: true))
        try writing.submit([record])
        for _ in 0..<2 {
            #expect(throws: LogError(.poisoned, "")) { try writing.finish() }
            #expect(throws: LogError(.poisoned, "")) { try writing.submit([record]) }
        }
        #expect(writing.durableHead == 1)
        files.fail(nil)
    }
}
