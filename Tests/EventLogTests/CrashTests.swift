import EventLog
import LedgerTestKit
import Testing

/// The power goes at every operation, and every legal part of what was not synced survives.
struct CrashTests {
    /// More subsets for long runs: TRAINLEDGER_LONG=1.
    private var isLong: Bool { environment("TRAINLEDGER_LONG") != nil }

    @Test func `the workload runs through when nothing goes wrong`() throws {
        let files = SimulatedFileSystem()
        var witness = Witness()
        try smallWorkload(files, &witness)
        #expect(witness.acknowledged == 47)
        #expect(try verifyLog(directory: ledgerPath, files: files).damages.isEmpty)
        checkRecovery(files.copy(), witness, "no crash")
    }

    @Test func `a crash at any operation loses nothing acknowledged and splits no batch`() throws {
        var generator = SeededGenerator(testSeed())
        let whole = SimulatedFileSystem()
        var witness = Witness()
        try smallWorkload(whole, &witness)
        var cases = 0
        for operation in 1...whole.operations {
            let files = SimulatedFileSystem()
            files.crash(at: operation)
            var witness = Witness()
            #expect(throws: LogError.self) { try smallWorkload(files, &witness) }
            forEachSubset(
                of: files.unsyncedChanges, exhaustiveUpTo: isLong ? 12 : 6, samples: isLong ? 500 : 10, &generator
            ) { subset, keeps in
                cases += 1
                checkRecovery(
                    files.afterCrash(keeping: keeps), witness, "crash at operation \(operation), \(subset)")
            }
        }
        print("\(whole.operations) operations, \(cases) crashes")
    }

    @Test func `a crash during recovery is recovered from`() throws {
        let seed = testSeed()
        var generator = SeededGenerator(seed)
        var inner = SeededGenerator(seed &+ 1)
        // A torn commit of several sectors, with nothing of it synced.
        let torn = SimulatedFileSystem()
        var witness = Witness()
        try SimulatedWriter.create(directory: ledgerPath, files: torn, ledgerID: ledgerID)
        witness.isCreated = true
        try append([2], to: torn, &witness)
        torn.crash(at: torn.operations + operationsToWrite(torn, witness))
        #expect(throws: LogError.self) { try append([60], to: torn, &witness) }
        #expect(torn.unsyncedChanges > 3)
        let crashed = torn.afterCrash { $0 % 3 != 1 }
        let opening = crashed.copy()
        let writer = try SimulatedWriter(opening: ledgerPath, files: opening)
        #expect(writer.recovery.cuts.count == 1)
        #expect(writer.recovery.cuts.first?.finding == .incompleteCommit)
        let count = opening.operations
        let cut = try #require(writer.recovery.cuts.first)
        let tail = Array(try #require(crashed.bytes(of: segmentPath))[Int(cut.bytes.lowerBound)...])
        var cases = 0
        for operation in 1...count {
            let first = crashed.copy()
            first.crash(at: operation)
            #expect(throws: LogError.self) { try SimulatedWriter(opening: ledgerPath, files: first) }
            forEachSubset(of: first.unsyncedChanges, exhaustiveUpTo: 6, samples: 10, &generator) { subset, keeps in
                let second = first.afterCrash(keeping: keeps)
                #expect(isKept(tail, in: second), "operation \(operation): the torn bytes are nowhere")
                let context = "crash at \(operation) of recovery, \(subset)"
                // And once more, at a random operation of the second recovery.
                let third = second.copy()
                third.crash(at: Int.random(in: 1...count, using: &inner))
                if (try? SimulatedWriter(opening: ledgerPath, files: third)) == nil {
                    let twice = third.afterCrash { _ in Bool.random(using: &inner) }
                    checkRecovery(twice, witness, context + ", twice")
                }
                checkRecovery(second, witness, context)
                cases += 1
            }
        }
        print("\(count) operations of recovery, \(cases) crashes")
    }

    /// Whether a torn tail still stands in the segment or, whole, in quarantine.
    private func isKept(_ tail: [UInt8], in files: SimulatedFileSystem) -> Bool {
        files.bytes(of: segmentPath)?.suffix(tail.count) == tail[...]
            || files.filePaths.contains { $0.hasPrefix(ledgerPath + "/quarantine/") && files.bytes(of: $0) == tail }
    }

    /// The number of operations after which an append of 60 records has written its commit and not synced it.
    private func operationsToWrite(_ files: SimulatedFileSystem, _ witness: Witness) -> Int {
        let copy = files.copy()
        var operation = 1
        while true {
            let trial = copy.copy()
            trial.crash(at: operation)
            var trialWitness = witness
            _ = try? append([60], to: trial, &trialWitness)
            if trial.unsyncedChanges > 3 { return operation }
            operation += 1
        }
    }

    @Test func `a batch across two segments is all there or not at all, whatever the crash`() throws {
        var generator = SeededGenerator(testSeed())
        let edge = try SegmentEdge.shared.get()
        let whole = edge.files.copy()
        var witness = edge.witness
        try append([10, 3], recordSize: 4, to: whole, &witness)
        let count = whole.operations
        #expect(try whole.list(ledgerPath + "/segments").count == 3)
        for operation in 1...count {
            let files = edge.files.copy()
            files.crash(at: operation)
            var witness = edge.witness
            #expect(throws: LogError.self) { try append([10, 3], recordSize: 4, to: files, &witness) }
            forEachSubset(
                of: files.unsyncedChanges, exhaustiveUpTo: isLong ? 10 : 5, samples: isLong ? 100 : 6, &generator
            ) { subset, keeps in
                let after = files.afterCrash(keeping: keeps)
                checkEdge(after, witness, "crash at operation \(operation), \(subset)")
            }
        }
    }

    /// As `checkRecovery`, without going through the 65,530 records before.
    private func checkEdge(_ files: SimulatedFileSystem, _ witness: Witness, _ context: String) {
        do {
            let reader = try SimulatedReader(opening: ledgerPath, files: files)
            let writer = try SimulatedWriter(opening: ledgerPath, files: files)
            #expect(witness.allows(writer.head), "\(context): head \(writer.head)")
            #expect(reader.head == writer.head, "\(context): reader's head \(reader.head)")
            let expected = sampleRecords(SegmentEdge.first..<writer.head, size: 4)
            #expect(try everything(reader, from: SegmentEdge.first) == expected, "\(context)")
            let end = writer.head
            _ = try writer.append(sampleRecords(end..<end + 9, size: 4))
            try writer.close()
            let again = try SimulatedWriter(opening: ledgerPath, files: files)
            #expect(again.head == end + 9 && again.recovery.cuts.isEmpty, "\(context)")
            #expect(try again.treeHead() == SimulatedReader(opening: ledgerPath, files: files).treeHead(at: end + 9))
        } catch {
            Issue.record("\(context): \(error)")
        }
    }
}

/// A ledger whose last segment file, a part, has six positions left; made once.
struct SegmentEdge: Sendable {
    static let first: UInt64 = 65_528
    static let shared = Result { try SegmentEdge() }
    let files = SimulatedFileSystem()
    private(set) var witness = Witness()

    private init() throws {
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<Self.first, size: 4))
        try writer.beginPart()
        let range = try writer.append(sampleRecords(Self.first..<Self.first + 2, size: 4))
        try writer.close()
        witness.isCreated = true
        witness.batches = [0..<Self.first, range]
        witness.acknowledged = range.upperBound
    }
}
