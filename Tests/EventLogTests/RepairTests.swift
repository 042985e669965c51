import EventLog
import LedgerTestKit
import Testing

private let mirrorPath = ledgerPath + "-mirror"

/// A damaged file is mended from another copy of the log, and only with what the tree proves.
struct RepairTests {
    /// A ledger of a sealed part, a finished open one and a last one, closed, and a copy of it.
    private func ledgers(
        copyUpTo end: UInt64? = nil, copies: Bool = true
    ) throws -> (files: SimulatedFileSystem, records: [[UInt8]]) {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        for (index, part) in [sampleRecords(0..<40), sampleRecords(40..<61), sampleRecords(61..<70)].enumerated() {
            if index > 0 { try writer.beginPart() }
            for start in stride(from: 0, to: part.count, by: 7) {
                _ = try writer.append(Array(part[start..<min(start + 7, part.count)]))
            }
        }
        try writer.seal(segmentAt: 0)
        try writer.close()
        let reader = try SimulatedReader(opening: ledgerPath, files: files)
        if copies { _ = try LogCopy(of: reader, to: mirrorPath, files: files).run(upTo: end ?? reader.head) }
        return (files, sampleRecords(0..<70))
    }

    private func repair(_ files: SimulatedFileSystem) throws -> [LogRepair<SimulatedFileSystem>.Mended] {
        try LogRepair(of: ledgerPath, from: mirrorPath, files: files).run()
    }

    private func expectWhole(_ files: SimulatedFileSystem, _ records: [[UInt8]], _ head: TreeHead?, _ context: Comment)
        throws
    {
        let report = try verifyLog(directory: ledgerPath, files: files)
        #expect(report.damages.isEmpty, context)
        #expect(report.treeHead == head, context)
        #expect(try everything(SimulatedReader(opening: ledgerPath, files: files)) == records, context)
    }

    private static let names = ["ledger.json", "durable", "0", "40", "61"].map { name in
        UInt64(name) == nil ? name : "segments/" + String(repeating: "0", count: 20 - name.count) + name + ".seg"
    }

    @Test(arguments: names)
    func `a bit flipped anywhere is found, named, and mended from the copy`(name: String) throws {
        let (files, records) = try ledgers()
        let head = try verifyLog(directory: ledgerPath, files: files).treeHead
        let path = ledgerPath + "/" + name
        let size = try #require(files.bytes(of: path)).count
        let step = environment("TRAINLEDGER_LONG") == nil ? 61 : 1
        for bit in stride(from: 0, to: size * 8, by: step) {
            let damaged = files.copy()
            damaged.flip(path, bit: bit)
            let context = Comment(rawValue: "\(name), bit \(bit)")
            let mended = try repair(damaged)
            #expect(mended.map(\.file) == [name], context)
            #expect(mended.first?.keptAs.flatMap { damaged.bytes(of: ledgerPath + "/" + $0) } != nil, context)
            try expectWhole(damaged, records, head, context)
        }
    }

