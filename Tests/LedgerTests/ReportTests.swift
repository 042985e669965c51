import CivilTime
import Decisions
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Ledger

@Suite("A report says of everyone what the balance says of one")
struct ReportTests {
    private func engine(_ ledger: String) throws -> DecisionEngine {
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(.head))
        return DecisionEngine(histories: histories, rulebook: try BuiltInRulebooks.book(named: "base"))
    }

    private func texts(_ kind: ReportKind, on day: CivilDate? = nil, by engine: DecisionEngine) -> [String] {
        Report(kind, on: day, by: engine, jobs: 1).rows.map(\.text)
    }

    @Test("attendance and quota of a generated population are those of its balances", arguments: [3, 8] as [UInt64])
    func population(seed: UInt64) throws {
        try LedgerFixture.withLedger { ledger in
            _ = try LedgerFixture.generate(into: ledger, trainees: 60, seed: seed)
            let engine = try engine(ledger)
            let day = try #require(CivilDate("2023-06-30"))
            var attendance: Set<String> = []
            var quotas: [String] = []
            for members in FactsDigest.persons(engine.histories) {
                let person = PersonHistory(joining: members.compactMap { engine.histories.trainee($0) })
                let id = engine.histories.registry.trainees.id(of: members[0])
                let balance = BalanceAnswer(of: person, id: id, on: day, by: engine)
                for (classID, sums) in balance.attendance {
                    let minutes = [
                        sums.minutesScheduled, sums.minutesPresent, sums.minutesLeave, sums.minutesTruancy,
                        sums.minutesAbsent, sums.minutesUnrecorded,
                    ]
                    attendance.insert(([id, classID] + minutes.map(String.init)).joined(separator: "\t"))
                }
                guard let quota = balance.quota else { continue }
                let money = [quota.capNTD, quota.paidNTD, quota.committedNTD, quota.remainingNTD].map(String.init)
                let columns = [id, "\(quota.windowFrom)", "\(quota.windowTo)"] + money
                quotas.append(columns.joined(separator: "\t"))
            }
            #expect(attendance.count > 30 && quotas.count > 3)
            let rows = texts(.attendance, by: engine)
            #expect(rows.count == attendance.count && Set(rows) == attendance, "seed \(seed)")
            #expect(texts(.quota, on: day, by: engine) == quotas, "seed \(seed)")
        }
    }

    @Test("half-months are those of a balance asked for on the start day, for classes before employment alone")
    func halfMonths() throws {
        try LedgerFixture.withLedger { ledger in
            _ = try LedgerFixture.generate(into: ledger, trainees: 60, seed: 4)
            let engine = try engine(ledger)
            let rows = Report(.halfMonths, on: nil, by: engine, jobs: 1).rows
            #expect(rows.count > 10)
            var used: Int64 = 0
            for row in rows {
                guard case .string(let trainee)? = row.json["trainee"], case .string(let course)? = row.json["class"],
                    case .integer(let halfMonths)? = row.json["usedHalfMonths"]
                else {
                    Issue.record("a row without its columns: \(row.text)")
                    continue
                }
                let number = try #require(engine.histories.registry.trainees[trainee])
                let person = try #require(engine.histories.person(number))
                let classNumber = try #require(engine.histories.registry.classes[course])
                let history = try #require(engine.histories.class(classNumber))
                #expect(history.programme == .preEmployment)
                let use = try #require(engine.allowanceUse(of: person, before: history.startsOn))
                #expect(use.usedHalfMonths == halfMonths && row.json["lookbackTo"] == .string("\(use.to)"))
                used += halfMonths
            }
            #expect(used > 0, "somebody drew something before")
        }
    }

    @Test("rows are the same for any number of jobs", arguments: ReportKind.allCases)
    func jobs(kind: ReportKind) throws {
        try LedgerFixture.withLedger { ledger in
            _ = try LedgerFixture.generate(into: ledger, trainees: 40, seed: 2)
            let engine = try engine(ledger)
            let one = Report(kind, on: nil, by: engine, jobs: 1).rows.map(\.text)
            #expect(Report(kind, on: nil, by: engine, jobs: 5).rows.map(\.text) == one)
        }
    }

    @Test("an empty ledger has no rows", arguments: ReportKind.allCases)
    func empty(kind: ReportKind) throws {
        try LedgerFixture.withLedger { ledger in
            let rows = texts(kind, by: try engine(ledger))
            #expect(rows.isEmpty)
        }
    }

    @Test("a person with two IDs stands under the one registered first, once")
    func linked() throws {
        try LedgerFixture.withLedger { ledger in
            try LedgerFixture.append(try LedgerFixture.lines("tip-classes"), to: ledger)
            let before = texts(.attendance, by: try engine(ledger))
            let trainees = try engine(ledger).histories.registry.trainees.ids
            let link = """
                {"specversion":"1.0","id":"link-1","source":"/branches/north","type":"trainee.linked",\
                "subject":"\(trainees[1])","time":"2026-06-01T09:00:00+08:00",\
                "data":{"other":"\(trainees[0])","evidence":"same card","on":"2026-06-01"}}
                """
            try LedgerFixture.append([Array(link.utf8)], to: ledger)
            let after = texts(.attendance, by: try engine(ledger))
            #expect(before.contains { $0.hasPrefix(trainees[1] + "\t") })
            #expect(!after.contains { $0.hasPrefix(trainees[1] + "\t") })
            #expect(Set(after).count == after.count)
        }
    }
}
