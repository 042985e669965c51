package import EventLog
package import Histories
import TrainingEvents

/// The digest of all facts: the RFC 6962 root over one canonical leaf per person, class and unit, each group in order
/// of registration.
package struct FactsDigest: Sendable {
    package let root: TreeHash

    /// O(facts).
    ///
    /// - Parameter jobs: how many threads share the persons, at least 1.
    package init(_ histories: LedgerHistories, jobs: Int) {
        var facts = CompactRange()
        let persons = Self.persons(histories)
        for leaf in inParallel(persons.count, jobs: jobs, { Self.leaf(of: persons[$0], histories) }) {
            facts.append(leaf)
        }
        Self.appendClassesAndUnits(of: histories, to: &facts)
        root = facts.root
    }

    /// The IDs of every person, in the order in which the first of them was registered.
    static func persons(_ histories: LedgerHistories) -> [[TraineeNumber]] {
        var persons: [[TraineeNumber]] = []
        persons.reserveCapacity(histories.trainees.count)
        for index in histories.trainees.indices {
            // A comparison with nil would copy the history.
            guard case .some = histories.trainees[index] else { continue }
            let number = TraineeNumber(UInt32(index))
            let members = histories.linkedTrainees(number)
            if members.first == number { persons.append(members) }
        }
        return persons
    }

    /// The leaf of a person.
    static func leaf(of members: [TraineeNumber], _ histories: LedgerHistories) -> TreeHash {
        var facts = CanonicalFacts()
        facts.put(members.compactMap { histories.trainee($0) }) { $1.write(to: &$0) }
        return MerkleTree.leafHash(facts.bytes)
    }

    /// The leaves of classes and units, in this order.
    static func appendClassesAndUnits(of histories: LedgerHistories, to facts: inout CompactRange) {
        for case .some(let history) in histories.classes {
            var writer = CanonicalFacts()
            history.write(to: &writer)
            facts.append(MerkleTree.leafHash(writer.bytes))
        }
        for case .some(let history) in histories.units {
            var writer = CanonicalFacts()
            history.write(to: &writer)
            facts.append(MerkleTree.leafHash(writer.bytes))
        }
    }
}
