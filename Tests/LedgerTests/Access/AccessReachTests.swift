import Access
import CivilTime
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Whose record is within reach")
struct AccessReachTests {
    private func events(_ fixture: AccessFixture, _ selection: EventSelection, by name: String) throws -> [Event] {
        let reader = try fixture.reader(.readEvents, of: selection.accessSubject, by: name)
        var events: [Event] = []
        try reader.forEachEvent(selection, at: try reader.resolve(.head)) { _, event, _ in events.append(event) }
        return events
    }

    /// The retention classes of the texts that somebody sees open, of T-9's events and the complaint.
    private func openTexts(_ fixture: AccessFixture, by name: String, _ subject: String) throws -> Set<String> {
        let texts = try events(fixture, EventSelection(subject: subject), by: name).flatMap(\.body.personalTexts)
        return Set(texts.filter { $0.text.text?.isEmpty == false }.map(\.field.retention.name))
    }

    @Test("a reviewer reads their own case as long as it is theirs")
    func reviewer() throws {
        try AccessFixture.with { fixture throws in
            let own = AccessFixture.trainee
            #expect(try !events(fixture, EventSelection(subject: own), by: "huang").isEmpty)
            for selection in [
                EventSelection(subject: "T-9"), EventSelection(), EventSelection(classID: AccessFixture.classID),
                EventSelection(subject: AccessFixture.classID), EventSelection(subject: "T-nobody"),
            ] {
                let denial = AccessFixture.denial { _ = try events(fixture, selection, by: "huang") }
                #expect(denial == .caseNotAssigned)
            }
            try fixture.change(.caseClosed, "huang") { $0.trainee = own }
            let denial = AccessFixture.denial { _ = try events(fixture, EventSelection(subject: own), by: "huang") }
            #expect(denial == .caseNotAssigned)
        }
    }

    @Test("a clerk reads what has to do with their own units, and of a shared trainee nothing of the others'")
    func clerk() throws {
        try AccessFixture.with { fixture throws in
            #expect(try !events(fixture, EventSelection(classID: AccessFixture.classID), by: "chen").isEmpty)
            let shared = try events(fixture, EventSelection(subject: "T-9"), by: "chen")
            #expect(shared.map(\.envelope.id) == ["p-1", "p-3", "o-5"])
            for selection in [
                EventSelection(subject: "T-OTHER"), EventSelection(subject: "T-8"), EventSelection(),
                EventSelection(classID: "C-OTHER"), EventSelection(subject: "U-OTHER"),
            ] {
                let denial = AccessFixture.denial { _ = try events(fixture, selection, by: "chen") }
                #expect(denial == .otherUnit)
            }
            let reader = try fixture.reader(.readTimeline, of: .trainee("T-9"), by: "chen")
            let point = try reader.resolve(.head)
            let book = try RulebookChoice.named("base")
            let timeline = try reader.timeline(of: "T-9", at: point) { _ in book }.timeline
            #expect(timeline.entries.map(\.event.envelope.id).contains("o-5"))
            #expect(!timeline.entries.map(\.event.envelope.id).contains("o-6"))
            #expect(!timeline.entries.flatMap(\.effects).contains { $0.classID == "C-OTHER" })
            let request = fixture.request(.decide, of: .enrolment(trainee: "T-9", class: "C-OTHER"), by: "chen")
            #expect(AccessFixture.denial { _ = try LedgerReader(opening: fixture.ledger, for: request) } == .otherUnit)
        }
    }

    @Test("each role sees the texts that the matrix opens to it, and the others masked")
    func texts() throws {
        try AccessFixture.with { fixture throws in
            #expect(try openTexts(fixture, by: "audi", "T-9") == [])
            #expect(try openTexts(fixture, by: "chen", "T-9") == ["identity", "contact", "payment", "dossier"])
            try fixture.change(.caseAssigned, "huang") { $0.trainee = "T-9" }
            #expect(try openTexts(fixture, by: "huang", "T-9") == ["identity", "contact", "dossier"])
            #expect(try openTexts(fixture, by: "audi", AccessFixture.unit) == ["office"])
            let masked = try events(fixture, EventSelection(subject: "T-9"), by: "audi")
            let texts = masked.flatMap(\.body.personalTexts)
            #expect(!texts.isEmpty)
            #expect(
                texts.allSatisfy { $0.text.json(kind: $0.field.kind, registry: Registry()).text == #"{"sealed":true}"# }
            )
        }
    }

