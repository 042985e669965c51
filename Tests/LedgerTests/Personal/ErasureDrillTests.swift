import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger
@testable import PersonalData

@Suite("Erasing a trainee")
struct ErasureDrillTests {
    private static let paths = ["", ".keys", ".keys.register"]

    @Test("destroys their texts and leaves the others', the facts, and the account of who approved it")
    func erased() throws {
        try PersonalFixture.withLedger { ledger in
            #expect(try PersonalFixture.erase(ledger))
            let shown = try PersonalFixture.shown(ledger)
            for text in ["阮氏梅花", "A123456789", "0912-345-678", "證件更正之理由"] {
                #expect(!shown.contains { $0.contains(text) })
            }
            for text in ["林大同先生", "講師遲到三次之陳情", "個資法第十一條之依據", "林主任核准"] {
                #expect(shown.contains { $0.contains(text) })
            }
            let certificate = try LedgerReader(opening: ledger).erasureCertificate(of: "T-9")
            #expect(certificate.destroyed.map(\.retention) == [.identity, .contact, .payment, .dossier])
            #expect(certificate.approvedBy == ["林主任核准", "稽核室核准"])
            #expect(certificate.kept.map(\.type) == [.traineeRegistered, .traineeAmended, .traineeErased])
            #expect(certificate.kept[0].fields == ["birthDate", "sex", "nationality"])
            #expect("\(certificate.keptUntil)" == "2036-05-31")
            #expect(try !PersonalFixture.erase(ledger), "again, it changes nothing")
        }
    }

    @Test("erased is not unknown: one has a certificate, the other is an error")
    func states() throws {
        try PersonalFixture.withLedger { ledger in
            #expect(throws: LedgerError.self) { try PersonalFixture.erase(ledger, "T-unknown") }
            #expect(throws: LedgerError.self) { try LedgerReader(opening: ledger).erasureCertificate(of: "T-8") }
            try PersonalFixture.erase(ledger)
            let reader = try LedgerReader(opening: ledger)
            #expect(try reader.keys?.isErased(trainee: "T-9") == true)
            #expect(try reader.keys?.isErased(trainee: "T-unknown") == false)
        }
    }

    @Test("is refused while a hold stands, and not after")
    func hold() throws {
        try PersonalFixture.withLedger { ledger in
            try LedgerFixture.append([PersonalFixture.hold], to: ledger)
            let error = #expect(throws: LedgerError.self) { try PersonalFixture.erase(ledger) }
            guard case .refused(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.code == .stepNotAllowed)
            #expect(PersonalFixture.openingFails(ledger) == nil)
            #expect(try PersonalFixture.shown(ledger).contains { $0.contains("阮氏梅花") })
            try LedgerFixture.append([PersonalFixture.release], to: ledger)
            #expect(try PersonalFixture.erase(ledger))
        }
    }

