import EventLog
import Foundation
import Histories
import Testing
import TrainingEvents

@testable import Ledger

@Suite("The index of positions answers what the log answers, or is not believed")
struct SubjectIndexTests {
    /// A ledger in several sealed parts and an open one, with the index over the sealed ones.
    private func withIndexed(_ work: (String) throws -> Void) throws {
        try LedgerFixture.withLedger { ledger in
            for example in ["coffee-2026", "semi-2022"] {
                try LedgerFixture.append(try LedgerFixture.lines(example), to: ledger)
                _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            }
            try LedgerFixture.append(try LedgerFixture.lines("tip-classes"), to: ledger)
            try work(ledger)
        }
    }

    private func derivedFiles(_ ledger: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: URL(filePath: ledger + "/derived"), includingPropertiesForKeys: nil
        )
        .filter { $0.lastPathComponent.hasPrefix("positions-") }
        .sorted { $0.path < $1.path }
    }

    /// The positions of what bears on a trainee.
    private func bearing(_ ledger: String, _ trainee: String) throws -> [UInt64] {
        let reader = try LedgerReader(opening: ledger)
        return try reader.events(bearingOn: trainee, at: try reader.resolve(.head)).events.map(\.position)
    }

    private func trainees(_ ledger: String) throws -> [String] {
        let reader = try LedgerReader(opening: ledger)
        return try reader.histories(at: try reader.resolve(.head)).registry.trainees.ids
    }

    @Test("the events that bear on each trainee are the same with and without it, at several positions")
    func sameEvents() throws {
        try withIndexed { ledger in
            let reader = try LedgerReader(opening: ledger)
            let ids = try trainees(ledger)
            #expect(ids.count > 50)
            for count in [reader.head, reader.head * 2 / 3, 700] {
                let indexed = try SubjectLookup(reader, upTo: count, usesIndex: true)
                let unindexed = try SubjectLookup(reader, upTo: count, usesIndex: false)
                #expect(try indexed.rulebookPositions() == unindexed.rulebookPositions())
                for kind in SubjectKind.allCases {
                    for number in UInt32(0)..<UInt32(ids.count + 3) {
                        #expect(
                            try indexed.positions(of: number, kind) == unindexed.positions(of: number, kind),
                            "\(kind) \(number) up to @\(count)")
                    }
                }
                for (number, id) in ids.enumerated() {
                    let found = try indexed.numbers(of: id, .trainee)
                    let isKnown = try !indexed.positions(of: UInt32(number), .trainee).isEmpty
                    #expect(found.contains(UInt32(number)) || !isKnown, "\(id)")
                }
            }
        }
    }

    @Test("it is there, covers the finished segments, and is few files after many seals")
    func upkeep() throws {
        try LedgerFixture.withLedger { ledger in
            let lines = try LedgerFixture.lines("tip-classes")
            for part in 0..<12 {
                try LedgerFixture.append(Array(lines[part * 50..<part * 50 + 50]), to: ledger)
                _ = try SegmentSealing(ledger: ledger, includingOpen: true)
                let log = try LogReader(opening: ledger, files: RealFileSystem())
                let index = SubjectIndex(of: log, in: DerivedDirectory(ledger: ledger, files: RealFileSystem()))
                #expect(index.covered == log.head)
                #expect(index.absence == nil)
                #expect(index.ranges.count <= 3)
                #expect(try derivedFiles(ledger).count == index.ranges.count, "what was replaced is removed")
            }
        }
    }

    @Test("a long file is kept, a short one is made anew with what follows it")
    func growth() {
        #expect(SubjectIndexUpkeep.kept([0..<400, 400..<500], 600) == [])
        #expect(SubjectIndexUpkeep.kept([0..<400, 400..<450], 490) == [0..<400])
        #expect(SubjectIndexUpkeep.kept([0..<400, 400..<450], 460) == [0..<400, 400..<450])
        #expect(SubjectIndexUpkeep.kept([0..<400], 501) == [])
        #expect(SubjectIndexUpkeep.kept([0..<400], 500) == [0..<400])
        let most = SubjectIndexUpkeep.positionsPerFile
        #expect(SubjectIndexUpkeep.kept([0..<most], most + most / 2) == [0..<most], "a full file is never made anew")
    }

    @Test("any damaged byte of it is noticed: the events found are the log's all the same")
    func damage() throws {
        try withIndexed { ledger in
            let ids = try trainees(ledger)
            let id = try #require(ids.dropFirst(ids.count / 2).first)
            let expected = try bearing(ledger, id)
            for file in try derivedFiles(ledger) {
                let whole = try Data(contentsOf: file)
                // Every byte of the header, and a sample of the others that a prime leads through.
                let places = Array(0..<min(512, whole.count)) + stride(from: 512, to: whole.count, by: 397)
                for place in places {
                    var damaged = whole
                    damaged[place] ^= 1 << UInt8(place % 8)
                    try damaged.write(to: file)
                    #expect(try bearing(ledger, id) == expected, "\(file.lastPathComponent), byte \(place)")
                }
                for length in [0, 511, 512, whole.count / 2, whole.count - 1] {
                    try whole.prefix(length).write(to: file)
                    #expect(try bearing(ledger, id) == expected, "cut to \(length)")
                }
                try whole.write(to: file)
            }
        }
    }

    @Test("without derived/, and with the derived/ of another ledger, the answers are the log's")
    func missingAndForeign() throws {
        try withIndexed { ledger in
            let id = try #require(try trainees(ledger).last)
            let expected = try bearing(ledger, id)
            try withIndexed { other in
                try FileManager.default.removeItem(atPath: ledger + "/derived")
                #expect(try bearing(ledger, id) == expected)
                try FileManager.default.copyItem(atPath: other + "/derived", toPath: ledger + "/derived")
                #expect(try bearing(ledger, id) == expected)
            }
        }
    }

    @Test("an ID that nobody has is unknown, and the likely one is suggested")
    func unknown() throws {
        try withIndexed { ledger in
            let reader = try LedgerReader(opening: ledger)
            let id = try #require(try trainees(ledger).first)
            do throws(LedgerError) {
                _ = try reader.events(bearingOn: id + "x", at: try reader.resolve(.head))
                Issue.record("found")
            } catch {
                guard case .unknown(_, _, let suggestion) = error else { throw error }
                #expect(suggestion == id)
            }
        }
    }
}
