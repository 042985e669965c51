import CLZ4
import EventLog
import Foundation
import Glibc
import Ledger
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@Suite("No file holds a personal text")
struct PlaintextScanTests {
    @Test("packed or not, in the ledger, its derived files, its keys or the register; before and after an erasure")
    func scan() throws {
        try PersonalFixture.withLedger { ledger in
            let places = [ledger, ledger + ".keys", ledger + ".keys.kek", ledger + ".keys.register"]
            try LedgerFixture.append([PersonalFixture.hold], to: ledger)
            #expect(try Self.found(PersonalFixture.texts, in: places).isEmpty)
            _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            _ = try LedgerReader(opening: ledger).histories(at: try LedgerReader(opening: ledger).resolve(.head))
            try LedgerFixture.append([PersonalFixture.release], to: ledger)
            try PersonalFixture.erase(ledger)
            #expect(try PersonalFixture.files(places).count > 10)
            #expect(try PersonalFixture.files(places).contains { $0.path.contains("/derived/") })
            #expect(try Self.found(PersonalFixture.texts, in: places).isEmpty)
        }
    }

    @Test("and the scan finds the texts of ledgers of before texts were sealed", arguments: ["v0-open", "v0-sealed"])
    func control(name: String) throws {
        let golden = LedgerFixture.root.appending(path: "EventLogs/golden/\(name)").path
        let lines = try ["coffee-2026", "semi-2022", "tip-classes"].flatMap(LedgerFixture.lines)
        let reasons = try lines.flatMap { line in
            try LedgerFixture.plainTexts(line).filter { $0.utf8.count > 12 }
        }
        #expect(!reasons.isEmpty)
        #expect(try !Self.found(reasons, in: [golden]).isEmpty)
    }

    @Test("without any key, every tree head, digest and sum is what it was")
    func withoutKeys() throws {
        try PersonalFixture.withLedger { ledger in
            let before = try Self.answers(ledger)
            for path in [".keys", ".keys.kek", ".keys.register"] {
                try FileManager.default.removeItem(atPath: ledger + path)
            }
            #expect(try Self.answers(ledger) == before)
            let shown = try PersonalFixture.shown(ledger).joined()
            for text in PersonalFixture.texts { #expect(!shown.contains(text)) }
            #expect(shown.contains(#"{"sealed":true}"#))
        }
    }

    /// Tree head, digests, and what was paid and is due, as text.
    private static func answers(_ ledger: String) throws -> [String] {
        let found = try LedgerVerification(of: ledger) { _, _ in }
        #expect(found.isSound)
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(.head))
        let rebuild = try Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: 2)
        return ["\(try #require(found.log.treeHead).root)", "\(rebuild.factsDigest)", "\(rebuild.decisionsDigest)"]
    }

    /// The texts that stand in a file as they are, or in a block packed with LZ4 that begins at any of its bytes.
    private static func found(_ texts: [String], in paths: [String]) throws -> [String] {
        var found: [String] = []
        for (path, bytes) in try PersonalFixture.files(paths) {
            for text in texts where contains(bytes, text) { found.append("\(path): \(text)") }
            let contents = path.hasSuffix(".seg") ? [bytes, withoutSectorEnds(bytes)] : [bytes]
            for content in contents { found += packed(content, texts).map { "\(path), packed: \($0)" } }
        }
        return found
    }

    /// The content of the sectors of an open segment, in which a packed block runs on.
    private static func withoutSectorEnds(_ bytes: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bytes.count, by: 512).flatMap { bytes[$0..<min(bytes.count, $0 + 504)] }
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        bytes.withUnsafeBytes { memory in contains(memory, Array(text.utf8)) }
    }

    private static func contains(_ memory: UnsafeRawBufferPointer, _ text: [UInt8]) -> Bool {
        guard var place = memory.baseAddress else { return false }
        let end = place + memory.count
        while end - place >= text.count, let found = memchr(place, Int32(text[0]), end - place - text.count + 1) {
            if memcmp(found, text, text.count) == 0 { return true }
            place = UnsafeRawPointer(found) + 1
        }
        return false
    }

    private static func packed(_ bytes: [UInt8], _ texts: [String]) -> Set<String> {
        let patterns = texts.map { (text: $0, bytes: Array($0.utf8)) }
        var found: Set<String> = []
        let room = 1 << 16
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 1)
        defer { memory.deallocate() }
        memset(memory.baseAddress!, 0, room)
        bytes.withUnsafeBytes { source in
            for start in source.indices {
                let rest = source.count - start
                // What stands behind the block makes the whole fail, after the block was unpacked.
                _ = LZ4_decompress_safe(
                    source.baseAddress!.advanced(by: start).assumingMemoryBound(to: CChar.self),
                    memory.baseAddress!.assumingMemoryBound(to: CChar.self), Int32(rest), Int32(room))
                guard memory[0] != 0 || memory[1] != 0 || memory[2] != 0 || memory[3] != 0 else { continue }
                let unpacked = UnsafeRawBufferPointer(memory)
                for pattern in patterns where contains(unpacked, pattern.bytes) { found.insert(pattern.text) }
                memset(memory.baseAddress!, 0, room)
            }
        }
        return found
    }
}

extension LedgerFixture {
    /// The personal texts of an event's line.
    static func plainTexts(_ line: [UInt8]) throws -> [String] {
        let json = try JSONParser.parse(String(decoding: line, as: UTF8.self))
        guard case .string(let name) = json["type"], let type = EventType(named: name) else { return [] }
        return FieldCatalogue.fields(of: type).compactMap { field in
            guard case .sealed = field.sensitivity, case .string(let text) = json["data"]?[field.path] else {
                return nil
            }
            return text
        }
    }
}
