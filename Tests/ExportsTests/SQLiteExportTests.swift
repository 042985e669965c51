import Decisions
import EventLog
import Foundation
import Histories
import Ledger
import Rulebook
import Testing
import TrainingEvents

@testable import Exports

@Suite("A ledger as an SQLite database")
struct SQLiteExportTests {
    @Test("has the minutes, quotas and half-months of the reports, row by row")
    func reports() throws {
        try ExportFixture.with { fixture in
            let source = try fixture.source()
            let path = try fixture.database()
            func expect(_ kind: ReportKind, _ query: String) throws {
                let report = Report(kind, on: nil, by: source.engine, jobs: 1)
                #expect(!report.rows.isEmpty)
                #expect(try ExportFixture.rows(path, query) == report.rows.map(\.text))
            }
            try expect(
                .attendance,
                """
                SELECT person, class, scheduled_minutes, present_minutes, leave_minutes, truancy_minutes,
                       absent_minutes, unrecorded_minutes FROM attendance ORDER BY rowid
                """)
            try expect(
                .quota,
                """
                SELECT person, window_from, window_to, cap_ntd, paid_ntd, committed_ntd, remaining_ntd
                  FROM quotas ORDER BY rowid
                """)
            try expect(
                .halfMonths,
                """
                SELECT person, class, lookback_from, lookback_to, cap_half_months, used_half_months,
                       remaining_half_months FROM allowance_uses ORDER BY rowid
                """)
        }
    }

    @Test("has every decision with the outcome and amounts of decide, and no other")
    func decisions() throws {
        try ExportFixture.with { fixture in
            let source = try fixture.source()
            let engine = source.engine
            var expected: Set<String> = []
            for case .some(let trainee) in engine.histories.trainees {
                for enrolment in trainee.enrolments {
                    guard let found = engine.personCase(trainee.number, in: enrolment.classNumber) else { continue }
                    for kind in DecisionEngine.kinds {
                        if let decision = engine.decide(kind, found) { expected.insert(row(decision, source)) }
                    }
                }
            }
            for case .some(let history) in engine.histories.classes {
                for decision in engine.admission(to: history.number) { expected.insert(row(decision, source)) }
            }
            let rows = try ExportFixture.rows(
                try fixture.database(),
                """
                SELECT person, class, kind, outcome, amount_ntd, half_months, paid_ntd, due_ntd FROM decisions
                """)
            #expect(rows.count > 20)
            #expect(rows.sorted() == expected.sorted())
        }
    }

    private func row(_ decision: Decision, _ source: ExportSource) -> String {
        let parts: [String] = [
            source.person(of: decision.trainee), source.classID(decision.classNumber) ?? "", decision.kind.name,
            decision.outcome.name, "\(decision.amountNTD)", "\(decision.halfMonths)", "\(decision.paidNTD)",
            "\(decision.dueNTD)",
        ]
        return parts.joined(separator: "\t")
    }

