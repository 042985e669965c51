import CivilTime
import Decisions
import Foundation
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Ledger

@Suite("A comparison tells who would get what else, and adds up")
struct ComparisonTests {
    private func engine(_ histories: LedgerHistories, _ book: String) throws -> DecisionEngine {
        DecisionEngine(histories: histories, rulebook: try BuiltInRulebooks.book(named: book))
    }

    private func run(_ comparison: Comparison, jobs: Int = 1) -> ([DecisionChange], ComparisonTotals) {
        var changes: [DecisionChange] = []
        let totals = comparison.run(jobs: jobs) { changes.append($0) }
        return (changes, totals)
    }

    /// What is granted in all by kind, decided one by one, each person and class once.
    private func granted(_ engine: DecisionEngine) -> [Int64] {
        var sums = [Int64](repeating: 0, count: DecisionEngine.kinds.count)
        var seen: Set<[UInt32]> = []
        for case .some(let trainee) in engine.histories.trainees {
            let first = engine.histories.linkedTrainees(trainee.number)[0].value
            for enrolment in trainee.enrolments {
                guard seen.insert([first, enrolment.classNumber.value]).inserted,
                    let found = engine.personCase(trainee.number, in: enrolment.classNumber)
                else { continue }
                for (index, kind) in DecisionEngine.kinds.enumerated() {
                    sums[index] += engine.decide(kind, found)?.borneNTD ?? 0
                }
            }
        }
        return sums
    }

    private func expectSums(
        _ changes: [DecisionChange], _ totals: ComparisonTotals, _ before: [Int64], _ after: [Int64]
    ) {
        #expect(totals.kinds.map(\.figures.beforeNTD) == before)
        #expect(totals.kinds.map(\.figures.afterNTD) == after)
        #expect(totals.all.differenceNTD == after.reduce(0, +) - before.reduce(0, +))
        #expect(totals.all.differenceNTD == changes.reduce(0) { $0 + $1.differenceNTD })
        #expect(totals.all.compared == changes.count + totals.all[.same])
        for change in DecisionChange.Kind.allCases where change != .same {
            #expect(totals.all[change] == changes.count { $0.change == change })
        }
    }

    @Test("by two rulebooks and at two points of a generated ledger it comes to what single decisions come to")
    func bruteForce() throws {
        try LedgerFixture.withLedger { ledger in
            let head = try LedgerFixture.generate(into: ledger, trainees: 400, seed: 11)
            let reader = try LedgerReader(opening: ledger)
            let now = try reader.histories(at: try reader.resolve(.head))
            let then = try reader.histories(at: try reader.resolve(.position(head * 2 / 3)))
            let sides = [(now, "base", now, "cap-2025"), (then, "base", now, "base"), (now, "cap-2025", then, "base")]
            for (left, leftBook, right, rightBook) in sides {
                let (before, after) = (try engine(left, leftBook), try engine(right, rightBook))
                let comparison = Comparison(from: before, to: after)
                let (changes, totals) = run(comparison)
                expectSums(changes, totals, granted(before), granted(after))
                #expect(!changes.isEmpty)
                let lines = changes.map { $0.row(comparison.registry).json.text }
                let (others, sums) = run(comparison, jobs: 3)
                #expect(others.map { $0.row(comparison.registry).json.text } == lines)
                #expect(sums == totals)
            }
            let (caps, totals) = run(Comparison(from: try engine(now, "base"), to: try engine(now, "cap-2025")))
            #expect(caps.allSatisfy { $0.kind == .tuitionSubsidy })
            #expect(caps.contains { $0.change == .amount && $0.clause == "TIP-13" && $0.differenceNTD > 0 })
            #expect(totals.all[.lost] == 0)
            let (none, same) = run(Comparison(from: try engine(now, "base"), to: try engine(now, "base")))
            #expect(none.isEmpty)
            #expect(same.all[.same] == same.all.compared && same.all.compared > 1_000)
        }
    }

