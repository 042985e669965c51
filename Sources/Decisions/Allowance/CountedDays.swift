import CivilTime

/// Days that count, in ascending order, held as ranges.
struct CountedDays {
    private(set) var ranges: [ClosedRange<CivilDate>] = []

    /// All days from the first to the last; none if the last comes before the first.
    init(from first: CivilDate, to last: CivilDate) {
        if first <= last { ranges = [first...last] }
    }

    /// How many days they are.
    var count: Int { ranges.reduce(0) { $0 + $1.length } }

    /// Whether a day from `first` to `last` is among them.
    func overlaps(from first: CivilDate, to last: CivilDate) -> Bool {
        first <= last && ranges.contains { $0.lowerBound <= last && first <= $0.upperBound }
    }

    /// Takes out the days from `first` to `last`.
    mutating func remove(from first: CivilDate, to last: CivilDate) {
        guard overlaps(from: first, to: last) else { return }
        var kept: [ClosedRange<CivilDate>] = []
        for range in ranges {
            guard range.lowerBound <= last, first <= range.upperBound else {
                kept.append(range)
                continue
            }
            if range.lowerBound < first { kept.append(range.lowerBound...first.adding(days: -1)) }
            if last < range.upperBound { kept.append(last.adding(days: 1)...range.upperBound) }
        }
        ranges = kept
    }

    /// A run of counted days, with the minutes of the class on them.
    struct Block {
        var from: CivilDate
        var to: CivilDate
        var days: Int
        var minutes: Int64
    }

    /// The days in blocks of a length; the last one has what is left. O(blocks × log of the session days).
    func forEachBlock(of length: Int, in ruled: RuledClass, _ body: (Block) -> Void) {
        var open: Block?
        for range in ranges {
            var next = range.lowerBound
            while next <= range.upperBound {
                let taken = open?.days ?? 0
                let last = min(range.upperBound, next.adding(days: length - taken - 1))
                let minutes = ruled.minutes(from: next, to: last)
                let days = last.days(since: next) + 1
                var block = open ?? Block(from: next, to: last, days: 0, minutes: 0)
                block.to = last
                block.days += days
                block.minutes += minutes
                open = block
                if block.days == length {
                    body(block)
                    open = nil
                }
                guard last < range.upperBound else { break }
                next = last.adding(days: 1)
            }
        }
        if let open { body(open) }
    }
}

extension ClosedRange<CivilDate> {
    /// How many days it has.
    fileprivate var length: Int { upperBound.days(since: lowerBound) + 1 }
}