    @Test("sums up to what stage 2 comes to, and names the digests of rebuild")
    func sums() throws {
        try ExportFixture.with { fixture in
            let source = try fixture.source()
            let every = EveryDecision(source.engine, Persons(source.histories), .outcomes, jobs: 1)
            let rebuild = try Rebuild(source.histories, source.context.rulebook, jobs: 1)
            let path = try fixture.database()
            #expect(
                try ExportFixture.rows(
                    path, "SELECT sum(amount_ntd), count(*) FROM decisions WHERE kind <> 'admission'")
                    == ["\(every.amountNTD)\t\(every.decisions)"])
            #expect(
                try ExportFixture.rows(path, "SELECT events, rulebook, digest FROM ledger")
                    == ["\(rebuild.eventCount)\tbase\tsha256:\(rebuild.digest)"])
        }
    }

    @Test("comes to the same bytes however often and with however many threads, and to others after one more event")
    func deterministic() throws {
        try ExportFixture.with { fixture in
            let first = try fixture.bytes(try fixture.database("a"))
            #expect(try fixture.bytes(try fixture.database("b")) == first)
            #expect(try fixture.bytes(try fixture.database("c", jobs: 3)) == first)
            let head = try LedgerReader(opening: fixture.ledger).head
            try fixture.append([Self.trainee])
            #expect(try fixture.bytes(try fixture.database("d")) != first)
            #expect(try fixture.bytes(try fixture.database("e", asOf: "@\(head)")) == first)
        }
    }

    private static let trainee = """
        {"specversion":"1.0","id":"x-1","source":"/t","type":"trainee.registered","subject":"T-NEW",\
        "time":"2026-10-01T09:00:00+08:00","data":{"birthDate":"1990-05-06","sex":"female","nationality":"national",\
        "name":"王小明","phone":"0912345678","bankAccount":"7000021234567"}}
        """

    @Test("has strict tables whose references all hold, and no number with a fraction")
    func strict() throws {
        try ExportFixture.with { fixture in
            let path = try fixture.database()
            let tables = ExportSchema.tables.map(\.name)
            #expect(
                try ExportFixture.rows(path, "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict")
                    .sorted() == tables.sorted())
            #expect(try ExportFixture.rows(path, "PRAGMA foreign_key_check").isEmpty)
            #expect(try ExportFixture.rows(path, "PRAGMA integrity_check") == ["ok"])
            for table in tables {
                let rows = try ExportFixture.rows(path, "SELECT * FROM \(table)")
                #expect(!rows.contains { $0.contains("double") }, "\(table)")
            }
            #expect(try ExportFixture.rows(path, "PRAGMA user_version") == ["\(ExportSchema.version)"])
        }
    }

    @Test("holds no name, number or account, and of a birthday the year")
    func personalTexts() throws {
        try ExportFixture.with([Self.trainee]) { fixture in
            let path = try fixture.database()
            let text = String(decoding: try fixture.bytes(path), as: UTF8.self)
            #expect(text.contains("T-NEW"))
            for secret in ["王小明", "0912345678", "7000021234567", "1990-05-06"] {
                #expect(!text.contains(secret), "\(secret)")
            }
            #expect(
                try ExportFixture.rows(path, "SELECT birth_year FROM trainees WHERE trainee = 'T-NEW'") == ["1990"])
        }
    }

    @Test("answers common questions by views")
    func views() throws {
        try ExportFixture.with { fixture in
            let path = try fixture.database()
            let source = try fixture.source()
            for view in ExportSchema.views {
                _ = try ExportFixture.rows(path, "SELECT * FROM \(view.name)")
            }
            let overdue = try OverdueAnswer(source.engine, on: source.engine.asOfDay, source.context)
            #expect(try ExportFixture.rows(path, "SELECT * FROM overdue").count == overdue.items.count)
            let paid = source.histories.trainees.reduce(Int64(0)) { sum, trainee in
                sum + (trainee?.payouts ?? []).reduce(0) { $0 + $1.amountNTD }
            }
            #expect(paid > 0)
            #expect(
                try ExportFixture.rows(path, "SELECT sum(amount_ntd) FROM payments_by_month") == ["\(paid)"])
            let refused = try ExportFixture.rows(
                path, "SELECT person FROM decisions WHERE kind = 'attendance' AND lacks = 'truancyMinutes'")
            #expect(try ExportFixture.rows(path, "SELECT person FROM over_truancy_limit").sorted() == refused.sorted())
            #expect(try ExportFixture.rows(path, "SELECT * FROM quota_left").count > 0)
            #expect(try ExportFixture.rows(path, "SELECT * FROM class_roster").count > 0)
        }
    }

    @Test("stands complete or not at all: what is there stays unless it is to be replaced")
    func places() throws {
        try ExportFixture.with { fixture in
            let source = try fixture.source()
            let path = fixture.path("taken")
            try Data("mine".utf8).write(to: URL(filePath: path))
            #expect(throws: LedgerError.self) { try ExportPlace(path) }
            #expect(throws: LedgerError.self) { try ExportPlace(fixture.ledger + "/derived.sqlite") }
            // Somebody takes the name while it is written.
            let late = try ExportPlace(fixture.path("late"))
            try Data("theirs".utf8).write(to: URL(filePath: late.path))
            #expect(throws: LedgerError.self) { try SQLiteExport.write(source, to: late) }
            #expect(try fixture.bytes(late.path) == Data("theirs".utf8))
            #expect(throws: LedgerError.self) {
                try SQLiteExport.write(source, to: try ExportPlace(fixture.path("nowhere/at/all")))
            }
            #expect(try fixture.bytes(path) == Data("mine".utf8))
            #expect(try fixture.names() == ["late", "taken"])
            try SQLiteExport.write(source, to: try ExportPlace(path, replacing: true))
            #expect(try fixture.bytes(path) == (try fixture.bytes(try fixture.database("other"))))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }
}
