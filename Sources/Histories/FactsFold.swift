package import CivilTime
package import TrainingEvents

/// A stored event whose facts cannot be read.
package struct FactsFault: Error {
    package var position: UInt64
    package var error: EventError
}

/// Folds runs of facts into histories, a group of trainees at a time: the groups do not depend on each other, so
/// that several threads can share them, and one trainee's events are folded one after the other.
///
/// The result is what folding event by event gives, for any division into runs.
package struct FactsFold: Sendable {
    private let runs: [FactsRun]
    /// The first position of each run.
    private let firsts: [UInt64]
    private let retracted: RetractedEvents
    /// The number of the first trainee that each run registers, or the next one would have.
    private let registrationFirsts: [Int]
    let base: Base?
    /// The only trainees to be folded; `nil` for all.
    let selection: TraineeSelection?
    /// Trainees of the base who were folded anew, by number.
    private var refolded: [TraineeNumber: TraineeHistory?] = [:]
    /// The time of an event whose facts do not carry it; `nil` if it cannot be read.
    private let timeOf: @Sendable (UInt64) -> Instant?

    /// What was folded before the first run.
    package struct Base: Sendable {
        let traineeCount: Int
        /// The trainees of a group; `nil` if they cannot be read.
        let group: @Sendable (Int) -> Group?
        /// Classes, units, complaints and adopted rulebooks; no trainees.
        let others: LedgerHistories

        package init(traineeCount: Int, others: LedgerHistories, group: @escaping @Sendable (Int) -> Group?) {
            self.traineeCount = traineeCount
            self.others = others
            self.group = group
        }
    }

    /// - Parameters:
    ///   - runs: ascending, without a gap, from position 0 or from where the base ends.
    ///   - base: what was folded before. Those of whom ``retractsInBase`` tells have to be folded anew: ``refold(_:as:)``.
    ///   - timeOf: the time of the event at a position; asked for certificates that do not carry it.
    /// - Throws: the first retraction that cannot be read.
    package init(
        _ runs: [FactsRun], on base: Base? = nil, timeOf: @escaping @Sendable (UInt64) -> Instant?
    ) throws(FactsFault) {
        var firsts: [Int] = []
        var count = base?.traineeCount ?? 0
        for run in runs {
            firsts.append(count)
            count += run.registrations.count
        }
        try self.init(runs, firsts, traineeCount: count, base, nil, timeOf)
    }

    /// Folds some trainees from the runs that hold their events.
    ///
    /// - Parameters:
    ///   - runs: ascending; what stands between them is about others.
    ///   - registrationFirsts: for each run, how many trainees were registered before it.
    ///   - others: classes, units, complaints and adopted rulebooks, folded already.
    /// - Throws: the first retraction that cannot be read.
    package init(
        _ runs: [FactsRun], registrationFirsts: [Int], traineeCount: Int, of selection: TraineeSelection,
        beside others: LedgerHistories, timeOf: @escaping @Sendable (UInt64) -> Instant?
    ) throws(FactsFault) {
        let base = Base(traineeCount: 0, others: others) { _ in nil }
        try self.init(runs, registrationFirsts, traineeCount: traineeCount, base, selection, timeOf)
    }

    private init(
        _ runs: [FactsRun], _ registrationFirsts: [Int], traineeCount: Int, _ base: Base?,
        _ selection: TraineeSelection?, _ timeOf: @escaping @Sendable (UInt64) -> Instant?
    ) throws(FactsFault) {
        self.runs = runs
        self.registrationFirsts = registrationFirsts
        self.traineeCount = traineeCount
        self.base = base
        self.selection = selection
        self.timeOf = timeOf
        firsts = runs.map(\.first)
        retracted = try RetractedEvents(runs)
    }

    /// How many trainees were registered, retracted since or not.
    package let traineeCount: Int

    /// How many groups of trainees there are.
    package var groupCount: Int { (traineeCount + Self.groupSize - 1) / Self.groupSize }

    static var groupSize: Int { NumberedTable<TraineeHistory>.pageSize }

    /// What retractions in the runs are about whose target lies before the first run: folding on would keep what they
    /// take back.
    package var retractsInBase: [Subject] { retracted.earlier }

    /// Puts a trainee's history, folded from all events up to the end of the runs, in the place of the base's; `nil` if
    /// the registration does not stand any more.
    package mutating func refold(_ number: TraineeNumber, as history: TraineeHistory?) {
        refolded[number] = .some(history)
    }

    /// The trainees of a group, by number, and their IDs.
    package struct Group: Sendable {
        package internal(set) var histories: [TraineeHistory?] = []
        package internal(set) var ids: [String] = []
        /// The links that stand, from whom to whom.
        var links: [(TraineeNumber, TraineeNumber)] = []
    }

    /// Folds the events of one group of trainees. May run on several threads, one group each.
    ///
    /// - Returns: `nil` if the base cannot be read.
    /// - Throws: the fault of a trainee's event, the first of the first such trainee.
    package func group(_ index: Int) throws(FactsFault) -> Group? {
        let first = index * Self.groupSize
        let count = min(Self.groupSize, traineeCount - first)
        let entries = entries(ofGroup: index, count)
        let inBase = max(0, min(count, (base?.traineeCount ?? 0) - first))
        guard var group = inBase == 0 ? Group() : base?.group(index), group.histories.count == inBase else {
            return nil
        }
        group.histories.reserveCapacity(count)
        group.ids.reserveCapacity(count)
        var scratch = AttendanceScratch()
        for local in 0..<count {
            if let selection, !selection.contains(UInt32(first + local)) {
                group.histories.append(nil)
                group.ids.append("")
                continue
            }
            let own = entries.all[entries.starts[local]..<entries.starts[local + 1]]
            if local < inBase {
                if let history = refolded[TraineeNumber(UInt32(first + local))] {
                    group.histories[local] = history
                    continue
                }
                if !own.isEmpty, group.histories[local] != nil { try fold(own, onto: local, of: &group, &scratch) }
            } else {
                try add(TraineeNumber(UInt32(first + local)), own, to: &group, &scratch)
            }
        }
        for case .some(let history) in group.histories where !history.links.isEmpty {
            for link in history.links { group.links.append((history.number, link.other)) }
        }
        return group
    }

    /// Folds a trainee's events onto what the base has.
    private func fold(
        _ entries: ArraySlice<Placed>, onto local: Int, of group: inout Group, _ scratch: inout AttendanceScratch
    ) throws(FactsFault) {
        // Taken out, so that it is changed in its place and not in a copy.
        guard var history = group.histories[local] else { return }
        group.histories[local] = nil
        try fold(entries, from: history.registeredAt, into: &history, &scratch)
        group.histories[local] = history
    }

    /// Puts the groups together and folds what is about classes, units and rulebooks.
    ///
    /// - Throws: the fault of the first such event that cannot be read.
    package func histories(
        joining groups: [Group], lastRecordedTime: Instant?
    ) throws(FactsFault) -> LedgerHistories {
        var histories = base?.others ?? LedgerHistories()
        histories.eventCount = runs.last.map { $0.first + UInt64($0.count) } ?? histories.eventCount
        histories.lastRecordedTime = lastRecordedTime
        for group in groups {
            histories.trainees.append(page: group.histories)
            for id in group.ids { histories.registry.trainees.add(id) }
        }
        for group in groups {
            for (one, other) in group.links { histories.join(one, other) }
        }
        for index in runs.indices {
            for entry in runs[index].others {
                let facts = try facts(entry, index)
                histories.registry.note(facts.subject)
                let position = runs[index].position(of: entry)
                histories.foldOther(facts.subject, facts.body, at: position, isLive: !isRetracted(entry, index))
            }
        }
        return histories
    }

    /// An event and the run that it stands in.
    private struct Placed {
        var run: UInt32
        var entry: FactsEntry
    }

    /// The events of a group, trainee by trainee, each trainee's in the order of the log.
    private func entries(ofGroup group: Int, _ count: Int) -> (all: [Placed], starts: [Int]) {
        let mask = UInt32(Self.groupSize - 1)
        var starts = [Int](repeating: 0, count: Self.groupSize + 1)
        for run in runs {
            for entry in run.trainees(inGroup: group) { starts[Int(entry.subject & mask) + 1] += 1 }
        }
        for local in 0..<Self.groupSize { starts[local + 1] += starts[local] }
        var places = starts
        let all = [Placed](unsafeUninitializedCapacity: starts[Self.groupSize]) { buffer, filled in
            for index in runs.indices {
                for entry in runs[index].trainees(inGroup: group) {
                    let local = Int(entry.subject & mask)
                    buffer.initializeElement(at: places[local], to: Placed(run: UInt32(index), entry: entry))
                    places[local] += 1
                }
            }
            filled = starts[Self.groupSize]
        }
        return (all, starts)
    }

    private func add(
        _ number: TraineeNumber, _ entries: ArraySlice<Placed>, to group: inout Group,
        _ scratch: inout AttendanceScratch
    ) throws(FactsFault) {
        guard let (run, registration) = registration(of: Int(number.value)) else {
            throw fault("no registration of trainee number \(number.value)", firsts.last ?? 0)
        }
        let facts = try facts(registration, run)
        guard case .newTrainee(let id) = facts.subject else { preconditionFailure("the collector sorts by type") }
        group.ids.append(id)
        let position = runs[run].position(of: registration)
        guard !isRetracted(registration, run),
            var history = TraineeHistory(number: number, facts.body, at: position)
        else { return group.histories.append(nil) }
        try fold(entries, from: position, into: &history, &scratch)
        group.histories.append(history)
    }

    /// Folds a trainee's events. Attendance touches nothing but its own records, so that it is gathered first and
    /// then put in place an enrolment at a time, into memory of the right size.
    private func fold(
        _ entries: ArraySlice<Placed>, from registration: UInt64, into history: inout TraineeHistory,
        _ scratch: inout AttendanceScratch
    ) throws(FactsFault) {
        scratch.begin()
        for placed in entries {
            let run = Int(placed.run)
            let position = firsts[run] + UInt64(placed.entry.offset)
            guard position > registration, !isRetracted(placed.entry, run) else { continue }
            if let record = placed.entry.attendance {
                scratch.add(record.on, record.minutesPresent, at: position, in: record.classNumber, of: &history)
                continue
            }
            let body = try body(placed.entry, run)
            if case .identityCertified(let certified) = body, certified.certifiedAt == nil {
                guard let time = timeOf(position) else { throw fault("a certificate without a time", position) }
                history.fold(body, at: position) { time }
            } else {
                history.fold(body, at: position) { preconditionFailure("only certificates ask for a time") }
            }
        }
        scratch.finish(&history)
    }

    private func registration(of number: Int) -> (run: Int, entry: FactsEntry)? {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if registrationFirsts[middle] <= number { low = middle + 1 } else { high = middle }
        }
        guard low > 0, number - registrationFirsts[low - 1] < runs[low - 1].registrations.count else { return nil }
        return (low - 1, runs[low - 1].registrations[number - registrationFirsts[low - 1]])
    }

    private func facts(_ entry: FactsEntry, _ run: Int) throws(FactsFault) -> EventFacts {
        do throws(EventError) {
            return try runs[run].facts(of: entry)
        } catch {
            throw FactsFault(position: runs[run].position(of: entry), error: error)
        }
    }

    private func body(_ entry: FactsEntry, _ run: Int) throws(FactsFault) -> EventBody {
        do throws(EventError) {
            return try runs[run].body(ofTraineeEvent: entry)
        } catch {
            throw FactsFault(position: runs[run].position(of: entry), error: error)
        }
    }

    private func fault(_ found: String, _ position: UInt64) -> FactsFault {
        FactsFault(position: position, error: EventError(.malformedRecord, found: found))
    }

    private func isRetracted(_ entry: FactsEntry, _ run: Int) -> Bool { retracted.contains(entry.offset, inRun: run) }
}
