package import EventLog
package import Histories
package import Rulebook
import TrainingEvents

/// How the work on a ledger is divided: which segment files there are, with the hashes of their bytes, and which shard folds
/// whom from which of them.
///
/// A plan holds everything about classes, units and rulebooks, too, so that a shard needs nothing but the plan and its
/// segment files (`docs/scale.md`).
package struct ShardPlan: Sendable {
    /// The most shards of a plan.
    package static let maximumShards = 4_096

    /// A segment file.
    package struct Segment: Hashable, Sendable {
        /// Its bytes.
        package var fingerprint: SegmentFingerprint
        /// How many trainees were registered before its first record.
        package var registeredBefore: UInt32
    }

    /// A part of the work.
    package struct Shard: Hashable, Sendable {
        /// Whose facts and decisions it gives, and who has to be folded beside them.
        package var trainees: TraineeSelection
        /// The segments that hold their events, by their places in the plan, ascending.
        package var segments: [Int]
        /// About how many events it folds.
        package var events: UInt64
    }

    package let ledgerID: LedgerID
    /// What the ledger knew.
    package let point: LedgerPoint
    /// How many trainees were registered before it, retracted since or not.
    package let traineeCount: UInt32
    package let segments: [Segment]
    package let shards: [Shard]
    /// The rulebook to decide by where nobody names another.
    package let rulebook: Rulebook
    /// Classes, units, complaints and adopted rulebooks; no trainee.
    package let others: LedgerHistories

    /// The positions of a segment that count.
    package func positions(of segment: Int) -> Range<UInt64> {
        let first = segments[segment].fingerprint.first
        return first..<(segment + 1 < segments.count ? segments[segment + 1].fingerprint.first : point.eventCount)
    }

    /// How many trainees a segment registers.
    func registrations(in segment: Int) -> Int {
        let next = segment + 1 < segments.count ? segments[segment + 1].registeredBefore : traineeCount
        return Int(next - segments[segment].registeredBefore)
    }

    /// The shard of a number.
    ///
    /// - Throws: `shard` – `noSuchShard`.
    package func shard(_ number: Int) throws(LedgerError) -> Shard {
        guard shards.indices.contains(number) else {
            throw .shard(
                ShardError(.noSuchShard, "the plan has \(shards.count) shards, numbered from 0", shard: number))
        }
        return shards[number]
    }
}

extension ShardPlan {
    /// Why the numbers of a plan contradict each other; `nil` if they do not. Everything that uses a plan rests on this.
    var contradiction: String? {
        let firsts = segments.map(\.fingerprint.first)
        guard point.eventCount < Format.positionLimit, UInt64(traineeCount) <= point.eventCount else {
            return "more trainees or events than there can be"
        }
        guard firsts.first ?? 0 == 0, (firsts.last ?? 0) < max(1, point.eventCount),
            !firsts.isEmpty || point.eventCount == 0
        else { return "its segments do not cover its events" }
        for index in segments.indices.dropFirst() where firsts[index - 1] >= firsts[index] {
            return "its segments do not ascend"
        }
        var registered: UInt32 = 0
        for segment in segments {
            guard registered <= segment.registeredBefore, segment.registeredBefore <= traineeCount else {
                return "its numbers of trainees do not ascend"
            }
            registered = segment.registeredBefore
        }
        guard segments.first?.registeredBefore ?? 0 == 0, (1...Self.maximumShards).contains(shards.count) else {
            return "it has no shards, or more than \(Self.maximumShards)"
        }
        var next: UInt32 = 0
        for shard in shards {
            let range = shard.trainees.range
            guard range.lowerBound == next else { return "its shards do not follow on each other" }
            next = range.upperBound
            if let fault = fault(of: shard) { return fault }
        }
        return next == traineeCount ? nil : "its shards do not cover all trainees"
    }

    private func fault(of shard: Shard) -> String? {
        let guests = shard.trainees.guests
        for (index, guest) in guests.enumerated() {
            guard guest.value < traineeCount, !shard.trainees.range.contains(guest.value),
                index == 0 || guests[index - 1] < guest
            else { return "a trainee beside a shard is not outside it" }
        }
        for (index, segment) in shard.segments.enumerated() {
            guard segments.indices.contains(segment), index == 0 || shard.segments[index - 1] < segment else {
                return "a shard reads a segment that there is not"
            }
        }
        return nil
    }
}