    /// Three classes of a trainee whose quota of NT$70,000 ends in the second.
    private var capped: Story {
        var story = Story()
        story.passes("T-1", "C-1", fee: 80_000, from: "2025-02-01")
        story.passes("T-1", "C-2", fee: 20_000, from: "2025-04-01")
        story.passes("T-1", "C-3", fee: 10_000, from: "2025-06-01")
        return story
    }

    @Test("the cap raises one grant and grants another anew, by TIP-13; what stays is not told")
    func cap() throws {
        let histories = try capped.histories()
        let (changes, totals) = run(
            Comparison(from: try engine(histories, "base"), to: try engine(histories, "cap-2025")))
        #expect(changes.map(\.change) == [.amount, .newlyGranted])
        #expect(changes.map(\.differenceNTD) == [10_000, 8_000])
        #expect(changes.map(\.clause) == ["TIP-13", "TIP-13"])
        #expect(changes.map { $0.before?.outcome } == [.reduced, .refused])
        #expect(totals.all.differenceNTD == 18_000)
        let (back, _) = run(Comparison(from: try engine(histories, "cap-2025"), to: try engine(histories, "base")))
        #expect(back.map(\.change) == [.amount, .lost])
        let attendance = Comparison(
            from: try engine(histories, "base"), to: try engine(histories, "cap-2025"), kinds: [.attendance])
        #expect(run(attendance).0.isEmpty)
        #expect(run(attendance).1.all.compared == 3)
    }

    @Test("a refusal in place of a pending decision without money differs by its reason only")
    func reasonOnly() throws {
        var story = Story()
        story.approveWeekly(from: "2026-03-02")
        story.register()
        story.starts(in: "C-1", on: "2026-03-02")
        let before = try story.histories()
        story.verifies(asOf: "2026-03-03", by: .document)
        let (changes, totals) = run(
            Comparison(from: try engine(before, "base"), to: try engine(try story.histories(), "base")))
        let change = try #require(changes.first { $0.kind == .tuitionSubsidy })
        #expect(change.change == .reasonOnly)
        #expect(change.before?.outcome == .pending && change.after?.outcome == .refused)
        #expect(change.clause == "TIP-07")
        #expect(change.differenceNTD == 0)
        #expect(totals.all.differenceNTD == 0)
    }

    @Test("an enrolment of one side only counts; to whom a kind does not apply, nothing changes")
    func oneSided() throws {
        let story = capped
        let none = LedgerHistories()
        let (base, empty) = (try engine(try story.histories(), "base"), try engine(none, "base"))
        let (gained, _) = run(Comparison(from: empty, to: base, kinds: [.tuitionSubsidy, .livingAllowance]))
        #expect(gained.map(\.change) == [.newlyGranted, .newlyGranted, .reasonOnly])
        #expect(gained.allSatisfy { $0.before == nil && $0.clause == nil && $0.kind == .tuitionSubsidy })
        #expect(gained.map(\.differenceNTD) == [64_000, 6_000, 0])
        let (lost, totals) = run(Comparison(from: base, to: empty, kinds: [.tuitionSubsidy]))
        #expect(lost.map(\.change) == [.lost, .lost, .reasonOnly])
        #expect(totals.all.differenceNTD == -70_000)
    }

    @Test("IDs that one side links are one person: no decision is told twice")
    func links() throws {
        var story = capped
        story.passes("T-2", "C-4", from: "2025-08-02")
        let before = try story.histories()
        story.link("T-2", "T-1")
        let after = try story.histories()
        let comparison = Comparison(
            from: try engine(before, "base"), to: try engine(after, "base"), kinds: [.tuitionSubsidy])
        let (changes, totals) = run(comparison)
        #expect(totals.all.compared == 4)
        #expect(changes.map(\.change) == [.lost])
        #expect(changes.map(\.differenceNTD) == [-8_000])
        #expect(changes.map(\.clause) == ["TIP-12"], "the window is another one")
        #expect(changes.map { comparison.registry.trainees.id(of: $0.trainee) } == ["T-2"])
    }
}
