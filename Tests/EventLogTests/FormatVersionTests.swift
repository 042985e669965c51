import LedgerTestKit
import Testing

@testable import EventLog

/// New ledgers are of format version 1; those of version 0 stay what they are and do everything.
struct FormatVersionTests {
    private typealias Writer = LogWriter<RealFileSystem>
    private let files = RealFileSystem()

    /// A ledger of three segments, the first one sealed, of the format version given.
    private func withLedger(_ version: UInt16, _ work: (String) throws -> Void) throws {
        let directory = try TemporaryDirectory()
        let ledger = directory.path + "/ledger"
        try Writer.create(directory: ledger, files: files, ledgerID: ledgerID)
        for first in try segments(ledger) { try setVersion(version, ofSegment: first, ledger) }
        try setDescription(version, ledger)
        try append(0..<20, to: ledger)
        try append(20..<30, to: ledger)
        let writer = try Writer(opening: ledger, files: files)
        try writer.seal(segmentAt: 0)
        try writer.close()
        try work(ledger)
    }

    /// Appends records and lets the log go on in another segment.
    private func append(_ positions: Range<UInt64>, to ledger: String) throws {
        let writer = try Writer(opening: ledger, files: files)
        _ = try writer.append(sampleRecords(positions))
        try writer.beginPart()
        try writer.close()
    }

    private func segments(_ ledger: String) throws -> [String] {
        try files.list(ledger + "/segments").map { "\(ledger)/segments/\($0)" }.sorted()
    }

    private func setDescription(_ version: UInt16, _ ledger: String) throws {
        let id = try #require(LedgerID(ledgerID))
        let description = LedgerDescription(version: version, ledgerID: id)
        try files.replace(ledger + "/ledger.json", in: ledger, with: description.encoded)
    }

    /// Puts another version into a segment's header, whose checksums then fit again.
    private func setVersion(_ version: UInt16, ofSegment path: String, _ ledger: String) throws {
        var bytes = try files.content(path, limit: 1 << 24)
        (bytes[8], bytes[9]) = (UInt8(version & 0xFF), UInt8(version >> 8))
        reseal(&bytes, sectorAt: 0)
        try files.replace(path, in: ledger + "/segments", with: bytes)
    }

    private func versions(_ ledger: String) throws -> [UInt16] {
        try segments(ledger).map { path in
            let bytes = try files.content(path, limit: 1 << 24)
            return UInt16(bytes[8]) | UInt16(bytes[9]) << 8
        }
    }

    private func error(_ work: () throws -> Void) throws -> LogError {
        try #require(throws: LogError.self, performing: work)
    }

    @Test(arguments: [0, 1] as [UInt16])
    func `a ledger is of one version, whatever is appended, sealed, copied and mended`(version: UInt16) throws {
        try withLedger(version) { ledger in
            #expect(try versions(ledger) == [version, version, version])
            #expect(try verifyLog(directory: ledger, files: files).isSound)
            let reader = try LogReader(opening: ledger, files: files)
            #expect(reader.formatVersion == version)
            #expect(try everything(reader) == sampleRecords(0..<30))
            let copy = ledger + "-copy"
            _ = try LogCopy(of: reader, to: copy, files: files).run(upTo: reader.head)
            #expect(try LogReader(opening: copy, files: files).formatVersion == version)
            #expect(Set(try versions(copy)) == [version])
            try files.remove(ledger + "/ledger.json")
            try files.remove(try segments(ledger)[1])
            _ = try LogRepair(of: ledger, from: copy, files: files).run()
            #expect(try versions(ledger) == [version, version, version])
            #expect(try LogReader(opening: ledger, files: files).formatVersion == version)
            #expect(try everything(LogReader(opening: ledger, files: files)) == sampleRecords(0..<30))
        }
    }

    @Test func `new ledgers are of version 1`() throws {
        let directory = try TemporaryDirectory()
        let ledger = directory.path + "/ledger"
        try Writer.create(directory: ledger, files: files, ledgerID: ledgerID)
        let text = String(decoding: try files.content(ledger + "/ledger.json", limit: 200), as: UTF8.self)
        #expect(text.hasPrefix("{\"format\":1,\"ledger\":\""))
        #expect(try versions(ledger) == [1])
    }

    @Test func `version 2 is refused by reader, writer and verification, and named`() throws {
        try withLedger(1) { ledger in
            try setDescription(2, ledger)
            for error in [
                try error { _ = try LogReader(opening: ledger, files: files) },
                try error { _ = try Writer(opening: ledger, files: files) },
                try error { _ = try verifyLog(directory: ledger, files: files) },
            ] {
                #expect(error.code == .formatTooNew && error.exitStatus == 65)
                #expect(error.reason == "format version 2 is later than 1, the latest that this program knows")
                #expect(error.place.file == "ledger.json")
            }
        }
        try withLedger(1) { ledger in
            try setVersion(2, ofSegment: try segments(ledger)[1], ledger)
            let error = try error { _ = try everything(LogReader(opening: ledger, files: files)) }
            #expect(error.code == .formatTooNew && error.reason.hasPrefix("segment of format version 2"))
        }
    }

    @Test func `a segment of another version than its ledger is named, and not written to`() throws {
        for (place, version) in [(1, UInt16(0)), (2, 0)] {
            try withLedger(1) { ledger in
                try setVersion(version, ofSegment: try segments(ledger)[place], ledger)
                let report = try verifyLog(directory: ledger, files: files)
                let first: UInt64 = [0, 20, 30][place]
                #expect(report.damages.first?.place.file == "segments/" + Format.segmentName(first: first))
                #expect(report.damages.first?.message == "a segment of format version 0 in a ledger of version 1")
                guard place == 2 else { return }
                let refusal = try error { _ = try Writer(opening: ledger, files: files) }
                #expect(refusal.code == .damaged)
            }
        }
    }

    /// `v0-sealed` has blocks of before there were columns, `v0-columns` has none.
    @Test(arguments: [("v0-sealed", false), ("v0-columns", true)])
    func `blocks without a byte for their form are of version 0 only`(golden: String, isSound: Bool) throws {
        let directory = try TemporaryDirectory()
        let ledger = directory.path + "/ledger"
        try copyGolden(golden, to: ledger)
        #expect(try verifyLog(directory: ledger, files: files).isSound)
        for path in try segments(ledger) { try setVersion(1, ofSegment: path, ledger) }
        let id = try LogReader(opening: ledger, files: files).ledgerID
        let description = LedgerDescription(version: 1, ledgerID: id)
        try files.replace(ledger + "/ledger.json", in: ledger, with: description.encoded)
        #expect(try verifyLog(directory: ledger, files: files).isSound == isSound)
    }

    private func copyGolden(_ name: String, to ledger: String) throws {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let golden = "/\(tests)/EventLogs/golden/\(name)"
        try files.makeDirectory(ledger)
        try files.makeDirectory(ledger + "/segments")
        for name in ["ledger.json", "durable", "LOCK"] {
            try files.replace("\(ledger)/\(name)", in: ledger, with: files.content("\(golden)/\(name)", limit: 4_096))
        }
        for name in try files.list(golden + "/segments") {
            let bytes = try files.content("\(golden)/segments/\(name)", limit: 1 << 24)
            try files.replace("\(ledger)/segments/\(name)", in: ledger + "/segments", with: bytes)
        }
    }
}
