import EventLog
import Foundation
import Histories

import Testing
import TrainingEvents

@testable import Ledger
@testable import LedgerTestKit

@Suite("Folding on from a snapshot gives what folding the log gives")
struct SnapshotTests {
    /// A generated ledger with a segment boundary after each of `parts` parts and a snapshot at the boundaries named.
    private func withSnapshots(
        seed: UInt64, parts: Int, at boundaries: Set<Int>, _ work: (String) throws -> Void
    ) throws {
        try LedgerFixture.withLedger { ledger in
            var lines: [[UInt8]] = []
            var generator = PopulationGenerator(trainees: 80, seed: seed)
            while let line = generator.next() { lines.append(line) }
            for part in 0..<parts {
                let writer = try LedgerFixture.writer(ledger)
                for line in lines[lines.count * part / parts..<lines.count * (part + 1) / parts] {
                    _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
                }
                try writer.commit()
                try writer.close()
                _ = try SegmentSealing(ledger: ledger, includingOpen: true)
                if boundaries.contains(part) { try makeSnapshot(ledger) }
            }
            try work(ledger)
        }
    }

    private func makeSnapshot(_ ledger: String) throws {
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(.head))
        let head = try #require(try reader.log.treeHead(beforeSegmentAt: reader.head))
        try FactsSnapshotFile.write(
            histories, head: head, ledgerID: reader.log.ledgerID,
            in: DerivedDirectory(ledger: ledger, files: RealFileSystem()))
    }

    private func expectSame(_ ledger: String, _ count: UInt64, _ comment: Comment) throws {
        let reader = try LedgerReader(opening: ledger)
        let point = try reader.resolve(.position(count))
        let expected = try reader.histories(at: point)
        let found = try reader.histories(at: point, jobs: 2, usingSnapshots: true)
        #expect(found.trainees == expected.trainees, comment)
        #expect(found.classes == expected.classes, comment)
        #expect(found.units == expected.units, comment)
        #expect(found.complaints == expected.complaints, comment)
        #expect(found.adoptions == expected.adoptions, comment)
        #expect(found.eventCount == expected.eventCount, comment)
        #expect(found.lastRecordedTime == expected.lastRecordedTime, comment)
        #expect(found.registry.trainees.ids == expected.registry.trainees.ids, comment)
        #expect(found.registry.classes.ids == expected.registry.classes.ids, comment)
        #expect(FactsDigest(found, jobs: 1).root == FactsDigest(expected, jobs: 2).root, comment)
        for number in expected.trainees.indices.map({ TraineeNumber(UInt32($0)) }) {
            #expect(found.linkedTrainees(number) == expected.linkedTrainees(number), comment)
        }
    }

    @Test(
        "at every kind of point around the snapshots, also where what they hold was retracted since",
        arguments: [
            21, 22, 23,
        ] as [UInt64])
    func generated(seed: UInt64) throws {
        try withSnapshots(seed: seed, parts: 5, at: [1, 3]) { ledger in
            let reader = try LedgerReader(opening: ledger)
            let ends = FactsSnapshotFile.all(of: reader, before: reader.head).map(\.position)
            #expect(ends.count == 2)
            // A snapshot serves only if folding on from it does; at the head it must, retractions and all.
            let latest = try #require(FactsSnapshotFile.all(of: reader, before: reader.head).first)
            #expect(try reader.foldFacts(upTo: reader.head, on: latest, jobs: 1) != nil)
            for end in ends {
                for count in [end - 1, end, end + 1, end + 97, min(reader.head, end + 2_000)] {
                    try expectSame(ledger, count, "seed \(seed), @\(count)")
                }
            }
            try expectSame(ledger, reader.head, "seed \(seed), head")
            try expectSame(ledger, 1, "seed \(seed), before all")
        }
    }

    @Test("any damaged byte of it is noticed, and the log is folded instead")
    func damage() throws {
        try withSnapshots(seed: 31, parts: 2, at: [0]) { ledger in
            let reader = try LedgerReader(opening: ledger)
            let expected = FactsDigest(try reader.histories(at: try reader.resolve(.head)), jobs: 1).root
            let folder = URL(filePath: ledger + "/derived")
            let file = try #require(
                try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                    .first { $0.lastPathComponent.hasPrefix("facts-") })
            let whole = try Data(contentsOf: file)
            for place in Array(stride(from: 0, to: 512, by: 37)) + Array(stride(from: 512, to: whole.count, by: 4_001))
            {
                var damaged = whole
                damaged[place] ^= 1 << UInt8(place % 8)
                try damaged.write(to: file)
                let histories = try reader.histories(at: try reader.resolve(.head), jobs: 1, usingSnapshots: true)
                #expect(FactsDigest(histories, jobs: 1).root == expected, "byte \(place)")
            }
            for length in [0, 512, whole.count / 3, whole.count - 1] {
                try whole.prefix(length).write(to: file)
                let histories = try reader.histories(at: try reader.resolve(.head), jobs: 1, usingSnapshots: true)
                #expect(FactsDigest(histories, jobs: 1).root == expected, "cut to \(length)")
            }
        }
    }

    @Test("no bytes make reading one trap", arguments: 0..<40 as Range<UInt64>)
    func hostile(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        let bytes = (0..<400).map { _ in UInt8(random.within(0...(seed % 2 == 0 ? 15 : 255))) }
        bytes.withUnsafeBytes { buffer in
            guard let snapshot = try? HistoriesSnapshot(reading: buffer) else { return }
            _ = try? snapshot.trainees(ofPage: 0, buffer)
            var histories = LedgerHistories()
            try? snapshot.readOthers(into: &histories) { _, take throws(SnapshotFault) in try take(buffer) }
        }
    }

    @Test("of many, the last is kept, and those at most half as long as the next")
    func replaced() {
        #expect(SnapshotUpkeep.replaced([10]) == [])
        #expect(SnapshotUpkeep.replaced([5, 10]) == [])
        #expect(SnapshotUpkeep.replaced([6, 10]) == [6])
        #expect(SnapshotUpkeep.replaced([1, 2, 3, 4, 8, 9, 16]) == [9, 3])
    }
}
