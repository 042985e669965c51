/// Periods as statutes count them (ARI-03, ARI-04; Civil Code arts. 120–124).
extension CivilDate {
    /// The last day of a period of `months` months whose first day is this day (Civil Code art. 121 II).
    ///
    /// It is the day before the corresponding day of the last month; where that month has no corresponding
    /// day, it is the last day of the month. 2012-03-05 + 36 months ends 2015-03-04.
    public func endOfPeriod(months: Int) -> CivilDate {
        let (target, exact) = sameDay(monthsLater: months)
        return exact ? target.adding(days: -1) : target
    }

    /// The last day of a period of `years` years whose first day is this day.
    public func endOfPeriod(years: Int) -> CivilDate {
        endOfPeriod(months: years * 12)
    }

    /// The same day of the month this many months later (or earlier, if negative), or the last day of that
    /// month if it has no such day (ARI-04 [reading]).
    public func moved(months: Int) -> CivilDate {
        sameDay(monthsLater: months).date
    }

    /// The day `years` years before this one: the first day of "within N years before" (ARI-04).
    public func moved(years: Int) -> CivilDate {
        moved(months: years * 12)
    }

    /// Whole years completed on `day` by a person born on this day (ARI-05).
    ///
    /// A person born on 29 February completes a year on 1 March in common years [reading].
    /// Negative before birth is reported as 0.
    public func age(on day: CivilDate) -> Int {
        let birth = parts
        let then = day.parts
        let reached = (then.month, then.day) >= (birth.month, birth.day)
        return max(0, then.year - birth.year - (reached ? 0 : 1))
    }

    private func sameDay(monthsLater months: Int) -> (date: CivilDate, exact: Bool) {
        let (year, month, day) = parts
        let bounded = max(-20_000, min(20_000, months))
        let count = year * 12 + (month - 1) + bounded
        let targetYear = count / 12
        let targetMonth = count % 12 + 1
        guard targetYear >= 1868 else { return (.earliest, true) }
        guard targetYear <= 2999 else { return (.latest, true) }
        let length = CivilDate.lengthOfMonth(year: targetYear, month: targetMonth)
        let target = CivilDate(year: targetYear, month: targetMonth, day: min(day, length)) ?? .latest
        return (target, day <= length)
    }
}
