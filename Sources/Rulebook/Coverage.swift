public import CivilTime

/// Where a parameter stands in the file that was read.
struct FilePlace: Sendable, Hashable {
    let line: Int
    let column: Int
}

/// Which days a book has values for.
extension Rulebook {
    /// The names of the parameters that have no value on a day though nothing says that they ended before it:
    /// without them a decision cannot be made and must not guess.
    ///
    /// A parameter whose last value ended before the day by `until` or `repealed` is not among them; its rule is
    /// over, and the decision says so.
    public func missingParameters(on day: CivilDate) -> [String] {
        zip(ParameterCatalogue.all, histories).compactMap { declared, stored in
            Self.isMissing(stored.map(declared.spans) ?? [], on: day) ? declared.name : nil
        }
    }

    /// The last day that a check covers unless it is told another: two years after the newest `from` or `checked`
    /// of the book. No clock is asked, so that the same file is always judged alike.
    public var coverageEnd: CivilDate {
        let days = parameterListing.flatMap(\.entries).flatMap { [$0.from, $0.checked].compactMap { $0 } }
        return (days.max() ?? Self.coverageStart).moved(years: 2)
    }

    /// The first day that a check covers: 1 January of ROC 107, the first year of the wage table.
    static let coverageStart = CivilDate(year: 2018, month: 1, day: 1) ?? .earliest

    /// A finding for each parameter that on some first of a month has neither exactly one value nor an explicit
    /// end before it.
    func coverageFindings(
        until end: CivilDate, fileName: String, places: [Int: FilePlace]
    ) -> [RulebookError] {
        let days = Self.firstsOfMonths(until: end)
        return ParameterCatalogue.all.indices.compactMap { index in
            let declared = ParameterCatalogue.all[index]
            let spans = histories[index].map(declared.spans) ?? []
            let bare = days.filter { Self.isMissing(spans, on: $0) }
            guard let first = bare.first else { return nil }
            let more = bare.count == 1 ? "" : " and on \(bare.count - 1) more firsts of a month"
            let place = places[index] ?? FilePlace(line: 1, column: 1)
            return RulebookError(
                .coverage, "\(declared.name) has no value on \(first)\(more)", file: fileName, line: place.line,
                column: place.column)
        }
    }

    private static func firstsOfMonths(until end: CivilDate) -> [CivilDate] {
        var days: [CivilDate] = []
        var (year, month, _) = coverageStart.parts
        while let day = CivilDate(year: year, month: month, day: 1), day <= end {
            days.append(day)
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
        return days
    }

    private static func isMissing(_ spans: [ValueSpan], on day: CivilDate) -> Bool {
        guard let last = spans.last?.until, last < day else { return spans.count { $0.holds(on: day) } != 1 }
        return false
    }
}

/// The first and last day of a value.
struct ValueSpan: Sendable {
    let from: CivilDate?
    let until: CivilDate?

    func holds(on day: CivilDate) -> Bool {
        (from ?? .earliest) <= day && day <= (until ?? .latest)
    }
}
