import TrainingEvents

/// Which events of the runs are retracted: one bit an event, for the runs that have any.
struct RetractedEvents: Sendable {
    /// By run: where its bits begin, or a negative number.
    private var starts: [Int]
    private var bits: [UInt64] = []
    /// What the retractions are about whose target stands before the first run.
    private(set) var earlier: [Subject] = []

    private static let wordsPerRun = 1_024

    /// - Throws: the first retraction that cannot be read.
    init(_ runs: [FactsRun]) throws(FactsFault) {
        starts = [Int](repeating: -1, count: runs.count)
        for run in runs {
            for entry in run.retractions {
                let position = run.position(of: entry)
                let facts: EventFacts
                do throws(EventError) {
                    facts = try run.facts(of: entry)
                } catch {
                    throw FactsFault(position: position, error: error)
                }
                guard case .eventRetracted(let retraction) = facts.body else { continue }
                let target = UInt64(clamping: retraction.targetPosition)
                if target < runs[0].first { earlier.append(facts.subject) } else { add(target, runs) }
            }
        }
    }

    /// Whether the event that stands so far behind the run's first is retracted.
    @inline(__always)
    func contains(_ offset: UInt16, inRun run: Int) -> Bool {
        let start = starts[run]
        guard start >= 0 else { return false }
        return bits[start + Int(offset >> 6)] & (1 << UInt64(offset & 63)) != 0
    }

    private mutating func add(_ position: UInt64, _ runs: [FactsRun]) {
        guard let run = Self.run(of: position, in: runs) else { return }
        if starts[run] < 0 {
            starts[run] = bits.count
            bits.append(contentsOf: repeatElement(0, count: Self.wordsPerRun))
        }
        let offset = Int(position - runs[run].first)
        bits[starts[run] + (offset >> 6)] |= 1 << UInt64(offset & 63)
    }

    private static func run(of position: UInt64, in runs: [FactsRun]) -> Int? {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].first + UInt64(runs[middle].count) <= position { low = middle + 1 } else { high = middle }
        }
        return low < runs.count && runs[low].first <= position ? low : nil
    }
}
