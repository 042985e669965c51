import CivilTime
import Histories
import Ledger
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Decisions

/// Runs one case: its events go through the door into a history, and every expectation is held to what comes of it.
struct CaseRunner {
    let name: String
    private var story = Story()
    /// The events that the door refused, with the code.
    private var refused: [String: EventError.Code] = [:]
    private var lastID = ""

    init(_ kase: JSONValue, file: String, common: [String: [JSONValue]]) throws {
        name = "\(file): \(kase["name"]?.scalar ?? "?")"
        for told in try CaseEvents(kase, common: common).told {
            lastID = told.id
            story.tell(line: told.json.text)
            if let refusal = story.refusals.first {
                refused[told.id] = refusal.error.code
                story.forgetRefusals()
            }
        }
    }

    /// The facts of all events of the case.
    func histories() throws -> LedgerHistories { try story.histories() }

    /// The differences between what is expected and what comes of the case; every decision that was asked for goes
    /// to `decided`.
    mutating func run(_ expectations: [JSONValue], decided: (Decision, AnswerContext) -> Void) throws -> [String] {
        var differences: [String] = []
        var refusalsWanted: Set<String> = []
        for expectation in expectations {
            if let event = expectation["refused"]?.scalar {
                let id = event == "last" ? lastID : event
                refusalsWanted.insert(id)
                if refused[id] == nil { differences.append("\(id) was not refused") }
                if let code = expectation["code"]?.scalar, let found = refused[id], found.rawValue != code {
                    differences.append("\(id) was refused as \(found), not \(code)")
                }
            } else if let event = expectation["accepted"]?.scalar {
                let id = event == "last" ? lastID : event
                if let code = refused[id] { differences.append("\(id) was refused: \(code)") }
            } else {
                differences += try answer(expectation, decided)
            }
        }
        for (id, code) in refused.sorted(by: { $0.key < $1.key }) where !refusalsWanted.contains(id) {
            differences.append("event \(id) was refused: \(code)")
        }
        return differences
    }

    private func answer(
        _ expectation: JSONValue, _ decided: (Decision, AnswerContext) -> Void
    ) throws -> [String] {
        if let differences = try PlainQuestion(expectation).differences() { return differences }
        let count = try point(expectation["asOf"])
        let histories = try story.histories(first: count)
        let book = try BuiltInRulebooks.book(named: expectation["rulebook"]?.scalar ?? "base")
        let context = AnswerContext(
            rulebook: book,
            point: LedgerPoint(
                eventCount: histories.eventCount, recordedTime: histories.lastRecordedTime, happenedBy: nil),
            registry: histories.registry)
        let engine = DecisionEngine(histories: histories, rulebook: book)
        let found = try CaseAnswer(expectation, engine, context, decided)
        return found.differences
    }

    /// How many events were known: `@12`, or by the end of a day.
    private func point(_ asOf: JSONValue?) throws -> Int? {
        guard let text = asOf?.scalar else { return nil }
        if text.hasPrefix("@") { return Int(text.dropFirst()) }
        let end = Instant(endOf: try CaseEvents.day(text))
        return story.events.prefix { $0.envelope.recordedTime <= end }.count
    }
}

/// Questions that need no history: periods, working days, branches, the idle page.
struct PlainQuestion {
    private let expectation: JSONValue

    init(_ expectation: JSONValue) { self.expectation = expectation }

    /// `nil` for a question of another kind.
    func differences() throws -> [String]? {
        let book = try BuiltInRulebooks.book(named: "base")
        if let county = expectation["branch"]?.scalar {
            let branches = try #require(book[.unitBranches, on: try CaseEvents.day("2026-01-01")])
            return compare("branch of \(county)", TIP18.branch(of: county, branches)?.code, expectation["code"]?.scalar)
        }
        if let period = expectation["period"] {
            let from = try CaseEvents.day(period["from"]?.scalar ?? "")
            let months = (period["years"]?.integer ?? 0) * 12 + (period["months"]?.integer ?? 0)
            let end = from.endOfPeriod(months: Int(months))
            return compare(
                "period \(period)", end.description, try CaseEvents.day(expectation["to"]?.scalar ?? "").description)
        }
        if let day = expectation["workingDayBefore"]?.scalar {
            let holidays = book.history(.calendarHolidays).flatMap { $0.value.map(\.day) }
            let found = ARI06.workingDay(before: try CaseEvents.day(day), holidays: holidays)
            return compare(
                "working day before \(day)", found.description,
                try CaseEvents.day(expectation["is"]?.scalar ?? "").description)
        }
        if let minutes = expectation["idleMinutes"]?.integer {
            let limit = try #require(book[.sessionIdleMinutes, on: try CaseEvents.day("2026-01-01")])
            let out = TIP22.signsOut(afterIdleMinutes: Int(minutes), limit: limit)
            return expectation["signedOut"] == .bool(out) ? [] : ["\(minutes) idle minutes: signed out \(out)"]
        }
        return nil
    }

    private func compare(_ what: String, _ found: String?, _ wanted: String?) -> [String] {
        found == wanted ? [] : ["\(what): \(found ?? "none"), expected \(wanted ?? "none")"]
    }
}
