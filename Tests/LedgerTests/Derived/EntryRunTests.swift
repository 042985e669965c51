import EventLog
import LedgerTestKit
import Testing

@testable import Ledger

/// Keys in a handful of values and far apart, so that equal ones run over pages and differences need six bytes.
enum SampleKeys: EntryUse {
    static let kind = DerivedFileKind(name: "samplekeys", layout: 1)
    static let keyShift: UInt64 = 16
    static let isScattered = true
}

typealias SampleIndex = EntryIndex<SampleKeys, SimulatedFileSystem>

@Suite("An index of entries finds what was appended")
struct EntryRunTests {
    static let secret = [UInt8](repeating: 9, count: 16)

    /// A log with segments of the given lengths, and the positions at which they end.
    static func log(_ segments: [UInt64]) throws -> SimulatedFileSystem {
        let files = SimulatedFileSystem()
        try SimulatedLedger.make(files, segments: segments + [1])
        return files
    }

    static func open<Use: EntryUse>(
        _ files: SimulatedFileSystem, _ use: Use.Type = SampleKeys.self
    ) throws -> EntryIndex<Use, SimulatedFileSystem> {
        try EntryIndex(in: SimulatedLedger.directory(files), log: try SimulatedLedger.reader(files), newSecret: secret)
    }

    static func write<Use>(
        _ index: inout EntryIndex<Use, SimulatedFileSystem>, before end: UInt64, _ files: SimulatedFileSystem
    ) throws {
        let reader = try SimulatedLedger.reader(files)
        let head = try #require(try reader.treeHead(beforeSegmentAt: end))
        try index.write(before: end, head: head, in: SimulatedLedger.directory(files), log: reader)
    }

    static func check<Use>(
        _ index: EntryIndex<Use, SimulatedFileSystem>, _ keys: [UInt64],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var expected: [UInt64: [UInt64]] = [:]
        for (position, key) in keys.enumerated() { expected[key, default: []].append(UInt64(position)) }
        for (key, positions) in expected {
            #expect(try index.positions(key) == positions, "key \(key)", sourceLocation: sourceLocation)
        }
        for key: UInt64 in [0, 1, 77, 1 << 40, 1 << 48 - 1] where expected[key] == nil {
            #expect(try index.positions(key).isEmpty, sourceLocation: sourceLocation)
        }
    }

    /// Appends random keys, writes and merges them, and looks for all of them after every step.
    static func expectFound<Use: EntryUse>(_ use: Use.Type, keysBelow limit: UInt64, _ seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let segments: [UInt64] = [700, 5, 300, 1_200, 2]
        let files = try Self.log(segments)
        var index = try Self.open(files, use)
        var keys: [UInt64] = []
        var end: UInt64 = 0
        for count in segments {
            for _ in 0..<count {
                keys.append(UInt64.random(in: 0..<limit, using: &generator))
                index.append(keys[keys.count - 1])
            }
            end += count
            try Self.check(index, keys)
            try Self.write(&index, before: end, files)
            try Self.check(index, keys)
            try index.compact(
                in: SimulatedLedger.directory(files), log: try SimulatedLedger.reader(files), onlyIfMany: false)
            try Self.check(index, keys)
            let again = try Self.open(files, use)
            #expect(again.end == end, "seed \(seed)")
            #expect(again.secret == Self.secret)
            try Self.check(again, keys)
        }
        // 700 | 5, 300, 1200 became one; 2 stands alone.
        #expect(index.stack.runs.map(\.positions.count) == [2_205, 2])
        #expect(index.stack.runs.map(\.count) == [2_205, 2])
    }

