import Access
import EventLog
import Histories
import TrainingEvents

extension LedgerReader {
    /// Divides the work on the events before a point into shards with about equally many events: trainees who ever were one
    /// person are folded together.
    ///
    /// Reads the facts of every event once; the memory that it takes does not grow with them, but with the classes.
    /// The same for any number of jobs.
    ///
    /// - Parameters:
    ///   - count: how many shards, from 1 to ``ShardPlan/maximumShards``.
    ///   - rulebook: asked for by name or file; `nil` for the one that counts at the point.
    /// - Throws: `access` unless a rebuild or a comparison was asked for; `log`, `record`, `asOf` for a question that leaves
    ///   out what happened later, rulebook errors.
    package func plan(
        shards count: Int, at point: LedgerPoint, rulebook: String? = nil, jobs: Int = 1,
        progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> ShardPlan {
        try warrant.require(.rebuild, .compareRules)
        guard point.happenedBy == nil else {
            throw .asOf("a plan is made for what the ledger knew, not for what had happened by a day")
        }
        precondition((1...ShardPlan.maximumShards).contains(count), "the caller bounds the number of shards")
        let readers = ForkedReaders(log, count: jobs)
        let ranges = try readers.segmentRanges(in: 0..<point.eventCount)
        var survey = ShardSurvey()
        for start in stride(from: 0, to: ranges.count, by: Self.segmentsAtATime) {
            let part = ranges[start..<min(ranges.count, start + Self.segmentsAtATime)]
            let read = try readers.map(part.count) { index, reader throws(LedgerError) in
                try SurveyedSegment(part[part.startIndex + index], reader)
            }
            for segment in read { survey.add(segment) }
            progress(part.last?.upperBound ?? 0)
        }
        let others = try survey.others(at: point)
        let bounds = survey.buckets.bounds(ofParts: count, upTo: survey.traineeCount)
        let numbers = (0..<count).map { bounds[$0]..<bounds[$0 + 1] }
        let shards = zip(numbers, survey.links.guests(of: numbers)).map { range, guests in
            ShardPlan.Shard(
                trainees: TraineeSelection(range, guests: guests.map { TraineeNumber($0) }),
                segments: survey.buckets.segments(of: range, and: guests),
                events: survey.buckets.weight(of: range))
        }
        return ShardPlan(
            ledgerID: log.ledgerID, point: point, traineeCount: survey.traineeCount, segments: survey.segments,
            shards: shards,
            rulebook: try RulebookChoice.resolve(rulebook, adopted: others.rulebooks, ledger: directory),
            others: others)
    }

    /// How many segments are read before what is kept of them is put together: bounds the memory.
    private static let segmentsAtATime = 64
}

/// What a plan needs to know of one segment.
private struct SurveyedSegment: Sendable {
    let fingerprint: SegmentFingerprint
    let registrations: UInt32
    /// How many events there are about a trainee, ascending by number; registrations and retractions apart.
    private(set) var events: [(number: UInt32, count: UInt64)] = []
    /// The trainees of whom an event is retracted.
    private(set) var retracted: [UInt32] = []
    private(set) var links: [(UInt32, UInt32)] = []
    /// The events of classes, units and rulebooks, and retractions.
    let others: FactsRun

    init(_ positions: Range<UInt64>, _ reader: LogReader<RealFileSystem>) throws(LedgerError) {
        fingerprint = try fromLog { () throws(LogError) in
            try reader.fingerprint(ofSegmentAt: positions.lowerBound, upTo: positions.upperBound)
        }
        let run = try ForkedReaders.factsRun(positions, reader)
        registrations = UInt32(run.registrations.count)
        others = run.eventsOfOthers()
        countEvents(run)
        for entry in run.retractions {
            if case .trainee(let number) = try Self.facts(entry, run).subject { retracted.append(number.value) }
        }
        for entry in run.linkEntries {
            switch try Self.facts(entry, run).body {
            case .traineeLinked(let link): links.append((entry.subject, link.other.value))
            case .traineeUnlinked(let link): links.append((entry.subject, link.other.value))
            default: break
            }
        }
    }

    private mutating func countEvents(_ run: FactsRun) {
        let size = 1 << Int(FactsRun.groupShift)
        var counts = [UInt64](repeating: 0, count: size)
        for group in 0..<run.groupCount {
            let entries = run.trainees(inGroup: group)
            guard !entries.isEmpty else { continue }
            for entry in entries { counts[Int(entry.subject) & (size - 1)] += 1 }
            for local in counts.indices where counts[local] > 0 {
                events.append((UInt32(group * size + local), counts[local]))
                counts[local] = 0
            }
        }
    }

    private static func facts(_ entry: FactsEntry, _ run: FactsRun) throws(LedgerError) -> EventFacts {
        do throws(EventError) {
            return try run.facts(of: entry)
        } catch {
            throw .record(error, position: run.position(of: entry))
        }
    }
}

/// What a plan needs to know of all segments.
private struct ShardSurvey {
    private(set) var segments: [ShardPlan.Segment] = []
    private(set) var traineeCount: UInt32 = 0
    private(set) var buckets = TraineeBuckets()
    private(set) var links = EverLinked()
    private var runs: [FactsRun] = []

    mutating func add(_ segment: SurveyedSegment) {
        segments.append(ShardPlan.Segment(fingerprint: segment.fingerprint, registeredBefore: traineeCount))
        buckets.beginSegment()
        for number in traineeCount..<traineeCount + segment.registrations { buckets.add(1, of: number) }
        traineeCount += segment.registrations
        for entry in segment.events { buckets.add(entry.count, of: entry.number) }
        for number in segment.retracted { buckets.add(1, of: number) }
        for (one, other) in segment.links { links.join(one, other) }
        runs.append(segment.others)
    }

    /// What is known of classes, units and rulebooks.
    ///
    /// - Throws: `record`.
    func others(at point: LedgerPoint) throws(LedgerError) -> LedgerHistories {
        var histories = try fromFold { () throws(FactsFault) in
            try FactsFold(runs) { _ in nil }.histories(joining: [], lastRecordedTime: point.recordedTime)
        }
        histories.stand(at: point.eventCount, recordedTime: point.recordedTime)
        return histories
    }
}
