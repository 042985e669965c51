import CivilTime
import Testing

@Suite("Periods of the Civil Code, for every day of twelve years (ARI-03, ARI-04, ARI-05)")
struct EveryDayTests {
    /// Every day from 2019 to 2030: three leap years, and what lies between them.
    private static let days: [CivilDate] = {
        guard let first = CivilDate("2019-01-01"), let last = CivilDate("2030-12-31") else { return [] }
        return (0...last.days(since: first)).map { first.adding(days: $0) }
    }()

    /// The end of a period by art. 121 read word by word: walk day by day to the corresponding day of the last month.
    private func end(of day: CivilDate, months: Int) -> CivilDate {
        let start = day.parts
        let month = (start.year * 12 + start.month - 1) + months
        let (year, number) = (month / 12, month % 12 + 1)
        var walk = day
        while (walk.parts.year, walk.parts.month) < (year, number) { walk = walk.adding(days: 1) }
        // Now the first day of the last month, or the start itself where no month passes.
        var lastOfMonth = walk
        while walk.parts.month == number {
            if walk.parts.day == start.day { return walk.adding(days: -1) }
            lastOfMonth = walk
            walk = walk.adding(days: 1)
        }
        return lastOfMonth
    }

    @Test(
        "a period of months ends on the day before the corresponding day, else on the last of the month",
        arguments: 1...37)
    func months(count: Int) {
        #expect(Self.days.count == 4_383)
        for day in Self.days {
            #expect(day.endOfPeriod(months: count) == end(of: day, months: count), "\(day) + \(count)")
        }
    }

    @Test("years are twelve months each", arguments: 1...4)
    func years(count: Int) {
        for day in Self.days { #expect(day.endOfPeriod(years: count) == day.endOfPeriod(months: 12 * count)) }
    }

    @Test("years before: the same day of the year, or the last of its month", arguments: 1...4)
    func before(years: Int) {
        for day in Self.days {
            let (from, parts) = (day.moved(years: -years), day.parts)
            #expect(from.parts.year == parts.year - years && from.parts.month == parts.month)
            let isLeapDay = parts.month == 2 && parts.day == 29
            let hasDay = CivilDate(year: parts.year - years, month: parts.month, day: parts.day) != nil
            #expect(hasDay ? from.parts.day == parts.day : isLeapDay && from.parts.day == 28)
        }
    }

    @Test("age goes up by one on the birthday, for who was born on 29 February on 1 March of a common year")
    func ages() throws {
        for birth in Self.days {
            let years = 15
            let reached = Self.firstDay(ofAge: years, bornOn: birth)
            #expect(birth.age(on: reached) == years, "\(birth)")
            #expect(birth.age(on: reached.adding(days: -1)) == years - 1, "\(birth)")
        }
    }

    private static func firstDay(ofAge years: Int, bornOn birth: CivilDate) -> CivilDate {
        let parts = birth.parts
        return CivilDate(year: parts.year + years, month: parts.month, day: parts.day)
            ?? CivilDate(year: parts.year + years, month: 3, day: 1) ?? .latest
    }
}
