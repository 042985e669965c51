import Foundation
import Histories
import Testing
import TrainingEvents

@testable import EventLog
@testable import Ledger
@testable import LedgerTestKit

@Suite("What is kept between questions answers as a ledger opened anew does")
struct LedgerMemoryTests {
    /// What a question gives: who bears on whom, and everyone's facts.
    private struct Answer: Equatable, Sendable {
        var head: UInt64
        var bearing: [String: [UInt64]]
        var persons: [String: [TraineeHistory?]]
        var facts: String

        init(_ reader: LedgerReader, of ids: [String], at asOf: AsOf = .head) throws(LedgerError) {
            let point = try reader.resolve(asOf)
            head = reader.head
            (bearing, persons) = ([:], [:])
            for id in ids {
                do throws(LedgerError) {
                    bearing[id] = try reader.personEvents(of: id, at: point).events.map(\.position)
                    let (histories, members) = try reader.histories(of: id, at: point)
                    persons[id] = members.map { histories.trainee($0) }
                } catch {
                    guard case .unknown = error else { throw error }
                }
            }
            let histories = try reader.histories(at: point)
            facts =
                "\(FactsDigest(histories, jobs: 1).root) \(histories.eventCount) "
                + "\(histories.lastRecordedTime.map(String.init(describing:)) ?? "-")"
        }
    }

    private func kept(
        _ memory: LedgerMemory, _ ids: [String], at asOf: AsOf = .head
    ) throws(LedgerError) -> Answer {
        try memory.answer(nil, keys: nil) { reader throws(LedgerError) in try Answer(reader, of: ids, at: asOf) }
    }

    private func anew(_ ledger: String, _ ids: [String], at asOf: AsOf = .head) throws(LedgerError) -> Answer {
        try Answer(LedgerReader(opening: ledger, keys: nil), of: ids, at: asOf)
    }

    private func ids(_ ledger: String) throws -> [String] {
        let reader = try LedgerReader(opening: ledger, keys: nil)
        return try reader.histories(at: try reader.resolve(.head)).registry.trainees.ids
    }

    @Test(
        "after everything that is appended and sealed between, with amendments, links and retractions, also of the past",
        arguments: [1, 2, 4] as [UInt64])
    func appended(seed: UInt64) throws {
        let story = CurrentDecisionsTests.story(seed: seed, trainees: 5)
        let registry = try story.histories().registry
        let lines = story.events.enumerated().map { index, event in
            Array(event.json(sequence: UInt64(index), registry: registry).text.utf8)
        }
        var chance = SeededGenerator(seed)
        try LedgerFixture.withLedger { ledger in
            let memory = LedgerMemory(of: ledger, keepingFactsUpTo: 1_000_000)
            var told = 0
            while told < lines.count {
                let next = min(lines.count, told + 1 + Int(chance.next() % 90))
                try LedgerFixture.append(Array(lines[told..<next]), to: ledger)
                told = next
                if chance.next() % 4 == 0 { _ = try SegmentSealing(ledger: ledger, includingOpen: true) }
                let ids = try ids(ledger)
                let comment: Comment = "seed \(seed), @\(told)"
                #expect(try kept(memory, ids) == anew(ledger, ids), comment)
                let past = AsOf.position(chance.next() % UInt64(told + 1))
                #expect(try kept(memory, ids, at: past) == anew(ledger, ids, at: past), "\(comment) at \(past)")
            }
            let retracted = Set(story.events.filter { $0.type == .eventRetracted }.map(\.subject))
            #expect(!retracted.isEmpty, "seed \(seed)")
        }
    }

    @Test("while another process has the ledger open and appends one event after the other")
    func beside() throws {
        try LedgerFixture.withLedger { ledger in
            let lines = try LedgerFixture.lines("tip-classes")
            try LedgerFixture.append(Array(lines[..<300]), to: ledger)
            let memory = LedgerMemory(of: ledger, keepingFactsUpTo: 1_000_000)
            let ids = try ids(ledger)
            let writer = try LedgerFixture.writer(ledger)
            for line in lines[300..<330] {
                _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
                try writer.commit()
                #expect(try kept(memory, ids) == anew(ledger, ids))
            }
            try writer.close()
            #expect(try kept(memory, ids) == anew(ledger, ids))
        }
    }

