import CivilTime
package import EventLog
package import Histories
package import Decisions
package import Rulebook
import TrainingEvents

/// Rebuilds every projection from the log and gives digests of them.
///
/// A digest is the RFC 6962 root over one canonical leaf per person, class and unit, each group in order of
/// registration; it is the same for every number of jobs, machine, process, locale and time zone.
package struct Rebuild: Sendable {
    package let eventCount: UInt64
    package let traineeCount: Int
    package let classCount: Int
    package let factsDigest: TreeHash
    package let decisionsDigest: TreeHash
    /// The books of everyone, each checked; in no digest.
    package let trialBalance: TrialBalance

    /// Covers both digests: the node hash of facts and decisions.
    package var digest: TreeHash { MerkleTree.nodeHash(factsDigest, decisionsDigest) }

    /// - Parameter jobs: how many threads share the persons, at least 1.
    /// - Throws: `books` with the first books that do not stand.
    package init(_ histories: LedgerHistories, _ rulebook: Rulebook, jobs: Int) throws(LedgerError) {
        trialBalance = try Self.trialBalance(histories, histories.trainees.indices, jobs: jobs)
        eventCount = histories.eventCount
        traineeCount = histories.trainees.lazy.compactMap(\.self).count
        classCount = histories.classes.lazy.compactMap(\.self).count
        let engine = DecisionEngine(histories: histories, rulebook: rulebook)
        decisionsDigest = Self.decisionsDigest(engine, jobs: jobs)
        factsDigest = FactsDigest(histories, jobs: jobs).root
    }

    /// What was found in parts, each on some machine.
    init(
        eventCount: UInt64, traineeCount: Int, classCount: Int, factsDigest: TreeHash, decisionsDigest: TreeHash,
        trialBalance: TrialBalance
    ) {
        self.eventCount = eventCount
        self.traineeCount = traineeCount
        self.classCount = classCount
        self.factsDigest = factsDigest
        self.decisionsDigest = decisionsDigest
        self.trialBalance = trialBalance
    }

    /// The books of some trainees, each checked, and their sum.
    ///
    /// - Throws: `books` with the first that do not stand.
    static func trialBalance(
        _ histories: LedgerHistories, _ numbers: Range<Int>, jobs: Int
    ) throws(LedgerError) -> TrialBalance {
        let parts = inParallelRanges(numbers.count, jobs: jobs) { part in
            Result { () throws(BooksError) in
                try TrialBalance(histories, part.lowerBound + numbers.lowerBound..<part.upperBound + numbers.lowerBound)
            }
        }
        do throws(BooksError) {
            var whole = TrialBalance()
            for part in parts { whole.add(try part.get()) }
            try whole.check()
            return whole
        } catch {
            throw .books(error, of: BooksOwner(error, histories.registry))
        }
    }

    /// One leaf a person and then one a class.
    private static func decisionsDigest(_ engine: DecisionEngine, jobs: Int) -> TreeHash {
        let persons = Persons(engine.histories)
        let roster = ClassRoster(engine.histories)
        var decisions = CompactRange()
        let leaves = inParallelRanges(persons.count, jobs: jobs) { range in
            let engine = engine.forAnotherThread()
            return range.map { leaf(of: persons[$0], engine) }
        }
        for leaf in leaves.joined() { decisions.append(leaf) }
        let admissions = inParallelRanges(engine.histories.classes.count, jobs: jobs) { range in
            let engine = engine.forAnotherThread()
            return range.map { admissionLeaf(ClassNumber(UInt32($0)), engine, roster) }
        }
        for case .some(let leaf) in admissions.joined() { decisions.append(leaf) }
        return decisions.root
    }

    /// The rows of a class; `nil` for one that does not stand.
    private static func admissionLeaf(
        _ number: ClassNumber, _ engine: DecisionEngine, _ roster: ClassRoster
    ) -> TreeHash? {
        admissionLeaf(number, engine, engine.applicants(to: number, roster: roster))
    }

    /// The rows of a class, of all who applied for it in the order of the roster; `nil` for one that does not stand.
    static func admissionLeaf(
        _ number: ClassNumber, _ engine: DecisionEngine, _ applicants: [Applicant<DecisionOutline>]
    ) -> TreeHash? {
        guard engine.histories.class(number) != nil else { return nil }
        var writer = CanonicalFacts()
        writer.put(engine.admissionOutlines(to: number, of: applicants)) { $1.decision.write(to: &$0, $1.evidence) }
        return MerkleTree.leafHash(writer.bytes)
    }

    /// Everything decided for a person.
    static func leaf(of members: ArraySlice<TraineeNumber>, _ engine: DecisionEngine) -> TreeHash {
        var decisions = CanonicalFacts()
        engine.forEachOutline(of: members) { decision, outline in decision.write(to: &decisions, outline) }
        return MerkleTree.leafHash(decisions.bytes)
    }
}

extension Decision {
    /// Appends what is decided to a leaf: the outcome, the amounts, and which clauses came to what from which
    /// events.
    package func write(to writer: inout CanonicalFacts, _ outline: DecisionOutline) {
        writer.put(kind)
        writer.put(trainee)
        writer.put(classNumber)
        writer.put(outcome)
        writer.put(amountNTD)
        writer.put(halfMonths)
        writer.put(expectedAmountNTD)
        writer.put(instalments) { writer, instalment in
            writer.put(instalment.from)
            writer.put(instalment.to)
            writer.put(instalment.halfMonths)
            writer.put(instalment.amountNTD)
        }
        writer.put(governmentShareNTD) { $0.put($1) }
        writer.put(rank) { $0.put($1) }
        writer.put(seat.map(\.rawValue)) { $0.put($1) }
        writer.put(isClassCancelled)
        writer.put(payee) { $0.put($1) }
        writer.put(paidNTD)
        writer.put(forwardToTraineeNTD)
        writer.put(traineeOwesUnitNTD)
        writer.put(missing) { $0.put($1) }
        writer.put(outline.entries.count)
        var next = 0
        for entry in outline.entries {
            writer.put(entry.clause)
            writer.put(entry.version)
            writer.put(entry.result.rawValue)
            writer.put(entry.eventCount)
            for position in outline.events[next..<next + entry.eventCount] { writer.put(Int64(clamping: position)) }
            next += entry.eventCount
        }
    }
}
