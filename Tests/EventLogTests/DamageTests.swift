import EventLog
import LedgerTestKit
import Testing

/// Stored bytes change. Whatever changes is named, never served, and never cut.
struct DamageTests {
    /// Reads all that can be read and expects that it is what was written.
    private func expectNothingFalse(_ files: SimulatedFileSystem, _ original: [[UInt8]], _ context: String) {
        guard let reader = try? SimulatedReader(opening: ledgerPath, files: files) else { return }
        for position in 0..<min(reader.head, UInt64(original.count)) {
            guard let record = try? reader.record(at: position) else { continue }
            #expect(record == original[Int(position)], "\(context): position \(position) served falsely")
        }
        var next: UInt64 = 0
        let isWhole =
            (try? reader.forEach(from: 0, to: reader.head) { position, record in
                #expect(position == next && original[Int(position)] == [UInt8](record), "\(context)")
                next += 1
            }) != nil
        #expect(!isWhole || next == original.count, "\(context): the scan ended early without an error")
    }

    /// Expects that a writer refuses and changes nothing.
    private func expectRefusal(_ files: SimulatedFileSystem, _ context: String) {
        let before = files.filePaths.map { files.bytes(of: $0) }
        do {
            _ = try SimulatedWriter(opening: ledgerPath, files: files)
            Issue.record("\(context): a writer opened a damaged ledger")
        } catch {
            #expect(error.code == .damaged || error.code == .notALedger, "\(context): \(error)")
            #expect(error.place.file != nil, "\(context): the error names no file")
        }
        #expect(before == files.filePaths.map { files.bytes(of: $0) }, "\(context): refusing changed a file")
    }

    private static let files = ["ledger.json", "durable", "segments/00000000000000000000.seg"]

    // In eight parts, to run side by side; every bit with TRAINLEDGER_LONG=1, else verify sees every bit and
    // readers and writers every thirteenth.
    @Test(arguments: files, 0..<8)
    func `every bit flipped is named`(file: String, bitOfByte: Int) throws {
        let (files, witness) = try smallLedger()
        let original = sampleRecords(0..<witness.acknowledged)
        let path = ledgerPath + "/" + file
        let size = try #require(files.bytes(of: path)).count
        let isLong = environment("TRAINLEDGER_LONG") != nil
        for byte in 0..<size {
            let context = "\(file), byte \(byte), bit \(bitOfByte)"
            files.flip(path, bit: byte * 8 + bitOfByte)
            let report = try verifyLog(directory: ledgerPath, files: files)
            #expect(report.names(file, byte: byte), "\(context): \(report.damages)")
            if isLong || (byte + bitOfByte) % 13 == 0 {
                expectNothingFalse(files, original, context)
                // The publication is of use only beside a living writer; a writer replaces it.
                if file != "durable" { expectRefusal(files, context) }
            }
            files.flip(path, bit: byte * 8 + bitOfByte)
        }
        #expect(try verifyLog(directory: ledgerPath, files: files).damages.isEmpty)
    }

    @Test func `every truncation of a closed log is named or loses nothing`() throws {
        let (whole, witness) = try smallLedger()
        let segment = try #require(whole.bytes(of: segmentPath))
        let marker = try #require(commitRanges(segment).last)
        let original = sampleRecords(0..<witness.acknowledged)
        for length in 0..<segment.count {
            let files = whole.copy()
            files.overwrite(segmentPath, with: Array(segment.prefix(length)))
            let report = try verifyLog(directory: ledgerPath, files: files)
            let context = "\(length) bytes"
            if length < marker.lowerBound {
                #expect(!report.isSound, "\(context): \(report)")
                expectNothingFalse(files, original, context)
                expectRefusal(files, context)
            } else {
                #expect(report.isSound && report.records == witness.acknowledged, "\(context)")
                #expect(report.damages.isEmpty == (length == marker.lowerBound), "\(context)")
                checkRecovery(files, witness, context)
            }
        }
    }

