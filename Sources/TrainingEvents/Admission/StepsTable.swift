/// The steps of trainees or classes by number: those in memory, of which some are not yet in storage.
///
/// Whoever has a storage drops steps from memory and brings them back before they are looked at; without one, all stay
/// here from their introduction on.
struct StepsTable<Steps: StoredSteps>: Sendable {
    private var resident: [UInt32: Steps] = [:]
    private var changed: Set<UInt32> = []

    /// How many are in memory.
    var count: Int { resident.count }

    /// Whether the steps of this number are in memory.
    func contains(_ number: UInt32) -> Bool { resident[number] != nil }

    /// Whether the steps of this number are in memory and fulfil a condition.
    func holds(_ number: UInt32, _ condition: (borrowing Steps) -> Bool) -> Bool {
        resident[number].map { condition($0) } ?? false
    }

    /// The steps of a number that is in memory. Writing does not by itself say that they changed.
    subscript(_ number: UInt32) -> Steps {
        get {
            guard let steps = resident[number] else { preconditionFailure("the steps were not brought back") }
            return steps
        }
        _modify {
            precondition(contains(number), "the steps were not brought back")
            yield &resident[number, default: Steps()]
        }
    }

    /// Brings steps in.
    mutating func insert(_ steps: Steps, for number: UInt32) { resident[number] = steps }

    /// Notes that the steps are other ones than in storage.
    mutating func noteChange(_ number: UInt32) { changed.insert(number) }

    /// The encoded steps that changed since this was last asked, in order of their numbers.
    mutating func takeChanged() -> [(number: UInt32, bytes: [UInt8])] {
        defer { changed.removeAll(keepingCapacity: true) }
        return changed.sorted().map { ($0, self[$0].encoded) }
    }

    /// Drops everything from memory; all changes were taken.
    mutating func removeAll() {
        precondition(changed.isEmpty, "changed steps would be lost")
        resident.removeAll()
    }
}
