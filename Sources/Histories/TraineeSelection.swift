package import CivilTime
package import TrainingEvents

/// Some of the trainees of a ledger: a range of numbers, and single ones outside it.
package struct TraineeSelection: Hashable, Sendable {
    /// Those that the selection is made for.
    package let range: Range<UInt32>
    /// Others who are needed beside them, ascending: who was ever linked to one of the range.
    package let guests: [TraineeNumber]

    /// - Parameter guests: outside the range, in any order.
    package init(_ range: Range<UInt32>, guests: [TraineeNumber]) {
        self.range = range
        self.guests = guests.sorted()
    }

    /// Whether a trainee is one of them. O(log guests).
    @inline(__always)
    package func contains(_ number: UInt32) -> Bool {
        range.contains(number) || !guests.isEmpty && isGuest(TraineeNumber(number))
    }

    private func isGuest(_ number: TraineeNumber) -> Bool {
        var low = 0
        var high = guests.count
        while low < high {
            let middle = (low + high) / 2
            if guests[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < guests.count && guests[low] == number
    }

    /// The groups of `size` consecutive numbers that hold one of them, ascending.
    func groups(of size: Int) -> [Int] {
        var groups = guests.map { Int($0.value) / size }
        if !range.isEmpty { groups += Int(range.lowerBound) / size...Int(range.upperBound - 1) / size }
        groups.sort()
        return groups.indices.compactMap { $0 > 0 && groups[$0] == groups[$0 - 1] ? nil : groups[$0] }
    }
}

extension FactsFold {
    /// The groups that hold a selected trainee, ascending.
    package var selectedGroups: [Int] { selection?.groups(of: Self.groupSize) ?? Array(0..<groupCount) }

    /// Puts the groups of a selection together, beside what was folded already of classes, units and rulebooks.
    ///
    /// - Parameters:
    ///   - groups: one for each of ``selectedGroups``, in their order.
    ///   - eventCount: where the log stands.
    ///   - lastRecordedTime: of the last event before it.
    package func selectedHistories(
        joining groups: [Group], eventCount: UInt64, lastRecordedTime: Instant?
    ) -> LedgerHistories {
        var histories = base?.others ?? LedgerHistories()
        histories.stand(at: eventCount, recordedTime: lastRecordedTime)
        for (index, group) in zip(selectedGroups, groups) {
            let first = index * Self.groupSize
            histories.trainees.pass(to: first)
            histories.trainees.append(page: group.histories)
            for (local, id) in group.ids.enumerated() where !id.isEmpty {
                histories.registry.trainees.add(id, as: TraineeNumber(UInt32(first + local)))
            }
        }
        histories.trainees.pass(to: traineeCount)
        for group in groups {
            for (one, other) in group.links { histories.join(one, other) }
        }
        return histories
    }
}
