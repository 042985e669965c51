import Foundation
import Ledger
import LedgerTestKit
import PersonalData
import Testing
import TrainingEvents

/// A ledger with personal texts of two trainees, a class and a unit, among the events of the coffee class.
enum PersonalFixture {
    /// Texts that stand in no file.
    static let texts = [
        "阮氏梅花", "A123456789", "0912-345-678", "700-0012345-0678901", "證件更正之理由", "訴訟進行中的理由",
        "林大同先生", "匿名陳情的那位太太", "講師遲到三次之陳情", "林主任核准", "稽核室核准", "個資法第十一條之依據",
        "B223456782",
    ]

    static let lines = [
        event(
            "p-1", "trainee.registered", "T-9",
            """
            {"birthDate":"1985-02-28","sex":"female","nationality":"national","name":"阮氏梅花",\
            "nationalId":"A123456789","phone":"0912-345-678","bankAccount":"700-0012345-0678901"}
            """),
        event(
            "p-2", "trainee.registered", "T-8",
            """
            {"birthDate":"1990-02-28","sex":"male","nationality":"national","name":"林大同先生",\
            "nationalId":"B223456782"}
            """),
        event("p-3", "trainee.amended", "T-9", #"{"sex":"male","reason":"證件更正之理由"}"#),
        event(
            "p-4", "complaint.filed", "U-NTPC-VTC",
            """
            {"complaint":"CP-1","on":"2026-06-05","county":"新北市","confidential":false,\
            "author":"匿名陳情的那位太太","handler":"林主任核准","text":"講師遲到三次之陳情"}
            """),
    ]

    static let hold = event("p-5", "hold.placed", "T-9", #"{"hold":"H-1","on":"2026-06-01","reason":"訴訟進行中的理由"}"#)
    static let release = event("p-6", "hold.released", "T-9", #"{"hold":"H-1","on":"2026-06-02","reason":""}"#)

    static func event(_ id: String, _ type: String, _ subject: String, _ data: String) -> [UInt8] {
        Array(
            """
            {"specversion":"1.0","id":"\(id)","source":"/test","type":"\(type)","subject":"\(subject)",\
            "time":"2026-06-01T09:00:00+08:00","data":\(data)}
            """.utf8)
    }

    /// A ledger with the coffee class and the events above; its keys beside it.
    static func withLedger(_ work: (String) throws -> Void) throws {
        try LedgerFixture.withLedger { ledger in
            try LedgerFixture.append(try LedgerFixture.lines("coffee-2026"), to: ledger)
            try LedgerFixture.append(lines, to: ledger)
            try work(ledger)
        }
    }

    /// Why the door refuses an event; `nil` if it takes it.
    static func refusal(_ line: [UInt8], _ ledger: String) throws -> EventError? {
        let writer = try LedgerFixture.writer(ledger)
        defer { try? writer.close() }
        do throws(AdmissionError) {
            _ = try writer.admit(try EventDraft(line: line), keepsRecordedTime: false)
            try? writer.commit()
            return nil
        } catch {
            guard case .refused(let reason) = error else { throw error }
            return reason
        }
    }

    /// Whether an event is in the ledger already, by the door's word.
    static func isDuplicate(_ line: [UInt8], _ ledger: String) throws -> Bool {
        let writer = try LedgerFixture.writer(ledger)
        defer { try? writer.close() }
        if case .duplicate = try writer.admit(try EventDraft(line: line), keepsRecordedTime: false) { return true }
        return false
    }

    @discardableResult
    static func erase(_ ledger: String, _ trainee: String = "T-9") throws -> Bool {
        let writer = try LedgerFixture.writer(ledger)
        defer { try? writer.close() }
        return try writer.erase(
            trainee, legalBasis: "個資法第十一條之依據", approvedBy: ["林主任核准", "稽核室核准"], on: nil)
    }

    static func apply(_ ledger: String) throws -> LedgerWriter.AppliedErasures {
        try LedgerWriter.applyErasures(to: ledger, now: { LedgerFixture.now })
    }

    /// The events as the commands show them.
    static func shown(_ ledger: String) throws -> [String] {
        let reader = try LedgerReader(opening: ledger)
        var lines: [String] = []
        try reader.forEachEvent(at: try reader.resolve(.head)) { position, event, registry throws(LedgerError) in
            lines.append(event.json(sequence: position, registry: registry).text)
        }
        return lines
    }

    /// The code of the error with which a ledger does not open; `nil` if it opens.
    static func openingFails(_ ledger: String) -> PersonalDataError.Code? {
        do throws(LedgerError) {
            _ = try LedgerReader(opening: ledger)
            return nil
        } catch {
            if case .personalData(let reason) = error { return reason.code }
            return .damaged
        }
    }

    /// Every file under these directories and files.
    static func files(_ paths: [String]) throws -> [(path: String, bytes: [UInt8])] {
        var found: [(path: String, bytes: [UInt8])] = []
        for path in paths {
            let inner = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
            for name in inner.map({ "\(path)/\($0)" }) + [path] {
                var isDirectory: ObjCBool = false
                guard FileManager.default.fileExists(atPath: name, isDirectory: &isDirectory), !isDirectory.boolValue
                else { continue }
                found.append((name, Array(try Data(contentsOf: URL(filePath: name)))))
            }
        }
        return found
    }
}

extension EventDraft {
    fileprivate init(line: [UInt8]) throws(AdmissionError) {
        do throws(EventError) {
            self = try EventDraft(json: try JSONParser.parse(String(decoding: line, as: UTF8.self)))
        } catch {
            throw .refused(error)
        }
    }
}
