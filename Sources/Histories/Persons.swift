package import TrainingEvents

/// Who is one person: the trainee IDs of everyone, in the order in which the first ID of each was registered.
package struct Persons: Sendable {
    /// The IDs of the persons, one person after the other.
    private var members: [TraineeNumber] = []
    /// Where the IDs of each person end.
    private var ends: [Int] = []

    /// The persons who stand. O(IDs).
    package init(_ histories: LedgerHistories) {
        self.init([histories]) { histories.stands($0) }
    }

    /// The persons of two points of one ledger: who is one person at either of them is one here. IDs that stand at
    /// neither are among them. O(IDs).
    package init(_ before: LedgerHistories, _ after: LedgerHistories) {
        self.init([before, after]) { _ in true }
    }

    /// The persons who stand and whose first ID lies in a range. O(IDs in the range).
    ///
    /// - Parameter numbers: of trainees, below their count.
    package init(_ histories: LedgerHistories, ledBy numbers: Range<Int>) {
        self.init([histories], numbers) { histories.stands($0) }
    }

    private init(_ points: [LedgerHistories], _ numbers: Range<Int>? = nil, isTaken: (TraineeNumber) -> Bool) {
        let numbers = numbers ?? 0..<(points.map(\.trainees.count).max() ?? 0)
        members.reserveCapacity(numbers.count)
        ends.reserveCapacity(numbers.count)
        for value in numbers {
            let number = TraineeNumber(UInt32(value))
            guard isTaken(number) else { continue }
            if points.contains(where: { $0.isLinked(number) }) {
                let group = Self.group(of: number, points).filter(isTaken).sorted()
                // Told under the ID that was registered first.
                guard group.first == number else { continue }
                members += group
            } else {
                members.append(number)
            }
            ends.append(members.count)
        }
    }

    /// The IDs that links of any of the points join to this one, in no order.
    private static func group(of number: TraineeNumber, _ points: [LedgerHistories]) -> [TraineeNumber] {
        var group = [number]
        var next = 0
        while next < group.count {
            for point in points {
                for other in point.linkedTrainees(group[next]) where !group.contains(other) { group.append(other) }
            }
            next += 1
        }
        return group
    }

    /// How many persons there are.
    package var count: Int { ends.count }

    /// The IDs of a person, in the order of registration.
    package subscript(index: Int) -> ArraySlice<TraineeNumber> {
        members[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }
}

extension LedgerHistories {
    /// Whether an ID stands. O(1).
    package func stands(_ number: TraineeNumber) -> Bool {
        Int(number.value) < trainees.count && trainees.hasValue(at: Int(number.value))
    }

    /// Whether a link joins this ID to another, or did. O(1).
    package func isLinked(_ number: TraineeNumber) -> Bool {
        !linkedIDs.isEmpty && linkedIDs[number] != nil
    }
}
