import EventLog
import LedgerTestKit
import Testing

/// Walks the table of recovery decisions: each row is brought about and decided by the real code.
struct RecoveryRuleTests {
    @Test func `the table has every case once`() {
        for finding in Finding.allCases {
            for isAcknowledged in [false, true] {
                let rows = RecoveryRule.table.filter {
                    $0.finding == finding && $0.isAcknowledged == isAcknowledged
                }
                #expect(rows.count == 1, "\(finding), \(isAcknowledged)")
            }
        }
        #expect(RecoveryRule.table.count == 2 * Finding.allCases.count)
    }

    @Test func `nothing acknowledged is ever cut, and nothing but torn tails is`() {
        for row in RecoveryRule.table where row.decision == .cut {
            #expect(!row.isAcknowledged)
            #expect([.zeros, .incompleteCommit, .unfinishedBatch].contains(row.finding))
        }
    }

    @Test(arguments: RecoveryRule.table)
    func `each row is decided as it says`(row: RecoveryRule) throws {
        let (files, head) = try ledger(endingWith: row.finding)
        let publication = Publication(
            ledgerID: try #require(LedgerID(ledgerID)), durable: row.isAcknowledged ? head + 1 : head, epoch: 1)
        files.overwrite(ledgerPath + "/durable", with: publication.encoded)
        let before = files.filePaths.map { files.bytes(of: $0) }
        switch row.decision {
        case .accept, .cut:
            let writer = try SimulatedWriter(opening: ledgerPath, files: files)
            #expect(writer.head == head)
            #expect(writer.recovery.cuts.map(\.finding).contains(row.finding) == (row.decision == .cut))
            _ = try writer.append([sampleRecord(head)])
            try writer.close()
            #expect(try verifyLog(directory: ledgerPath, files: files).damages.isEmpty)
        case .refuse:
            let error = #expect(throws: LogError.self) { try SimulatedWriter(opening: ledgerPath, files: files) }
            #expect(error?.code == .damaged)
            #expect(error?.reason.contains(row.because) == true)
            #expect(error?.place.positions?.lowerBound == head)
            #expect(before == files.filePaths.map { files.bytes(of: $0) })
            #expect(try !verifyLog(directory: ledgerPath, files: files).isSound)
        }
    }

    /// A ledger that ends in this way, and the head that recovery finds in it.
    private func ledger(endingWith finding: Finding) throws -> (SimulatedFileSystem, UInt64) {
        if finding == .unfinishedBatch { return try unfinishedBatch() }
        let (files, _) = try smallLedger(closes: false)
        var segment = try #require(files.bytes(of: segmentPath))
        let commits = commitRanges(segment)
        let large = commits[2]
        switch finding {
        case .nothing:
            return (files, 36)
        case .zeros:
            files.overwrite(segmentPath, with: segment + [UInt8](repeating: 0, count: 1_000))
            return (files, 36)
        case .incompleteCommit:
            segment.replaceSubrange(large.lowerBound..<large.lowerBound + 512, with: [UInt8](repeating: 0, count: 512))
            files.overwrite(segmentPath, with: Array(segment[..<large.upperBound]))
            return (files, 4)
        case .badSector:
            files.flip(segmentPath, bit: (segment.count - 100) * 8)
            return (files, 34)
        case .laterCommit:
            segment.replaceSubrange(large, with: [UInt8](repeating: 0, count: large.count))
            files.overwrite(segmentPath, with: segment)
            return (files, 4)
        case .inconsistent:
            let last = commits[commits.count - 1].lowerBound
            segment[last + 100] ^= 1
            reseal(&segment, sectorAt: last)
            files.overwrite(segmentPath, with: segment)
            return (files, 34)
        case .unfinishedBatch: preconditionFailure("made above")
        }
    }

    /// The first commit of a batch of two, whole.
    private func unfinishedBatch() throws -> (SimulatedFileSystem, UInt64) {
        let (files, _) = try smallLedger()
        let path = ledgerPath + "/segments"
        let crashing = files.copy()
        let records = sampleRecords(36..<36 + 140, size: 130_000)
        var operation = 1
        while true {
            let trial = crashing.copy()
            trial.crash(at: operation)
            _ = try? SimulatedWriter(opening: ledgerPath, files: trial).append(records)
            let size = trial.bytes(of: path + "/00000000000000000000.seg")?.count ?? 0
            // The second commit of the batch is not begun, the first is as large as commits get.
            if size > 1 << 20 { return (trial.afterCrash { _ in true }, 36) }
            operation += 1
        }
    }
}
