import EventLog
import Histories
import TrainingEvents

// Folding on from a snapshot: only what was recorded since is read, and the events of those few trainees who have lost
// an earlier one.
extension LedgerReader {
    /// The facts of the first `count` events, folded on from the latest snapshot before if there is one that serves.
    func histories(
        upTo count: UInt64, usingSnapshots usesSnapshots: Bool, jobs: Int, progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> LedgerHistories {
        if usesSnapshots {
            for file in FactsSnapshotFile.all(of: self, before: count) {
                if let histories = try foldFacts(upTo: count, on: file, jobs: jobs, progress: progress) {
                    return histories
                }
            }
        }
        guard let histories = try foldFacts(upTo: count, jobs: jobs, progress: progress) else {
            preconditionFailure("only a snapshot can fail to serve")
        }
        return histories
    }

    /// What folding goes on from; `nil` if the snapshot cannot be read.
    func base(_ file: FactsSnapshotFile) throws(LedgerError) -> FactsFold.Base? {
        guard let others = file.others() else { return nil }
        return FactsFold.Base(traineeCount: file.snapshot.trainees, others: others) { page in
            file.trainees(ofPage: page)
        }
    }

    /// Folds those anew who have lost an event that the snapshot holds.
    ///
    /// - Returns: `false` if it was not a trainee who lost one, or their events cannot be found without reading the log.
    func refold(_ fold: inout FactsFold, from start: UInt64, upTo count: UInt64) throws(LedgerError) -> Bool {
        if fold.retractsInBase.isEmpty { return true }
        let lookup = try SubjectLookup(self, upTo: count, usesIndex: true)
        guard lookup.covered >= start else { return false }
        for subject in Set(fold.retractsInBase) {
            guard case .trainee(let number) = subject else { return false }
            do throws(LedgerError) {
                fold.refold(number, as: try trainee(number, lookup))
            } catch {
                guard case .derived = error else { throw error }
                return false
            }
        }
        return true
    }

    private func trainee(_ number: TraineeNumber, _ lookup: SubjectLookup) throws(LedgerError) -> TraineeHistory? {
        var events = PersonEvents()
        for position in try lookup.positions(of: number.value, .trainee) {
            let event = try event(at: position)
            // Links of others stand in the list too.
            if case .trainee(let subject) = event.subject, subject != number { continue }
            events.append(event, about: number.value, at: position)
        }
        return events.histories(at: LedgerPoint(eventCount: 0, recordedTime: nil, happenedBy: nil)).trainee(number)
    }
}
