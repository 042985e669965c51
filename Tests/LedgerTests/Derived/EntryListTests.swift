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

@Suite("Pages that list the positions of each key")
struct EntryListTests {
    /// The directory keeps 32 bits of a key: with its shift, keys of 33 bits.
    @Test("found in memory, in one run, in several and in merged ones", arguments: [1, 3, 90, 1 << 33])
    func found(keyLimit: UInt64) throws {
        try EntryRunTests.expectFound(ListedKeys.self, keysBelow: keyLimit, testSeed())
    }

    @Test("every byte changed is noticed, at the opening or at the look-up")
    func damaged() throws {
        try EntryRunTests.expectDamageNoticed(ListedKeys.self, (0..<600).map { UInt64($0 % 70) << 20 })
    }

    @Test("an entry of a hundred of a key takes little more than two bytes")
    func size() throws {
        var generator = SeededGenerator(1)
        let files = try EntryRunTests.log([50_000])
        var index = try EntryRunTests.open(files, ListedKeys.self)
        for _ in 0..<50_000 { index.append(UInt64.random(in: 0..<500, using: &generator)) }
        try EntryRunTests.write(&index, before: 50_000, files)
        let path = try #require(files.filePaths.first { $0.contains("listedkeys") })
        #expect(try #require(files.bytes(of: path)).count <= 50_000 * 9 / 4)
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