    @Test("for many threads that ask while events are recorded")
    func threads() throws {
        try LedgerFixture.withLedger { ledger in
            let lines = try LedgerFixture.lines("tip-classes")
            try LedgerFixture.append(Array(lines[..<300]), to: ledger)
            let memory = LedgerMemory(of: ledger, keepingFactsUpTo: 1_000_000)
            let ids = Array(try ids(ledger).prefix(5))
            let answers = Mutexed<[UInt64: [Answer]]>([:])
            let appending = Thread {
                guard let writer = try? LedgerFixture.writer(ledger) else { return }
                for line in lines[300..<400] {
                    _ = try? writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
                    try? writer.commit()
                }
                try? writer.close()
            }
            appending.start()
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                for _ in 0..<20 {
                    guard let answer = try? kept(memory, ids) else { continue }
                    answers.update { $0[answer.head, default: []].append(answer) }
                }
            }
            while !appending.isFinished { usleep(1_000) }
            #expect(try kept(memory, ids).head == 400)
            #expect(answers.value.values.joined().count == 160)
            for (head, found) in answers.value {
                var expected = try anew(ledger, ids, at: .position(head))
                expected.head = head
                #expect(found.allSatisfy { $0 == expected }, "@\(head)")
            }
        }
    }

    @Test("for another ledger with as many events in its place, though no reader of the first was left to notice")
    func replacedUnseen() throws {
        try LedgerFixture.withLedger { ledger in
            let other = ledger + "-other"
            try LedgerWriter.create(other)
            try LedgerFixture.append(Array(try LedgerFixture.lines("tip-classes")[..<300]), to: ledger)
            try LedgerFixture.append(Array(try LedgerFixture.lines("coffee-2026")[..<300]), to: other)
            let memory = LedgerMemory(of: ledger, keepingFactsUpTo: 1_000_000)
            let ids = try ids(ledger)
            #expect(try kept(memory, ids) == anew(ledger, ids))
            // An answer that fails lets go of its reader.
            #expect(throws: LedgerError.self) {
                try memory.answer(nil, keys: nil) { reader throws(LedgerError) in
                    throw LedgerError.log(LogError(.damaged, "as if", .init()))
                }
            }
            try FileManager.default.moveItem(atPath: ledger, toPath: ledger + "-first")
            try FileManager.default.moveItem(atPath: other, toPath: ledger)
            let newIDs = try self.ids(ledger)
            #expect(newIDs != ids)
            #expect(try kept(memory, newIDs) == anew(ledger, newIDs))
        }
    }

    @Test("for a ledger whose facts are too many to be kept")
    func unkept() throws {
        try LedgerFixture.withLedger { ledger in
            let lines = try LedgerFixture.lines("tip-classes")
            let memory = LedgerMemory(of: ledger, keepingFactsUpTo: 350)
            for end in [300, 400] {
                try LedgerFixture.append(Array(lines[(end == 300 ? 0 : 300)..<end]), to: ledger)
                let ids = try ids(ledger)
                #expect(try kept(memory, ids) == anew(ledger, ids))
            }
        }
    }
}

@Suite("What is kept between questions is not believed longer than the files bear it out")
struct LedgerMemoryDamageTests {
    private func withSealed(_ work: (String, LedgerMemory, String) throws -> Void) throws {
        try LedgerFixture.withLedger { ledger in
            try LedgerFixture.append(try LedgerFixture.lines("coffee-2026"), to: ledger)
            _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            try LedgerFixture.append(Array(try LedgerFixture.lines("tip-classes")[..<300]), to: ledger)
            let reader = try LedgerReader(opening: ledger, keys: nil)
            let id = try #require(try reader.histories(at: try reader.resolve(.head)).registry.trainees.ids.first)
            try work(ledger, LedgerMemory(of: ledger, keepingFactsUpTo: 0), id)
        }
    }

    private func positions(_ memory: LedgerMemory, _ id: String) throws(LedgerError) -> [UInt64] {
        try memory.answer(nil, keys: nil) { reader throws(LedgerError) in
            try reader.personEvents(of: id, at: try reader.resolve(.head)).events.map(\.position)
        }
    }

    @Test("derived files may go, or be damaged, between two questions")
    func derived() throws {
        try withSealed { ledger, memory, id in
            let before = try positions(memory, id)
            #expect(!before.isEmpty)
            let directory = ledger + "/derived"
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
                let path = "\(directory)/\(name)"
                var bytes = try #require(FileManager.default.contents(atPath: path))
                for index in bytes.indices { bytes[index] ^= 0x10 }
                let handle = try #require(FileHandle(forWritingAtPath: path))
                try handle.write(contentsOf: bytes)
                try handle.close()
            }
            #expect(try positions(memory, id) == before)
            try FileManager.default.removeItem(atPath: directory)
            #expect(try positions(memory, id) == before)
        }
    }

    @Test("a segment that cannot be read is an error, and is read again once it is mended")
    func segment() throws {
        try withSealed { ledger, memory, id in
            let path = ledger + "/segments/" + Format.segmentName(first: 0)
            let whole = try #require(FileManager.default.contents(atPath: path))
            var damaged = whole
            for index in damaged.indices.dropFirst(Format.headerSize) { damaged[index] ^= 0x01 }
            try damaged.write(to: URL(filePath: path))
            #expect(throws: LedgerError.self) { try positions(memory, id) }
            try whole.write(to: URL(filePath: path))
            #expect(try !positions(memory, id).isEmpty)
        }
    }

    @Test("another ledger in its place is read as what it is, and so is an older copy of the same one")
    func replaced() throws {
        try withSealed { ledger, memory, id in
            let copy = ledger + "-older"
            try FileManager.default.copyItem(atPath: ledger, toPath: copy)
            try LedgerFixture.append(Array(try LedgerFixture.lines("tip-classes")[300..<330]), to: ledger)
            let newer = try memory.answer(nil, keys: nil) { $0.head }
            try FileManager.default.moveItem(atPath: ledger, toPath: ledger + "-newer")
            try FileManager.default.moveItem(atPath: copy, toPath: ledger)
            #expect(try memory.answer(nil, keys: nil) { $0.head } == newer - 30)
            try FileManager.default.removeItem(atPath: ledger)
            try LedgerWriter.create(ledger)
            #expect(try memory.answer(nil, keys: nil) { $0.head } == 0)
            #expect(throws: LedgerError.self) { try positions(memory, id) }
        }
    }
}
