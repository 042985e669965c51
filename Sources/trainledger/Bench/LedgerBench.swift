import Decisions
import EventLog
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// Whole pieces of work on one ledger, each measured on its own. Changes nothing in the ledger.
struct LedgerBench {
    let ledger: String
    let jobs: Int
    let repeats: Int
    /// Given each measurement as it is made.
    let show: (Measurement) -> Void

    private var jobCounts: [Int] { jobs == 1 ? [1] : [1, jobs] }

    func run() throws {
        let reader = try LedgerReader(opening: ledger)
        let point = try reader.resolve(.head)
        try measureFacts(reader, point)
        let histories = try reader.histories(at: point, jobs: jobs)
        for jobs in jobCounts {
            show(
                measure("facts digest, --jobs \(jobs)", point.eventCount, "events") {
                    _ = FactsDigest(histories, jobs: jobs).root
                })
        }
        try measureDecisions(histories)
        try measureTimelines(histories)
        try measureLateEvents(histories, reader)
        show(
            try measure("verify", point.eventCount, "events") {
                _ = try LedgerVerification(of: ledger) { _, _ in }
            })
        try LogBench(besides: ledger, repeats: repeats, show: show).run()
    }

    private func measure(
        _ name: String, _ count: UInt64, _ unit: String, _ work: () throws -> Void
    ) rethrows -> Measurement {
        try Stopwatch.measure(name, count: count, unit: unit, repeats: repeats, work)
    }

    /// Stage 1: from opening the files to the facts of everyone.
    private func measureFacts(_ reader: LedgerReader, _ point: LedgerPoint) throws {
        for jobs in jobCounts {
            show(
                try measure("facts, --jobs \(jobs)", point.eventCount, "events") {
                    _ = try LedgerReader(opening: ledger).histories(at: point, jobs: jobs)
                })
        }
        let half = try reader.resolve(.position(point.eventCount / 2))
        show(
            try measure("as of the middle, --jobs \(jobs)", half.eventCount, "events") {
                _ = try LedgerReader(opening: ledger).histories(at: half, jobs: jobs)
            })
        show(
            try measure("facts with snapshots, --jobs \(jobs)", point.eventCount, "events") {
                _ = try LedgerReader(opening: ledger).histories(at: point, jobs: jobs, usingSnapshots: true)
            })
    }

    /// Stage 2: every decision of everyone, and two rulebooks compared.
    private func measureDecisions(_ histories: LedgerHistories) throws {
        let persons = Persons(histories)
        let book = try RulebookChoice.named("base")
        let engine = DecisionEngine(histories: histories, rulebook: book)
        for (name, detail) in [
            ("decisions without reasons", EveryDecision.Detail.outcomes), ("decisions with clauses", .outlines),
            ("decisions with reasons", .reasons),
        ] {
            for jobs in jobCounts {
                show(
                    measure("\(name), --jobs \(jobs)", UInt64(persons.count), "persons") {
                        _ = EveryDecision(engine, persons, detail, jobs: jobs)
                    })
            }
        }
        let other = DecisionEngine(histories: histories, rulebook: try RulebookChoice.named("cap-2025"))
        show(
            measure("compare two rulebooks, --jobs \(jobs)", UInt64(persons.count), "persons") {
                _ = Comparison(from: engine, to: other).run(jobs: jobs) { _ in }
            })
    }

    /// One trainee after the other, spread over all, each by a reader of its own.
    private func measureTimelines(_ histories: LedgerHistories) throws {
        let ids = histories.registry.trainees.ids
        let step = max(1, ids.count / 200)
        var nanoseconds: [UInt64] = []
        for index in stride(from: 0, to: ids.count, by: step) where histories.trainees[index] != nil {
            let one = try Stopwatch.measure("", count: 1, unit: "", repeats: 1) {
                let reader = try LedgerReader(opening: ledger)
                _ = try reader.personEvents(of: ids[index], at: try reader.resolve(.head))
            }
            nanoseconds += one.nanoseconds
        }
        show(
            Measurement(
                name: "events of one trainee, reader opened", count: 1, unit: "trainees", nanoseconds: nanoseconds))
    }

    /// The last attendance record, recorded again: what it takes to know the trainee's decisions anew.
    private func measureLateEvents(_ histories: LedgerHistories, _ reader: LedgerReader) throws {
        guard var late = try reader.newestEvent(of: .attendanceRecorded), let recordedTime = histories.lastRecordedTime
        else { return }
        late.envelope.recordedTime = recordedTime
        let book = try RulebookChoice.named("base")
        var current = try CurrentDecisions(histories) { _ in book }
        func measure(_ name: String, _ decide: (DecisionEngine, ArraySlice<TraineeNumber>) -> Void) throws {
            var nanoseconds: [UInt64] = []
            for _ in 0..<1_000 {
                let one = try Stopwatch.measure("", count: 1, unit: "", repeats: 1) {
                    let dependants = try current.take(late) { _ in [] }
                    let engine = current.engine
                    for person in dependants.persons { decide(engine, person[...]) }
                }
                nanoseconds += one.nanoseconds
            }
            show(Measurement(name: name, count: 1, unit: "events", nanoseconds: nanoseconds))
        }
        try measure("late event to decisions") { engine, members in engine.forEachOutcome(of: members) { _ in } }
        try measure("late event to decisions with reasons") { engine, members in
            engine.forEachDecision(of: members) { _ in }
        }
    }
}
