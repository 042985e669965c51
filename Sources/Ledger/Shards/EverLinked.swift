import TrainingEvents

/// Which trainee IDs a link ever joined, whether it stands or not: who may be one person with whom.
struct EverLinked: Sendable {
    private var neighbours: [UInt32: [UInt32]] = [:]

    mutating func join(_ one: UInt32, _ other: UInt32) {
        neighbours[one, default: []].append(other)
        neighbours[other, default: []].append(one)
    }

    /// For each of some adjoining ranges of numbers, those outside it who were ever linked to one within, directly or over
    /// others; ascending. O(links × log ranges).
    func guests(of ranges: [Range<UInt32>]) -> [[UInt32]] {
        var guests = [[UInt32]](repeating: [], count: ranges.count)
        for group in groups {
            let homes = Set(group.compactMap { number in Self.index(of: number, in: ranges) })
            for home in homes { guests[home] += group.filter { !ranges[home].contains($0) } }
        }
        return guests.map { $0.sorted() }
    }

    /// The groups that links make, each ascending, in the order of their first members.
    private var groups: [[UInt32]] {
        var seen: Set<UInt32> = []
        var groups: [[UInt32]] = []
        for number in neighbours.keys.sorted() where seen.insert(number).inserted {
            var group = [number]
            var next = 0
            while next < group.count {
                for other in neighbours[group[next]] ?? [] where seen.insert(other).inserted { group.append(other) }
                next += 1
            }
            groups.append(group.sorted())
        }
        return groups
    }

    /// The range that holds a number; empty ranges hold none.
    private static func index(of number: UInt32, in ranges: [Range<UInt32>]) -> Int? {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(number) ? low : nil
    }
}