    @Test("find names those within reach, and each is written down")
    func find() throws {
        try AccessFixture.with { fixture throws in
            #expect(try fixture.reader(.findTrainee, by: "chen").trainees(nationalID: "A123456789") == ["T-9"])
            #expect(try fixture.reads().last?.ids == ["T-9"])
            #expect(try fixture.reader(.findTrainee, by: "chen").trainees(nationalID: "B223456782") == [])
            #expect(try fixture.reads().last?.refusal == .otherUnit)
        }
    }

    /// What became of an event that somebody appended.
    private func append(_ line: [UInt8], _ fixture: AccessFixture, by name: String) throws -> EventError.Code? {
        let writer = try LedgerWriter(
            opening: fixture.ledger, for: fixture.request(.recordEvents, by: name), now: { LedgerFixture.now })
        defer { try? writer.close() }
        let draft = try LedgerFixture.draft(line)
        do throws(AdmissionError) {
            _ = try writer.admit(draft, keepsRecordedTime: false)
            return nil
        } catch {
            guard case .refused(let reason) = error else { throw error }
            return reason.code
        }
    }

    @Test("a clerk records events of their own classes, and neither of others' nor of other operations")
    func recording() throws {
        try AccessFixture.with { fixture throws in
            func line(_ type: String, _ subject: String, _ data: String) -> [UInt8] {
                PersonalFixture.event("x-\(type)-\(subject)-\(data.count)", type, subject, data)
            }
            let own = [
                line("application.withdrawn", "T-9", #"{"class":"NTPC-115-COFFEE-2","on":"2026-06-05"}"#),
                line(
                    "trainee.registered", "T-NEW", #"{"birthDate":"1990-01-01","sex":"male","nationality":"national"}"#),
                line("unit.amended", "U-NTPC-VTC", #"{"county":"臺北市","reason":"moved"}"#),
            ]
            for event in own { #expect(try append(event, fixture, by: "chen") == nil) }
            let others = [
                line("application.withdrawn", "T-9", #"{"class":"C-OTHER","on":"2026-06-05"}"#),
                line("unit.amended", "U-OTHER", #"{"county":"新北市","reason":"moved"}"#),
                line("class.amended", "C-OTHER", #"{"fee":2000,"reason":"dearer"}"#),
                line("event.retracted", "T-OTHER", #"{"retractsSource":"/test","retractsId":"o-4","reason":"r"}"#),
                line(
                    "unit.registered", "U-NEW",
                    #"{"name":"n","kind":"company","county":"臺北市","foundedOn":"2001-01-01"}"#),
                line(
                    "trainee.erased", "T-9", #"{"on":"2026-06-05","legalBasis":"l","approvedBy":["a","b"]}"#),
            ]
            for event in others { #expect(try append(event, fixture, by: "chen") == .notPermitted) }
            #expect(AccessFixture.denial { _ = try append(own[0], fixture, by: "op") } == .notPermitted)
        }
    }

    @Test("an erasure names the two key officers who showed credentials, whoever was typed in")
    func erasure() throws {
        try AccessFixture.with { fixture throws in
            let request = fixture.request(.erase, of: .trainee("T-9"), by: "lin", second: "wang")
            let writer = try LedgerWriter(opening: fixture.ledger, for: request, now: { LedgerFixture.now })
            #expect(try writer.erase("T-9", legalBasis: "l", approvedBy: ["somebody", "else"], on: nil))
            try writer.close()
            let certificate = try LedgerReader(opening: fixture.ledger, for: request).erasureCertificate(of: "T-9")
            #expect(certificate.approvedBy == ["lin", "wang"])
            #expect(try fixture.reads().last?.second == "wang")
        }
    }
}
