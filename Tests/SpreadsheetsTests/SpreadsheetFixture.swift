import CivilTime
import Foundation
import Ledger
import Testing
import TrainingEvents

@testable import Spreadsheets

/// A ledger with a class and two trainees who have applied and joined.
struct SpreadsheetFixture {
    let ledger: String

    static let now = Instant("2026-11-01T12:00:00+08:00") ?? .earliest

    static func with(_ work: (SpreadsheetFixture) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let fixture = SpreadsheetFixture(ledger: directory.path + "/ledger")
        try LedgerWriter.create(fixture.ledger)
        try fixture.append(Self.start)
        try work(fixture)
    }

    private static let start: [String] =
        [
            event(
                "unit.registered", "U-1", #"{"name":"單位","kind":"company","county":"臺北市","foundedOn":"2001-01-01"}"#),
            event(
                "class.approved", "C-1",
                """
                {"programme":"industryTalent","courseName":"x","unit":"U-1","county":"臺北市","fee":1000,"seats":10,\
                "startsOn":"2026-07-06","endsOn":"2026-09-10","selection":"writtenOral"}
                """),
        ]
        + ["T-1", "T-2"].flatMap { trainee in
            [
                event(
                    "trainee.registered", trainee,
                    #"{"birthDate":"1985-02-28","sex":"female","nationality":"national"}"#),
                event(
                    "application.submitted", trainee, #"{"class":"C-1","at":"2026-06-01T09:00:00+08:00"}"#),
                event("enrolment.admitted", trainee, #"{"class":"C-1","seat":"subsidised"}"#),
            ]
        } + [event("trainee.registered", "T-3", #"{"birthDate":"1985-02-28","sex":"male","nationality":"national"}"#)]

    static func event(_ type: String, _ subject: String, _ data: String) -> String {
        """
        {"specversion":"1.0","id":"\(type)-\(subject)","source":"/t","type":"\(type)","subject":"\(subject)",\
        "time":"2026-06-01T09:00:00+08:00","data":\(data)}
        """
    }

    /// The two trainees join the class.
    func start() throws {
        try append(
            ["T-1", "T-2"].map { Self.event("enrolment.started", $0, #"{"class":"C-1","on":"2026-07-06"}"#) })
    }

    func append(_ lines: [String]) throws {
        let writer = try LedgerWriter(opening: ledger, now: { Self.now })
        var importer = Importer(writer)
        for line in lines { #expect(try importer.take(Array(line.utf8), path: "", line: 1)) }
        #expect(try importer.finish().refused == 0)
        try writer.close()
    }

    func read(
        _ text: String, as kind: SpreadsheetKind, class classID: String? = "C-1", isDryRun: Bool = false,
        keepsGoing: Bool = false
    ) throws -> SpreadsheetImport {
        let writer = try LedgerWriter(opening: ledger, isDryRun: isDryRun, now: { Self.now })
        let result = try SpreadsheetImport(
            Array(text.utf8), as: kind, classID: classID, into: writer, keepsGoing: keepsGoing)
        try writer.close()
        return result
    }

    var head: UInt64 { get throws { try LedgerReader(opening: ledger).head } }

    /// The newest events, the last one last: type, subject and data.
    func last(_ count: Int) throws -> [String] {
        let reader = try LedgerReader(opening: ledger)
        var events: [String] = []
        try reader.forEachEvent(at: try reader.resolve(.head)) { _, event, registry in
            let subject = event.subject.id(in: registry)
            events.append("\(event.type.name) \(subject) \(event.data(registry: registry).text)")
        }
        return Array(events.suffix(count))
    }
}
