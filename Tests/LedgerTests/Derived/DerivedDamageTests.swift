import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("A derived file that is not what it should be is noticed and made anew")
struct DerivedDamageTests {
    private static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    private static func put(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    /// The knowledge is as it should be, and the file is whole again, or another one is there in its place.
    private static func expectHealed(_ ledger: DerivedLedger, _ known: [String], _ context: String) throws {
        #expect(try ledger.knowledge() == known, "\(context)")
        let writer = try LedgerFixture.writer(ledger.path)
        #expect(try ledger.knowledge(writer) == known, "\(context), the second time")
        #expect(writer.derivedNotes.isEmpty, "\(context): \(writer.derivedNotes)")
        try writer.close()
    }

    @Test("a byte changed anywhere", arguments: ["door", "keys", "subjects"])
    func flipped(kind: String) throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = try DerivedLedger(directory + "/ledger", trainees: 3)
            let known = try ledger.knowledge()
            let path = try #require(try ledger.files.first { $0.contains("/\(kind)-") })
            let good = try Self.bytes(path)
            // The container's own tests change every bit; here some of every part are enough.
            let places = Array(stride(from: 0, to: 112, by: 9)) + Array(stride(from: 112, to: good.count, by: 397))
            for place in places {
                var bytes = good
                bytes[place] ^= 1 << (place % 8)
                try Self.put(bytes, path)
                try Self.expectHealed(ledger, known, "byte \(place) of \(kind)")
            }
        }
    }

    @Test("cut short, made longer, emptied", arguments: ["door", "keys", "subjects"])
    func truncated(kind: String) throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = try DerivedLedger(directory + "/ledger", trainees: 3)
            let known = try ledger.knowledge()
            let path = try #require(try ledger.files.first { $0.contains("/\(kind)-") })
            let good = try Self.bytes(path)
            for bytes in [[], Array(good.prefix(100)), Array(good.prefix(512)), good.dropLast(), good + [0]] {
                try Self.put(bytes, path)
                try Self.expectHealed(ledger, known, "\(bytes.count) bytes of \(kind)")
            }
        }
    }

    @Test("removed, one at a time", arguments: ["door", "keys", "subjects"])
    func removed(kind: String) throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = try DerivedLedger(directory + "/ledger")
            let known = try ledger.knowledge()
            for path in try ledger.files where path.contains("/\(kind)-") {
                try FileManager.default.removeItem(atPath: path)
                try Self.expectHealed(ledger, known, path)
            }
        }
    }

    @Test("files of another ledger with the same positions")
    func foreign() throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = try DerivedLedger(directory + "/ledger")
            let other = try DerivedLedger(directory + "/other", seed: 8)
            let known = try ledger.knowledge()
            try ledger.removeDerived()
            try FileManager.default.copyItem(atPath: other.path + "/derived", toPath: ledger.path + "/derived")
            try Self.expectHealed(ledger, known, "other files")
        }
    }

    @Test("old files beside a longer log, and longer ones beside an older log")
    func otherTime() throws {
        try LedgerFixture.withDirectory { directory in
            let all = DerivedLedger.lines(trainees: 12, seed: 7)
            let ledger = DerivedLedger(continuing: directory + "/ledger", lines: all)
            try LedgerWriter.create(ledger.path)
            try ledger.append(all[..<600])
            let early = try ledger.knowledge()
            try FileManager.default.copyItem(atPath: ledger.path, toPath: directory + "/early")
            try ledger.append(all[600...])
            let late = try ledger.knowledge()
            try FileManager.default.copyItem(atPath: ledger.path + "/derived", toPath: directory + "/late")

            try ledger.removeDerived()
            try FileManager.default.copyItem(atPath: directory + "/early/derived", toPath: ledger.path + "/derived")
            try Self.expectHealed(ledger, late, "old files")

            let older = DerivedLedger(continuing: directory + "/early", lines: all)
            try older.removeDerived()
            try FileManager.default.copyItem(atPath: directory + "/late", toPath: older.path + "/derived")
            try Self.expectHealed(older, early, "an older log")
            // It goes its own way from there.
            try older.append(all[600...])
            #expect(try older.knowledge() == late)
        }
    }

    @Test("damaged while the writer has them open", arguments: ["door", "keys", "subjects"])
    func damagedInUse(kind: String) throws {
        try LedgerFixture.withDirectory { directory in
            let all = DerivedLedger.lines(trainees: 12, seed: 7)
            let ledger = DerivedLedger(continuing: directory + "/ledger", lines: all)
            try LedgerWriter.create(ledger.path)
            let count = all.count - 60
            try ledger.append(all[..<count])
            let writer = try LedgerFixture.writer(ledger.path)
            _ = try writer.admit(LedgerFixture.draft(all[count]), keepsRecordedTime: true)
            for path in try ledger.files where path.contains("/\(kind)-") {
                let file = try #require(FileHandle(forUpdatingAtPath: path))
                try file.seek(toOffset: 512)
                try file.write(contentsOf: Data(repeating: 0xA5, count: 200))
                try file.close()
            }
            for (position, line) in all.enumerated() {
                let admission = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
                #expect(
                    admission
                        == (position <= count
                            ? .duplicate(position: UInt64(position)) : .admitted(position: UInt64(position))))
            }
            for number in 0..<UInt32(writer.state.registry.trainees.count) {
                _ = try? writer.steps(of: .trainee(number))
            }
            try writer.commit()
            try writer.close()
            let known = try ledger.knowledge()
            try ledger.removeDerived()
            #expect(try ledger.knowledge() == known)
        }
    }
}
