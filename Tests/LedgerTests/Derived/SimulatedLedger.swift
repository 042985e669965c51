import EventLog
import Ledger
import LedgerTestKit

typealias SimulatedDirectory = DerivedDirectory<SimulatedFileSystem>
typealias SimulatedFile = DerivedFile<SimulatedFileSystem>

/// A log on a simulated disk, whose segments end early so that few records make several.
enum SimulatedLedger {
    static let path = "/ledger"

    /// A record that says only its number.
    static func record(_ number: UInt64) throws -> [UInt8] {
        try RecordParts(facts: Array("fact \(number)".utf8), envelope: Array("event \(number)".utf8), personal: [])
            .merged()
    }

    /// Makes a ledger with segments of these numbers of records.
    static func make(_ files: SimulatedFileSystem, segments: [UInt64], id: UInt8 = 1, from: UInt64 = 0) throws {
        try LogWriter.create(
            directory: path, files: files, ledgerID: [UInt8](repeating: id, count: LedgerID.length))
        try extend(files, segments: segments, from: from)
    }

    /// Appends segments; the last one is left open.
    static func extend(_ files: SimulatedFileSystem, segments: [UInt64], from: UInt64 = 0) throws {
        let writer = try LogWriter(opening: path, files: files)
        for (index, count) in segments.enumerated() {
            if index > 0 { try writer.beginPart() }
            let first = writer.head
            _ = try writer.append(try (first..<first + count).map { try record($0 + from) })
        }
        try writer.close()
    }

    static func reader(_ files: SimulatedFileSystem) throws -> LogReader<SimulatedFileSystem> {
        try LogReader(opening: path, files: files)
    }

    static func directory(_ files: SimulatedFileSystem) -> SimulatedDirectory {
        SimulatedDirectory(ledger: path, files: files)
    }
}
