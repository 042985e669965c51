import EventLog
import Glibc
import Testing

/// The Python reader, written from docs/segment-format.md alone, reads what the program wrote.
struct IndependentReaderTests {
    /// Runs a shell command; its output, or nil if it failed.
    private func run(_ command: String) -> String? {
        guard let pipe = popen(command, "r") else { return nil }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            output += buffer[..<count]
        }
        return pclose(pipe) == 0 ? String(decoding: output, as: UTF8.self) : nil
    }

    private var tool: String {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Tools/segment_log.py"
    }

    @Test func `Python and Swift read the same records and the same tree head`() throws {
        guard run("/usr/bin/env python3 -c 'import lz4.block' 2>&1") != nil else {
            print("skipped: python3 with the package lz4 is not here")
            return
        }
        let directory = try TemporaryDirectory()
        let files = RealFileSystem()
        let path = directory.path + "/ledger"
        try LogWriter.create(directory: path, files: files, ledgerID: ledgerID)
        let writer = try LogWriter(opening: path, files: files)
        for (first, count, size): (UInt64, UInt64, Int) in [(0, 1, 10), (1, 40, 60), (41, 3, 4_000)] {
            _ = try writer.append(sampleRecords(first..<first + count, size: size))
        }
        try writer.beginPart()
        _ = try writer.append(sampleRecords(44..<250))
        try writer.beginPart()
        _ = try writer.append(sampleRecords(250..<300))
        try writer.seal(segmentAt: 44)
        try writer.close()
        let reader = try LogReader(opening: path, files: files)
        let output = try #require(run("/usr/bin/env python3 '\(tool)' '\(path)' 2>&1"))
        let lines = output.split(separator: "\n")
        #expect(lines.count == 301)
        for (position, line) in lines.dropLast().enumerated() {
            let record = try reader.record(at: UInt64(position))
            #expect(line == "\(position) \(record.count) \(sha256(record))")
        }
        #expect(try lines.last.map(String.init) == "head \(reader.treeHead(at: 300))")

        // One flipped bit, and it refuses.
        let segment = path + "/segments/00000000000000000000.seg"
        let file = try files.open(segment, .readWrite)
        var byte: [UInt8] = [0]
        _ = try byte.withUnsafeMutableBytes { try files.read(file, into: $0, at: 3_000) }
        byte[0] ^= 4
        try byte.withUnsafeBytes { try files.write(file, $0, at: 3_000) }
        files.close(file)
        #expect(run("/usr/bin/env python3 '\(tool)' '\(path)' 2>&1 >/dev/null") == nil)
    }
}