    @Test func `without the publication a truncated last commit is torn, any earlier one rot`() throws {
        let (whole, _) = try smallLedger(closes: false)
        whole.lose(ledgerPath + "/durable")
        let segment = try #require(whole.bytes(of: segmentPath))
        let last = try #require(commitRanges(segment).last)
        for length in 2_048..<segment.count {
            let files = whole.copy()
            files.overwrite(segmentPath, with: Array(segment.prefix(length)))
            let report = try verifyLog(directory: ledgerPath, files: files)
            // Where a commit ends exactly, nothing but an outside record of the head can tell.
            let isBoundary = commitRanges(segment).contains { $0.lowerBound == length }
            #expect(report.damages.isEmpty == isBoundary, "\(length) bytes: \(report.damages)")
            #expect(report.damages.allSatisfy { $0.kind == .torn }, "\(length) bytes: \(report.damages)")
            let writer = try SimulatedWriter(opening: ledgerPath, files: files)
            #expect(writer.recovery.cuts.isEmpty == isBoundary)
            if length >= last.lowerBound { #expect(writer.head == 34) }
        }
    }

    @Test func `what is cut is kept aside, byte for byte`() throws {
        let (files, witness) = try smallLedger(closes: false)
        let segment = try #require(files.bytes(of: segmentPath))
        let torn = commitRanges(segment)[2]
        files.lose(ledgerPath + "/durable")
        let kept = Array(segment[..<(torn.upperBound - 700)])
        files.overwrite(segmentPath, with: kept)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(writer.head == witness.batches[1].upperBound)
        let cut = try #require(writer.recovery.cuts.first)
        #expect(cut.bytes == UInt64(torn.lowerBound)..<UInt64(kept.count))
        let aside = try #require(cut.keptAs)
        #expect(files.bytes(of: ledgerPath + "/" + aside) == Array(kept[torn.lowerBound...]))
        #expect(files.bytes(of: segmentPath)?.count == torn.lowerBound)
    }

    @Test func `a sector put in another's place is named`() throws {
        let (files, witness) = try smallLedger()
        let segment = try #require(files.bytes(of: segmentPath))
        let original = sampleRecords(0..<witness.acknowledged)
        let sectors = segment.count / 512
        for from in 0..<sectors {
            for to in 0..<sectors where from != to {
                var changed = segment
                changed.replaceSubrange(to * 512..<to * 512 + 512, with: segment[from * 512..<from * 512 + 512])
                files.overwrite(segmentPath, with: changed)
                let report = try verifyLog(directory: ledgerPath, files: files)
                #expect(report.names("segments/00000000000000000000.seg", byte: to * 512), "\(from) over \(to)")
                if from % 4 == 1 { expectNothingFalse(files, original, "\(from) over \(to)") }
            }
        }
    }

    @Test func `an older copy of a segment, another ledger's, and a missing one are named`() throws {
        let (files, witness) = try smallLedger()
        let old = try #require(files.bytes(of: segmentPath))
        var later = witness
        try append([5], to: files, &later)
        let restored = files.copy()
        restored.overwrite(segmentPath, with: old)
        #expect(try !verifyLog(directory: ledgerPath, files: restored).isSound)
        expectRefusal(restored, "an older copy")

        let other = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: other, ledgerID: ledgerID.reversed())
        let foreign = files.copy()
        foreign.overwrite(segmentPath, with: try #require(other.bytes(of: segmentPath)))
        #expect(try !verifyLog(directory: ledgerPath, files: foreign).isSound)
        expectRefusal(foreign, "another ledger's segment")

        files.lose(segmentPath)
        #expect(try !verifyLog(directory: ledgerPath, files: files).isSound)
        expectRefusal(files, "a missing segment")
    }

    @Test func `a lost header or file leaves the other segments readable`() throws {
        let (files, _) = try smallLedger()
        let parts = try SimulatedWriter(opening: ledgerPath, files: files)
        for part: UInt64 in 0..<2 {
            try parts.beginPart()
            _ = try parts.append(sampleRecords(36 + part * 10..<46 + part * 10))
        }
        try parts.close()
        for (name, lost): (String, Range<UInt64>) in [
            ("00000000000000000036.seg", 36..<46), ("00000000000000000046.seg", 46..<56),
        ] {
            for isGone in [false, true] {
                let damaged = files.copy()
                let path = ledgerPath + "/segments/" + name
                if isGone { damaged.lose(path) } else { damaged.flip(path, bit: 8_000) }
                let reader = try SimulatedReader(opening: ledgerPath, files: damaged)
                #expect(reader.head == 56)
                for position: UInt64 in 0..<56 where !lost.contains(position) {
                    #expect(try reader.record(at: position) == sampleRecord(position))
                }
                for position in lost {
                    #expect(throws: LogError(.damaged, "")) { try reader.record(at: position) }
                }
                #expect(throws: LogError(.damaged, "")) { try everything(reader) }
                let report = try verifyLog(directory: ledgerPath, files: damaged)
                #expect(report.damages.contains { $0.place.positions == lost }, "\(report.damages)")
                #expect(report.records == 46)
                // A writer reads the last segment only; the others are for verify.
                if lost.upperBound == 56 { expectRefusal(damaged, name) }
            }
        }
    }

    @Test func `rot in the middle leaves the rest readable and is named with its positions`() throws {
        let (files, _) = try smallLedger()
        let segment = try #require(files.bytes(of: segmentPath))
        let third = commitRanges(segment)[2]
        files.flip(segmentPath, bit: (third.lowerBound + 600) * 8)
        let report = try verifyLog(directory: ledgerPath, files: files)
        #expect(report.damages.count == 1)
        let damage = try #require(report.damages.first)
        #expect(damage.kind == .rot)
        #expect(damage.place.chunk == 4)
        #expect(damage.place.positions == 4..<34)
        #expect(damage.place.bytes == UInt64(third.lowerBound)..<UInt64(third.upperBound))
        #expect(report.records == 6)
        let reader = try SimulatedReader(opening: ledgerPath, files: files)
        #expect(reader.head == 36)
        #expect(try reader.record(at: 3) == sampleRecord(3))
        #expect(try reader.record(at: 35) == sampleRecord(35))
        let error = #expect(throws: LogError.self) { try reader.record(at: 20) }
        #expect(error?.code == .damaged)
        #expect(error?.place.positions == 4..<34)
    }
}