    /// Changes every byte of a run of these keys, one at a time.
    static func expectDamageNoticed<Use: EntryUse>(_ use: Use.Type, _ keys: [UInt64]) throws {
        let end = UInt64(keys.count)
        let files = try Self.log([end])
        var index = try Self.open(files, use)
        for key in keys { index.append(key) }
        try Self.write(&index, before: end, files)
        let path = try #require(files.filePaths.first { $0.contains(use.kind.name) })
        for place in 0..<(try #require(files.bytes(of: path)).count) {
            files.flip(path, bit: 8 * place + place % 8)
            let damaged = try Self.open(files, use)
            if damaged.end == end {
                #expect(throws: DerivedFileAbsence.self, "byte \(place)") {
                    for key in keys { _ = try damaged.positions(key) }
                }
            } else {
                #expect(damaged.stack.absences.count == 1)
            }
            files.flip(path, bit: 8 * place + place % 8)
        }
        try Self.check(try Self.open(files, use), keys)
    }

    @Test("from memory, from one run, from several and from merged ones", arguments: [3, 1 << 20, 1 << 48])
    func found(keyLimit: UInt64) throws {
        try Self.expectFound(SampleKeys.self, keysBelow: keyLimit, testSeed())
    }

    @Test("positions without a key are in no run")
    func withoutKey() throws {
        let files = try Self.log([4])
        var index = try Self.open(files)
        for key in [SampleIndex.noKey, 5, SampleIndex.noKey, SampleIndex.noKey] { index.append(key) }
        try Self.write(&index, before: 4, files)
        #expect(index.end == 4)
        #expect(try index.positions(5) == [1])
        #expect(index.stack.runs.map(\.count) == [1])
    }

    @Test("a run of nothing but positions without a key is a run")
    func empty() throws {
        let files = try Self.log([2])
        var index = try Self.open(files)
        index.append(SampleIndex.noKey)
        index.append(SampleIndex.noKey)
        try Self.write(&index, before: 2, files)
        #expect(try Self.open(files).end == 2)
        #expect(try Self.open(files).positions(5).isEmpty)
    }

    @Test("a directory of keys that are not spread evenly is searched as well")
    func uneven() throws {
        let files = try Self.log([20_000])
        var index = try Self.open(files)
        // Half of them at one end, a few at the other, with wide gaps between.
        let keys = (0..<20_000).map { position -> UInt64 in
            let number = UInt64(position)
            return position < 10_000 ? number << 16 : position < 19_900 ? 1 << 47 + number << 20 : 1 << 48 - 4 * number
        }
        for key in keys { index.append(key) }
        try Self.write(&index, before: 20_000, files)
        for position in stride(from: 0, to: 20_000, by: 29) {
            #expect(try index.positions(keys[position]) == [UInt64(position)])
            #expect(try index.positions(keys[position] + 1).isEmpty)
        }
    }

    @Test("entries of 100 and more bytes' worth of pages take nine bytes each at most")
    func size() throws {
        var generator = SeededGenerator(1)
        let files = try Self.log([50_000])
        var index = try Self.open(files)
        let keys = (0..<50_000).map { _ in UInt64.random(in: 0..<1 << 48, using: &generator) }
        for key in keys { index.append(key) }
        try Self.write(&index, before: 50_000, files)
        for position in stride(from: 0, to: 50_000, by: 97) {
            #expect(try index.positions(keys[position]) == [UInt64(position)])
        }
        let path = try #require(files.filePaths.first { $0.contains("samplekeys") })
        #expect(try #require(files.bytes(of: path)).count <= 9 * 50_000)
    }

    @Test("every byte changed is noticed, at the opening or at the look-up")
    func damaged() throws {
        try Self.expectDamageNoticed(SampleKeys.self, (0..<200).map { UInt64($0) << 30 })
    }
}

@Suite("Runs make one chain")
struct RunStackTests {
    private static func write(_ files: SimulatedFileSystem, upTo ends: [UInt64]) throws {
        var index = try EntryRunTests.open(files)
        for end in ends {
            while index.end < end { index.append(index.end) }
            try EntryRunTests.write(&index, before: end, files)
        }
    }

    private static func path(_ first: UInt64, _ end: UInt64) -> String {
        "/ledger/derived/" + SimulatedDirectory.name(SampleKeys.kind, first..<end)
    }

    @Test("a merged run beside those that it was made of is preferred, and the others are cleared away")
    func leftovers() throws {
        let files = try EntryRunTests.log([5, 5, 50])
        try Self.write(files, upTo: [10, 60])
        let merged = try #require(files.bytes(of: Self.path(0, 10)))
        files.lose(Self.path(0, 10))
        files.lose(Self.path(10, 60))
        try Self.write(files, upTo: [5, 10])
        files.close(try files.open(Self.path(0, 10), .create))
        files.overwrite(Self.path(0, 10), with: merged)
        let index = try EntryRunTests.open(files)
        #expect(index.stack.runs.map(\.positions) == [0..<10])
        try index.stack.removeOthers(in: SimulatedLedger.directory(files))
        #expect(files.filePaths.filter { $0.contains("derived") } == [Self.path(0, 10)])
    }

    @Test("a damaged run ends the chain, or another one takes its place")
    func damaged() throws {
        let files = try EntryRunTests.log([5, 5, 50])
        try Self.write(files, upTo: [5, 10, 60])
        files.flip(Self.path(5, 10), bit: 900)
        let index = try EntryRunTests.open(files)
        #expect(index.stack.runs.map(\.positions) == [0..<5])
        #expect(index.stack.absences.map(\.file) == ["derived/" + SimulatedDirectory.name(SampleKeys.kind, 5..<10)])
    }

    @Test("runs under another secret are left out")
    func otherSecret() throws {
        let files = try EntryRunTests.log([5, 5])
        try Self.write(files, upTo: [5, 10])
        files.lose(Self.path(0, 5))
        var index = try SampleIndex(
            in: SimulatedLedger.directory(files), log: try SimulatedLedger.reader(files),
            newSecret: [UInt8](repeating: 1, count: 16))
        while index.end < 5 { index.append(index.end) }
        try EntryRunTests.write(&index, before: 5, files)
        let again = try EntryRunTests.open(files)
        #expect(again.stack.runs.map(\.positions) == [0..<5])
        #expect(again.secret == [UInt8](repeating: 1, count: 16))
    }

    @Test("after a crash at every operation of a merge, all entries are found")
    func crash() throws {
        var number = 0
        var crashed = true
        while crashed {
            number += 1
            let files = try EntryRunTests.log([5, 5, 6])
            try Self.write(files, upTo: [5, 10, 16])
            var index = try EntryRunTests.open(files)
            let reader = try SimulatedLedger.reader(files)
            files.crash(at: files.operations + number)
            try? index.compact(in: SimulatedLedger.directory(files), log: reader, onlyIfMany: false)
            crashed = files.hasCrashed
            for keepsAll in [true, false] {
                let left = files.afterCrash { _ in keepsAll }
                let again = try EntryRunTests.open(left)
                #expect(again.end == 16, "operation \(number)")
                try EntryRunTests.check(again, (0..<16).map { $0 })
            }
        }
        #expect(number > 10)
    }
}
