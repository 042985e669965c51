import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Retractions reach back behind the derived files")
struct DerivedRetractionTests {
    private static func event(_ id: Int, _ type: String, _ data: String, _ subject: String = "T-1") -> [UInt8] {
        Array(
            """
            {"specversion":"1.0","id":"\(id)","source":"/a","type":"\(type)","subject":"\(subject)",\
            "time":"2026-06-01T09:00:00+08:00","data":{\(data)}}
            """.utf8)
    }

    private static let registration = event(
        1, "trainee.registered", #""birthDate":"1990-01-01","sex":"male","nationality":"national""#)
    private static func placed(_ id: Int, _ hold: String) -> [UInt8] {
        event(id, "hold.placed", #""hold":"\#(hold)","on":"2026-06-01","reason":"court""#)
    }
    private static func released(_ id: Int, _ hold: String) -> [UInt8] {
        event(id, "hold.released", #""hold":"\#(hold)","on":"2026-06-02","reason":"settled""#)
    }
    private static func retracted(_ id: Int, _ target: Int) -> [UInt8] {
        event(id, "event.retracted", #""retractsSource":"/a","retractsId":"\#(target)","reason":"wrong""#)
    }

    /// Admits a line; what it came to, or the code of its refusal.
    private static func take(_ line: [UInt8], _ writer: LedgerWriter) throws -> String {
        do {
            switch try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: false) {
            case .admitted: return "admitted"
            case .duplicate: return "duplicate"
            }
        } catch AdmissionError.refused(let reason) {
            return reason.code.rawValue
        }
    }

    /// Each line with what it comes to.
    private static let steps: [(line: [UInt8], outcome: String)] = [
        (registration, "admitted"),
        (placed(2, "H1"), "admitted"),
        (placed(3, "H2"), "admitted"),
        (released(4, "H1"), "admitted"),
        (retracted(5, 2), "retractionNotAllowed"),
        (retracted(6, 4), "admitted"),
        (retracted(7, 4), "retractionNotAllowed"),
        (retracted(8, 2), "admitted"),
        (released(9, "H1"), "unknownReference"),
        (placed(10, "H1"), "admitted"),
        (retracted(11, 1), "retractionNotAllowed"),
        (released(12, "H2"), "admitted"),
        (retracted(13, 12), "admitted"),
        (retracted(14, 10), "admitted"),
        (retracted(15, 3), "admitted"),
        (retracted(16, 1), "admitted"),
        (placed(17, "H3"), "unknownReference"),
        (
            event(18, "trainee.registered", #""birthDate":"1991-01-01","sex":"male","nationality":"national""#),
            "admitted"
        ),
        (placed(19, "H1"), "admitted"),
    ]

    @Test("with a segment after every so many events, and opened anew there or not", arguments: [1, 2, 3, 5, 100])
    func everywhere(interval: Int) throws {
        for opensAnew in [false, true] {
            try LedgerFixture.withLedger { path in
                var writer = try LedgerFixture.writer(path)
                for (index, step) in Self.steps.enumerated() {
                    #expect(try Self.take(step.line, writer) == step.outcome, "step \(index), interval \(interval)")
                    guard index % interval == interval - 1 else { continue }
                    try writer.beginSegment()
                    guard opensAnew else { continue }
                    try writer.close()
                    writer = try LedgerFixture.writer(path)
                }
                try writer.commit()
                let ledger = DerivedLedger(
                    continuing: path, lines: Self.steps.filter { $0.outcome == "admitted" }.map(\.line))
                let known = try ledger.knowledge(writer)
                try writer.close()
                #expect(try ledger.knowledge() == known)
                if try !ledger.files.isEmpty { try ledger.removeDerived() }
                #expect(try ledger.knowledge() == known)
            }
        }
    }
}
