import EventLog
import LedgerTestKit
import Testing

typealias SimulatedWriter = LogWriter<SimulatedFileSystem>
typealias SimulatedReader = LogReader<SimulatedFileSystem>

/// What an outside observer of a workload knows: what was handed in, in which batches, and what was acknowledged.
struct Witness {
    var batches: [Range<UInt64>] = []
    var acknowledged: UInt64 = 0
    var isCreated = false
    var submitted: UInt64 { batches.last?.upperBound ?? 0 }

    /// Heads at which a log may end: after whole batches only, and not before what was acknowledged.
    func allows(_ head: UInt64) -> Bool {
        head >= acknowledged && (head == 0 || batches.contains { $0.upperBound == head })
    }
}

let ledgerPath = "/ledger"

/// Appends batches of these sizes and closes; tells the witness of each step.
func append(
    _ sizes: [UInt64], recordSize: Int = 40, to files: SimulatedFileSystem, _ witness: inout Witness,
    closes: Bool = true
) throws {
    let writer = try SimulatedWriter(opening: ledgerPath, files: files)
    // A batch that was never acknowledged may be gone, or it may be there after all.
    witness.batches.removeAll { $0.upperBound > writer.head }
    for size in sizes {
        let range = writer.head..<writer.head + size
        witness.batches.append(range)
        do {
            let given = try writer.append(sampleRecords(range, size: recordSize))
            #expect(given == range)
        } catch {
            // A careful program closes all the same; a full disk must still end cleanly.
            try? writer.close()
            throw error
        }
        witness.acknowledged = range.upperBound
    }
    if closes { try writer.close() }
}

/// The workload of the crash tests: create, append, close, append again, stop without closing.
func smallWorkload(_ files: SimulatedFileSystem, _ witness: inout Witness) throws {
    try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
    witness.isCreated = true
    try append([1, 3], to: files, &witness)
    try append([40, 2], to: files, &witness, closes: false)
    try append([1], to: files, &witness)
}

/// Checks a disk after a crash: nothing acknowledged is gone, only whole batches are there, a writer opens and
/// goes on, and a second opening finds nothing to do.
func checkRecovery(
    _ files: SimulatedFileSystem, _ witness: Witness, recordSize: Int = 40, from: UInt64 = 0, _ context: String
) {
    do {
        guard witness.isCreated || files.bytes(of: ledgerPath + "/ledger.json") != nil else {
            // The directory may be missing, empty or half made: create must complete it.
            try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
            try SimulatedWriter(opening: ledgerPath, files: files).close()
            return
        }
        let before = try SimulatedReader(opening: ledgerPath, files: files)
        #expect(witness.allows(before.head), "\(context): reader's head \(before.head)")
        #expect(try verifyLog(directory: ledgerPath, files: files).isSound, "\(context): rot after a crash")
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        let head = writer.head
        #expect(witness.allows(head), "\(context): head \(head), acknowledged \(witness.acknowledged)")
        #expect(head == before.head, "\(context): reader and writer disagree")
        let reader = try SimulatedReader(opening: ledgerPath, files: files)
        let expected = sampleRecords(from..<head, size: recordSize)
        #expect(try everything(reader, from: from) == expected, "\(context): records")
        #expect(try writer.treeHead() == reader.treeHead(at: head), "\(context): tree")
        _ = try writer.append(sampleRecords(head..<head + 2, size: recordSize))
        try writer.close()
        let report = try verifyLog(directory: ledgerPath, files: files)
        #expect(report.damages.isEmpty, "\(context): \(report.damages)")
        #expect(report.records == head + 2, "\(context): verified \(report.records)")
        let again = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(again.recovery.cuts.isEmpty && again.recovery.wasClosedCleanly, "\(context): second recovery")
        #expect(again.head == head + 2)
        // What was acknowledged after the recovery survives a crash that keeps nothing unsynced.
        let last = files.afterCrash { _ in false }
        let survivor = try SimulatedReader(opening: ledgerPath, files: last)
        #expect(try everything(survivor, from: from) == sampleRecords(from..<head + 2, size: recordSize), "\(context)")
    } catch {
        Issue.record("\(context): \(error)")
    }
}

/// Calls `body` with every subset of `count` changes if there are few of them, otherwise with none, all, each
/// prefix, all but one, and `samples` drawn at random.
func forEachSubset(
    of count: Int, exhaustiveUpTo limit: Int, samples: Int, _ generator: inout SeededGenerator,
    _ body: (String, (Int) -> Bool) -> Void
) {
    if count <= limit {
        for subset in 0..<(1 << count) { body("subset \(subset) of \(count)") { subset >> $0 & 1 == 1 } }
        return
    }
    body("none of \(count)") { _ in false }
    body("all of \(count)") { _ in true }
    let step = max(1, count / 8)
    for length in stride(from: step, to: count, by: step) { body("the first \(length) of \(count)") { $0 < length } }
    for missing in stride(from: 0, to: count, by: step) { body("all of \(count) but \(missing)") { $0 != missing } }
    for _ in 0..<samples {
        let kept = (0..<count).map { _ in Bool.random(using: &generator) }
        body("a random part of \(count)") { kept[$0] }
    }
}
