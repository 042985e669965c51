import Ledger

/// Whole pieces of work on one ledger, each measured on its own.
struct LedgerBench {
    let ledger: String
    let jobs: Int
    let repeats: Int

    /// Hands on each measurement as it is made.
    func run(_ show: (Measurement) -> Void) throws {
        let reader = try LedgerReader(opening: ledger)
        let point = try reader.resolve(.head)
        let jobCounts = jobs == 1 ? [1] : [1, jobs]
        for jobs in jobCounts {
            show(
                try Stopwatch.measure(
                    "facts, --jobs \(jobs)", count: point.eventCount, unit: "events", repeats: repeats
                ) {
                    _ = try LedgerReader(opening: ledger).histories(at: point, jobs: jobs)
                })
        }
        let histories = try reader.histories(at: point, jobs: jobs)
        for jobs in jobCounts {
            show(
                Stopwatch.measure(
                    "facts digest, --jobs \(jobs)", count: point.eventCount, unit: "events", repeats: repeats
                ) {
                    _ = FactsDigest(histories, jobs: jobs).root
                })
        }
    }
}