    @Test("comes in by append too, and cannot be retracted")
    func byAppend() throws {
        try PersonalFixture.withLedger { ledger in
            let line = PersonalFixture.event(
                "e-1", "trainee.erased", "T-9", #"{"on":"2026-07-01","legalBasis":"b","approvedBy":["a","b"]}"#)
            let refusal = try PersonalFixture.refusal(line, ledger)
            #expect(refusal == nil)
            #expect(try !PersonalFixture.shown(ledger).contains { $0.contains("阮氏梅花") })
            #expect(try PersonalFixture.isDuplicate(line, ledger))
            let again = PersonalFixture.event(
                "e-2", "trainee.erased", "T-9", #"{"on":"2026-07-01","legalBasis":"b","approvedBy":["a","b"]}"#)
            #expect(try PersonalFixture.refusal(again, ledger)?.code == .erased)
            let back = PersonalFixture.event(
                "e-3", "event.retracted", "T-9", #"{"retractsSource":"/test","retractsId":"e-1","reason":""}"#)
            #expect(try PersonalFixture.refusal(back, ledger)?.code == .retractionNotAllowed)
        }
    }

    @Test("afterwards no text about them is taken, an empty one is, and what was known is known by source and id alone")
    func afterwards() throws {
        try PersonalFixture.withLedger { ledger in
            try PersonalFixture.erase(ledger)
            let reason = PersonalFixture.event("q-1", "trainee.amended", "T-9", #"{"sex":"male","reason":"理由"}"#)
            let refusal = try PersonalFixture.refusal(reason, ledger)
            #expect(refusal?.code == .erased)
            #expect(refusal?.field == "data.reason")
            let empty = PersonalFixture.event("q-1", "trainee.amended", "T-9", #"{"sex":"male","reason":""}"#)
            #expect(try PersonalFixture.refusal(empty, ledger) == nil)
            #expect(try PersonalFixture.isDuplicate(PersonalFixture.lines[0], ledger))
            let otherText = PersonalFixture.event(
                "p-3", "trainee.amended", "T-9", #"{"sex":"male","reason":"誰也無從比較"}"#)
            #expect(try PersonalFixture.isDuplicate(otherText, ledger))
            let otherFact = PersonalFixture.event("p-3", "trainee.amended", "T-9", #"{"sex":"female","reason":""}"#)
            #expect(try PersonalFixture.refusal(otherFact, ledger)?.code == .conflict)
        }
    }

    @Test("what was erased is recorded in another ledger as erased")
    func migrated() throws {
        try PersonalFixture.withLedger { ledger in
            try PersonalFixture.erase(ledger)
            let lines = try PersonalFixture.shown(ledger)
            let copy = ledger + "-2"
            try LedgerWriter.create(copy)
            try LedgerFixture.append(lines.map { Array($0.utf8) }, to: copy)
            #expect(try PersonalFixture.shown(copy).filter { $0.contains(#"{"erased":true}"#) }.count == 2)
            #expect(try LedgerReader(opening: copy).keys?.isErased(trainee: "T-9") == true)
        }
    }

    @Test("a ledger of before texts were sealed cannot erase them, and says where they stand")
    func inTheClear() throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = directory + "/ledger"
            let golden = LedgerFixture.root.appending(path: "EventLogs/golden/v0-sealed").path
            try FileManager.default.copyItem(atPath: golden, toPath: ledger)
            let subject = try PersonalFixture.shown(ledger).compactMap { line -> String? in
                let json = try JSONParser.parse(line)
                guard case .string(let subject) = json["subject"], case .string(let type) = json["type"],
                    type.hasPrefix("trainee.") || type.hasPrefix("hold.") || type.hasPrefix("identity.revoked"),
                    try !LedgerFixture.plainTexts(Array(line.utf8)).isEmpty
                else { return nil }
                return subject
            }.first
            let line = PersonalFixture.event(
                "e-1", "trainee.erased", try #require(subject),
                #"{"on":"2026-07-01","legalBasis":"b","approvedBy":["a","b"]}"#)
            #expect(try PersonalFixture.refusal(line, ledger)?.code == .noKeys)
        }
    }

    @Test("a whole backup made afterwards opens as it is; one made before is refused")
    func backups() throws {
        try PersonalFixture.withLedger { ledger in
            _ = try LedgerCopy(of: ledger, to: ledger + "-before")
            try PersonalFixture.erase(ledger)
            _ = try LedgerCopy(of: ledger, to: ledger + "-after")
            #expect(PersonalFixture.openingFails(ledger + "-after") == nil)
            #expect(PersonalFixture.openingFails(ledger + "-before") == .erasuresNotApplied)
            _ = try PersonalFixture.apply(ledger + "-before")
            #expect(try !PersonalFixture.shown(ledger + "-before").contains { $0.contains("阮氏梅花") })
        }
    }

    @Test("of every mixture of older and newer copies, one opens: as erased in all, or as before in all")
    func restored() throws {
        try PersonalFixture.withLedger { ledger in
            let store = ledger + "-copies"
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
            try Self.copy(ledger, to: store + "/before")
            try PersonalFixture.erase(ledger)
            try Self.copy(ledger, to: store + "/after")
            // As a crash leaves them: the event written and the keys destroyed, but nowhere taken down as done.
            try Self.copy(ledger, to: store + "/cut")
            for (path, bytes) in try PersonalFixture.files([store + "/cut.keys.register"]) {
                try Data(bytes.dropLast(4 + 33 + 32)).write(to: URL(filePath: path))
                let id = try LedgerReader(opening: ledger).log.ledgerID.bytes
                let begun = try ErasureRegister(
                    at: path, in: store + "/cut.keys.register", ledger: id, files: RealFileSystem())
                #expect(begun.isUnfinished)
                let keys = store + "/cut.keys/" + URL(filePath: path).lastPathComponent
                for place in [store + "/cut", keys] {
                    try begun.stamp.write(in: place, ledger: id, files: RealFileSystem())
                }
            }
            let states = ["before", "cut", "after"]
            for log in states {
                for keys in states {
                    for register in states {
                        let context = "ledger \(log), keys \(keys), register \(register)"
                        for (path, state) in zip(Self.paths, [log, keys, register]) {
                            try? FileManager.default.removeItem(atPath: ledger + path)
                            try FileManager.default.copyItem(
                                atPath: "\(store)/\(state)\(path)", toPath: ledger + path)
                        }
                        let isMixed = Set([log, keys, register]).count > 1 || log == "cut"
                        let failure = PersonalFixture.openingFails(ledger)
                        #expect(failure == (isMixed ? .erasuresNotApplied : nil), "\(context)")
                        guard isMixed else { continue }
                        #expect(throws: LedgerError.self, "\(context)") { try LedgerFixture.writer(ledger) }
                        try Self.checkApplying(ledger, context)
                    }
                }
            }
        }
    }

    /// Applying the register makes any mixture one in which T-9 is erased, and once is enough.
    private static func checkApplying(_ ledger: String, _ context: String) throws {
        let applied = try PersonalFixture.apply(ledger)
        #expect(applied.notRecorded.isEmpty, "\(context)")
        #expect(PersonalFixture.openingFails(ledger) == nil, "\(context)")
        let shown = try PersonalFixture.shown(ledger)
        #expect(shown.filter { $0.contains(#""type":"trainee.erased""#) }.count == 1, "\(context)")
        #expect(!shown.contains { $0.contains("阮氏梅花") || $0.contains("A123456789") }, "\(context)")
        #expect(shown.contains { $0.contains("林大同先生") }, "\(context)")
        #expect(try LedgerReader(opening: ledger).trainees(nationalID: "A123456789").isEmpty, "\(context)")
        #expect(try LedgerReader(opening: ledger).erasureCertificate(of: "T-9").destroyed.count == 4, "\(context)")
        let again = try PersonalFixture.apply(ledger)
        #expect(again.recordedAgain == 0 && again.restoredToRegister == 0, "\(context)")
        #expect(try PersonalFixture.shown(ledger) == shown, "\(context)")
    }

    private static func copy(_ ledger: String, to path: String) throws {
        for suffix in paths { try FileManager.default.copyItem(atPath: ledger + suffix, toPath: path + suffix) }
    }
}