    @Test func `what was mended can be written on`() throws {
        let (files, records) = try ledgers()
        let path = ledgerPath + "/" + Self.names[4]
        files.flip(path, bit: 8 * 3_000)
        _ = try repair(files)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(writer.head == 70)
        _ = try writer.append(sampleRecords(70..<80))
        try writer.close()
        #expect(try verifyLog(directory: ledgerPath, files: files).damages.isEmpty)
        #expect(
            try everything(SimulatedReader(opening: ledgerPath, files: files)) == records + sampleRecords(70..<80))
    }

    @Test(arguments: names)
    func `a file that is gone comes back`(name: String) throws {
        let (files, records) = try ledgers()
        let head = try verifyLog(directory: ledgerPath, files: files).treeHead
        files.lose(ledgerPath + "/" + name)
        // Nothing is wrong with a closed ledger that lacks `durable`, and its last file tells where it ends.
        let mended = try repair(files)
        if name != "durable" { #expect(mended.contains { $0.file == name }) }
        try expectWhole(files, records, head, Comment(rawValue: name))
    }

    @Test func `records lost from the end, to the sector or to the commit, come back`() throws {
        let (files, records) = try ledgers()
        let head = try verifyLog(directory: ledgerPath, files: files).treeHead
        let path = ledgerPath + "/" + Self.names[4]
        let bytes = try #require(files.bytes(of: path))
        let ends = commitRanges(bytes).map(\.lowerBound) + Array(stride(from: 2_048, to: bytes.count, by: 512))
        for end in ends {
            let damaged = files.copy()
            damaged.overwrite(path, with: Array(bytes[..<end]))
            // A tail that only lacks the closing marker is whole.
            _ = try repair(damaged)
            try expectWhole(damaged, records, head, Comment(rawValue: "cut at byte \(end)"))
        }
    }

    @Test func `a sound ledger is not touched`() throws {
        let (files, _) = try ledgers()
        let before = files.filePaths.map { files.bytes(of: $0) }
        #expect(try repair(files).isEmpty)
        #expect(files.filePaths.map { files.bytes(of: $0) } == before)
    }

    @Test func `a copy that lacks the records mends nothing, and says which`() throws {
        let (files, _) = try ledgers(copyUpTo: 30)
        let path = ledgerPath + "/" + Self.names[3]
        files.flip(path, bit: 8 * 2_600)
        let before = files.bytes(of: path)
        let error = #expect(throws: LogError.self) { try repair(files) }
        #expect(error?.code == .damaged)
        #expect(error?.place.positions?.lowerBound ?? 0 >= 40)
        #expect(files.bytes(of: path) == before)
    }

    @Test func `a copy with other records mends nothing`() throws {
        let (files, _) = try ledgers(copies: false)
        // The same ID, and as many records, of which some were never here.
        try SimulatedWriter.create(directory: mirrorPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: mirrorPath, files: files)
        _ = try writer.append(sampleRecords(1_000..<1_070))
        try writer.close()
        for name in [Self.names[2], Self.names[3]] {
            let damaged = files.copy()
            let path = ledgerPath + "/" + name
            damaged.flip(path, bit: 8 * 2_700)
            let before = damaged.bytes(of: path)
            #expect(throws: LogError.self) {
                try LogRepair(of: ledgerPath, from: mirrorPath, files: damaged).run()
            }
            #expect(damaged.bytes(of: path) == before)
        }
    }

    @Test func `a copy of another ledger is refused`() throws {
        let (files, _) = try ledgers()
        let otherPath = ledgerPath + "-other"
        try SimulatedWriter.create(directory: otherPath, files: files, ledgerID: ledgerID.map { $0 ^ 1 })
        #expect(throws: LogError(.outOfRange, "")) {
            try LogRepair(of: ledgerPath, from: otherPath, files: files).run()
        }
    }

    @Test func `wherever the power fails while mending, mending again makes the ledger whole`() throws {
        let (files, records) = try ledgers()
        let head = try verifyLog(directory: ledgerPath, files: files).treeHead
        files.flip(ledgerPath + "/" + Self.names[2], bit: 8 * 2_700)
        files.flip(ledgerPath + "/" + Self.names[4], bit: 8 * 2_700)
        let rehearsal = files.copy()
        let first = rehearsal.operations
        _ = try repair(rehearsal)
        for operation in first..<rehearsal.operations {
            let crashing = files.copy()
            crashing.crash(at: operation)
            _ = try? repair(crashing)
            let after = crashing.afterCrash { _ in operation % 2 == 0 }
            _ = try repair(after)
            try expectWhole(after, records, head, Comment(rawValue: "crash at operation \(operation)"))
        }
    }
}

/// A copy has the same records under the same heads.
struct CopyTests {
    private func ledger() throws -> (files: SimulatedFileSystem, writer: SimulatedWriter) {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<25))
        try writer.beginPart()
        _ = try writer.append(sampleRecords(25..<40))
        return (files, writer)
    }

    @Test func `to every position, while the ledger is written`() throws {
        let (files, writer) = try ledger()
        let reader = try SimulatedReader(opening: ledgerPath, files: files)
        for end in 0...reader.head {
            let path = "\(mirrorPath)-\(end)"
            let head = try LogCopy(of: reader, to: path, files: files).run(upTo: end)
            #expect(head == (try reader.treeHead(at: end)))
            let copy = try SimulatedReader(opening: path, files: files)
            #expect(try everything(copy) == sampleRecords(0..<end))
            _ = try writer.append(sampleRecords(writer.head..<writer.head + 1))
            let next = try SimulatedWriter(opening: path, files: files)
            _ = try next.append(sampleRecords(end..<end + 3))
            try next.close()
            #expect(try verifyLog(directory: path, files: files).damages.isEmpty)
        }
        try writer.close()
    }

    @Test func `never over something that is there, nor beyond the head, and not of a damaged log`() throws {
        let (files, writer) = try ledger()
        try writer.close()
        let reader = try SimulatedReader(opening: ledgerPath, files: files)
        #expect(throws: LogError(.alreadyExists, "")) {
            try LogCopy(of: reader, to: ledgerPath, files: files).run(upTo: 1)
        }
        #expect(throws: LogError(.outOfRange, "")) {
            try LogCopy(of: reader, to: mirrorPath, files: files).run(upTo: reader.head + 1)
        }
        files.flip(segmentPath, bit: 8 * 2_700)
        #expect(throws: LogError(.damaged, "")) {
            try LogCopy(of: SimulatedReader(opening: ledgerPath, files: files), to: mirrorPath, files: files).run(
                upTo: 40)
        }
        #expect(!files.filePaths.contains { $0.hasPrefix(mirrorPath + "/") })
    }
}
