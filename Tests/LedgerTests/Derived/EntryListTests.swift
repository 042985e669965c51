import EventLog
import LedgerTestKit
import Testing

@testable import Ledger

/// Keys that many positions have, as those of trainees and classes.
private enum ListedKeys: EntryUse {
    static let kind = DerivedFileKind(name: "listedkeys", layout: 1)
    static let keyShift: UInt64 = 1
    static let isScattered = false
}

private typealias ListedIndex = EntryIndex<ListedKeys, SimulatedFileSystem>

@Suite("Pages that list the positions of each key")
struct EntryListTests {
    private func open(_ files: SimulatedFileSystem) throws -> ListedIndex {
        try ListedIndex(
            in: SimulatedLedger.directory(files), log: try SimulatedLedger.reader(files),
            newSecret: [UInt8](repeating: 0, count: 16))
    }

    private func write(_ index: inout ListedIndex, before end: UInt64, _ files: SimulatedFileSystem) throws {
        let reader = try SimulatedLedger.reader(files)
        let head = try #require(try reader.treeHead(beforeSegmentAt: end))
        try index.write(before: end, head: head, in: SimulatedLedger.directory(files), log: reader)
    }

    private func check(_ index: ListedIndex, _ keys: [UInt64]) throws {
        var expected: [UInt64: [UInt64]] = [:]
        for (position, key) in keys.enumerated() { expected[key, default: []].append(UInt64(position)) }
        for (key, positions) in expected { #expect(try index.positions(key) == positions, "key \(key)") }
        for key: UInt64 in [0, 1, 77, 1 << 40, 1 << 48 - 1] where expected[key] == nil {
            #expect(try index.positions(key).isEmpty)
        }
    }

    /// The directory keeps 32 bits of a key: with its shift, keys of 33 bits.
    @Test("found in memory, in one run, in several and in merged ones", arguments: [1, 3, 90, 1 << 33])
    func found(keyLimit: UInt64) throws {
        var generator = SeededGenerator(testSeed())
        let segments: [UInt64] = [700, 5, 300, 1_200, 2]
        let files = try EntryRunTests.log(segments)
        var index = try open(files)
        var keys: [UInt64] = []
        var end: UInt64 = 0
        for count in segments {
            for _ in 0..<count {
                keys.append(UInt64.random(in: 0..<keyLimit, using: &generator))
                index.append(keys[keys.count - 1])
            }
            end += count
            try check(index, keys)
            try write(&index, before: end, files)
            try check(index, keys)
            try index.compact(
                in: SimulatedLedger.directory(files), log: try SimulatedLedger.reader(files), onlyIfMany: false)
            try check(index, keys)
            try check(try open(files), keys)
        }
        #expect(index.stack.runs.map(\.count) == [2_205, 2])
    }

    @Test("an entry of a hundred of a key takes little more than two bytes")
    func size() throws {
        var generator = SeededGenerator(1)
        let files = try EntryRunTests.log([50_000])
        var index = try open(files)
        for _ in 0..<50_000 { index.append(UInt64.random(in: 0..<500, using: &generator)) }
        try write(&index, before: 50_000, files)
        let path = try #require(files.filePaths.first { $0.contains("listedkeys") })
        #expect(try #require(files.bytes(of: path)).count <= 50_000 * 9 / 4)
    }

    @Test("every byte changed is noticed, at the opening or at the look-up")
    func damaged() throws {
        let files = try EntryRunTests.log([600])
        var index = try open(files)
        let keys = (0..<600).map { UInt64($0 % 70) << 20 }
        for key in keys { index.append(key) }
        try write(&index, before: 600, files)
        let path = try #require(files.filePaths.first { $0.contains("listedkeys") })
        for place in 0..<(try #require(files.bytes(of: path)).count) {
            files.flip(path, bit: 8 * place + place % 8)
            defer { files.flip(path, bit: 8 * place + place % 8) }
            let damaged = try open(files)
            guard damaged.end == 600 else { continue }
            #expect(throws: DerivedFileAbsence.self, "byte \(place)") {
                for key in keys { _ = try damaged.positions(key) }
            }
        }
        try check(try open(files), keys)
    }

    @Test("a page gives back its entries, and any other bytes entries of the run or none")
    func pages() {
        var generator = SeededGenerator(testSeed())
        for _ in 0..<2_000 {
            let positions: Range<UInt64> = 1_000..<1_000 + UInt64.random(in: 1...1 << 40, using: &generator)
            let keyLimit = UInt64(1) << UInt64.random(in: 0...47, using: &generator)
            let entries = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                Entry(
                    key: UInt64.random(in: 0..<keyLimit, using: &generator),
                    position: UInt64.random(in: positions, using: &generator))
            }.sorted()
            var page = EntryListPage.encoded(entries, origin: 1_000)
            #expect(page.withUnsafeBytes { EntryListPage.entries($0, positions: positions) } == entries)
            let place = Int.random(in: 0..<page.count, using: &generator)
            page[place] ^= UInt8.random(in: 1...255, using: &generator)
            let other = page.withUnsafeBytes { EntryListPage.entries($0, positions: positions) }
            #expect(other?.allSatisfy { positions.contains($0.position) } ?? true)
        }
        #expect(
            [UInt8](repeating: 0xFF, count: EntryPage.length).withUnsafeBytes {
                EntryListPage.entries($0, positions: 0..<1 << 47)
            } == nil)
        #expect([UInt8](repeating: 0, count: 3).withUnsafeBytes { EntryListPage.entries($0, positions: 0..<9) } == nil)
    }
}
