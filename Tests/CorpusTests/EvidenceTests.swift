import Decisions
import Foundation
import Histories
import Ledger
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@Suite("A decision is the same whatever is kept of its reasons")
struct EvidenceTests {
    /// One clause in outline.
    private struct Line: Equatable {
        let clause: String
        let version: Int
        let result: Reason.Result
        let events: [UInt64]
    }

    private static func lines(_ reasons: [Reason]) -> [Line] {
        reasons.map { Line(clause: $0.clause, version: $0.version, result: $0.result, events: $0.events) }
    }

    private static func lines(_ outline: DecisionOutline) -> [Line] {
        var next = 0
        return outline.entries.map { entry in
            defer { next += entry.eventCount }
            let events = Array(outline.events[next..<next + entry.eventCount])
            return Line(clause: entry.clause, version: entry.version, result: entry.result, events: events)
        }
    }

    private static func withoutReasons(_ decision: Decision) -> Decision {
        var decision = decision
        decision.reasons = []
        return decision
    }

    /// Holds every way of deciding to the one that keeps all.
    private func expectSame(_ histories: LedgerHistories, _ book: Rulebook, _ comment: Comment) {
        let engine = DecisionEngine(histories: histories, rulebook: book)
        let persons = Persons(histories)
        for index in 0..<persons.count {
            var full: [Decision] = []
            engine.forEachDecision(of: persons[index]) { full.append($0) }
            var outcomes: [Decision] = []
            engine.forEachOutcome(of: persons[index]) { outcomes.append($0) }
            #expect(outcomes == full.map(Self.withoutReasons), comment)
            var outlines: [(decision: Decision, outline: DecisionOutline)] = []
            engine.forEachOutline(of: persons[index]) { outlines.append(($0, $1)) }
            #expect(outlines.map(\.decision) == outcomes, comment)
            #expect(outlines.map { Self.lines($0.outline) } == full.map { Self.lines($0.reasons) }, comment)
            expectSameAsked(full, persons[index], engine, comment)
        }
        let roster = ClassRoster(histories)
        for index in histories.classes.indices {
            let number = ClassNumber(UInt32(index))
            let full = engine.admission(to: number, roster: roster)
            let applicants = engine.applicants(to: number, roster: roster)
            let outlines = engine.admissionOutlines(to: number, of: applicants)
            #expect(outlines.map(\.decision) == full.map(Self.withoutReasons), comment)
            #expect(outlines.map { Self.lines($0.evidence) } == full.map { Self.lines($0.reasons) }, comment)
        }
    }

    /// One by one, as a question asks, it comes to what it comes to for the whole person.
    private func expectSameAsked(
        _ full: [Decision], _ members: ArraySlice<TraineeNumber>, _ engine: DecisionEngine, _ comment: Comment
    ) {
        for decision in full {
            guard let asked = engine.decisionCase(decision.trainee, in: decision.classNumber) else {
                Issue.record("\(decision) is about nobody")
                continue
            }
            #expect(engine.decide(decision.kind, asked) == decision, comment)
            let told = engine.told(decision.kind, asked)
            #expect(told?.decision == Self.withoutReasons(decision), comment)
            #expect(told?.clauses.entries.map(\.clause) == decision.reasons.map(\.clause), comment)
            #expect(told?.clauses.entries.map(\.result) == decision.reasons.map(\.result), comment)
            #expect(engine.outcome(of: decision.kind, asked) == Self.withoutReasons(decision), comment)
        }
    }

    @Test("in generated populations, by every rulebook", arguments: PropertyTests.seeds)
    func populations(seed: UInt64) throws {
        var generator = PopulationGenerator(trainees: 25, seed: seed)
        var story = Story()
        while let line = generator.next() { story.tell(line: String(decoding: line, as: UTF8.self)) }
        for book in BuiltInRulebooks.names {
            expectSame(try story.histories(), try BuiltInRulebooks.book(named: book), "seed \(seed), \(book)")
        }
    }

    @Test("in the examples", arguments: ["coffee-2026", "semi-2022", "tip-classes"])
    func examples(example: String) throws {
        expectSame(
            try CoverageTests.histories(example), try BuiltInRulebooks.book(named: "base"), "\(example)")
    }

    @Test("in the cases worked by hand", arguments: CoverageTests.clauses)
    func corpus(clause: String) throws {
        let file = try CorpusFile(named: "\(clause).yaml")
        let common = try CorpusFile.common()
        let book = try BuiltInRulebooks.book(named: "base")
        for kase in file.cases {
            let runner = try CaseRunner(kase, file: file.name, common: common)
            expectSame(try runner.histories(), book, "\(runner.name)")
        }
    }
}
