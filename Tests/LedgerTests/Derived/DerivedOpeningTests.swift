import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("What the door knows does not depend on derived files")
struct DerivedOpeningTests {
    static func withLedger(_ work: (DerivedLedger) throws -> Void) throws {
        try LedgerFixture.withDirectory { try work(try DerivedLedger($0 + "/ledger")) }
    }

    @Test("opened from derived files, without them, and once more")
    func opened() throws {
        try Self.withLedger { ledger in
            #expect(try ledger.files.count >= 3)
            let known = try ledger.knowledge()
            #expect(try ledger.knowledge() == known)
            try ledger.removeDerived()
            #expect(try ledger.knowledge() == known)
            #expect(try ledger.files.count == 3, "they were made anew")
            #expect(try ledger.knowledge() == known)
        }
    }

    @Test("every event that is appended again is a duplicate, wherever its key stands")
    func duplicates() throws {
        try Self.withLedger { ledger in
            for removes in [false, true] {
                if removes { try ledger.removeDerived() }
                let writer = try LedgerFixture.writer(ledger.path)
                for (position, line) in ledger.lines.enumerated() {
                    #expect(
                        try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
                            == .duplicate(position: UInt64(position)))
                }
                try writer.close()
            }
        }
    }

    @Test("an event with the ID of a stored one and other content is a conflict")
    func conflict() throws {
        try Self.withLedger { ledger in
            let writer = try LedgerFixture.writer(ledger.path)
            let texts = ledger.lines.map { String(decoding: $0, as: UTF8.self) }
            let text = try #require(texts.first { $0.contains("\"sex\":\"male\"") })
            let other = Array(text.replacing("\"sex\":\"male\"", with: "\"sex\":\"female\"").utf8)
            #expect {
                _ = try writer.admit(LedgerFixture.draft(other), keepsRecordedTime: true)
            } throws: { error in
                guard case AdmissionError.refused(let reason) = error else { return false }
                return reason.code == .conflict
            }
            try writer.close()
        }
    }

    @Test("appended in many sittings, the knowledge is that of one")
    func sittings() throws {
        let lines = DerivedLedger.lines(trainees: 12, seed: 7)
        try Self.withLedger { ledger in
            let known = try ledger.knowledge()
            try LedgerFixture.withDirectory { directory in
                let other = DerivedLedger(continuing: directory + "/ledger", lines: lines)
                try LedgerWriter.create(other.path)
                for start in stride(from: 0, to: lines.count, by: 110) {
                    try other.append(lines[start..<min(start + 110, lines.count)])
                }
                #expect(try other.knowledge() == known)
                try other.removeDerived()
                #expect(try other.knowledge() == known)
            }
        }
    }

    @Test("a writer that was never closed leaves derived files that the next one goes on from")
    func abandoned() throws {
        try Self.withLedger { ledger in
            let known = try ledger.knowledge()
            try LedgerFixture.withDirectory { directory in
                let other = DerivedLedger(continuing: directory + "/ledger", lines: ledger.lines)
                try LedgerWriter.create(other.path)
                do {
                    let writer = try LedgerFixture.writer(other.path)
                    for line in ledger.lines {
                        _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
                        if writer.head % 400 == 0 { try writer.beginSegment() }
                    }
                    try writer.commit()
                }
                #expect(try other.knowledge() == known)
            }
        }
    }

    @Test("a dry run writes nothing")
    func dryRun() throws {
        try Self.withLedger { ledger in
            try ledger.removeDerived()
            let known = try {
                let writer = try LedgerWriter(opening: ledger.path, isDryRun: true, now: { LedgerFixture.now })
                defer { try? writer.close() }
                return try ledger.knowledge(writer)
            }()
            #expect(try ledger.files.isEmpty)
            #expect(try ledger.knowledge() == known)
        }
    }

    @Test("where derived files cannot be written, everything goes on without them")
    func unwritable() throws {
        try Self.withLedger { ledger in
            let known = try ledger.knowledge()
            try ledger.removeDerived()
            try Data().write(to: URL(filePath: ledger.path + "/derived"))
            let writer = try LedgerFixture.writer(ledger.path)
            #expect(try ledger.knowledge(writer) == known)
            try writer.close()
            #expect(!writer.derivedNotes.isEmpty)
        }
    }

    @Test("reading makes no derived file")
    func reading() throws {
        try Self.withLedger { ledger in
            try ledger.removeDerived()
            let reader = try LedgerReader(opening: ledger.path)
            _ = try reader.histories(at: try reader.resolve(.head))
            #expect(try ledger.files.isEmpty)
        }
    }
}
