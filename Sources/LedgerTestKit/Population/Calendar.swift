import CivilTime

/// The days of the simulation.
enum Calendar {
    /// 2019-01-01.
    static let firstDay = dayNumber(2019, 1, 1)
    /// 2026-10-31.
    static let lastDay = dayNumber(2026, 10, 31)
    /// The last day on which classes are approved.
    static let lastApproval = dayNumber(2026, 8, 31)

    /// Lunar New Year's Day, Dragon Boat and Mid-Autumn Festival of each year from 2019 on.
    private static let lunar: [(newYear: (Int, Int), dragonBoat: (Int, Int), midAutumn: (Int, Int))] = [
        ((2, 5), (6, 7), (9, 13)), ((1, 25), (6, 25), (10, 1)), ((2, 12), (6, 14), (9, 21)), ((2, 1), (6, 3), (9, 10)),
        ((1, 22), (6, 22), (9, 29)), ((2, 10), (6, 10), (9, 17)), ((1, 29), (5, 31), (10, 6)),
        ((2, 17), (6, 19), (9, 25)),
    ]

    /// One flag a day from 2019-01-01 to 2027-12-31: no class is held then.
    static let holidays: [Bool] = {
        var flags = [Bool](repeating: false, count: dayNumber(2027, 12, 31) - firstDay + 1)
        for year in 2019...2027 {
            for (month, day) in [(1, 1), (2, 28), (4, 4), (4, 5), (10, 10)] {
                flags[dayNumber(year, month, day) - firstDay] = true
            }
            guard year - 2019 < lunar.count else { continue }
            let feasts = lunar[year - 2019]
            let newYear = dayNumber(year, feasts.newYear.0, feasts.newYear.1) - firstDay
            for offset in -1...4 { flags[newYear + offset] = true }
            flags[dayNumber(year, feasts.dragonBoat.0, feasts.dragonBoat.1) - firstDay] = true
            flags[dayNumber(year, feasts.midAutumn.0, feasts.midAutumn.1) - firstDay] = true
        }
        return flags
    }()

    /// Whether no class is held on the day.
    static func isHoliday(_ day: Int) -> Bool {
        let index = day - firstDay
        return index >= 0 && index < holidays.count && holidays[index]
    }

    /// Monday 1 … Sunday 7.
    static func weekday(_ day: Int) -> Int { (day + 3) % 7 + 1 }

    /// The first `count` days from `start` on that fall on the weekdays and are no holidays.
    static func sessionDays(from start: Int, on weekdays: [Int], count: Int) -> [Int] {
        var days: [Int] = []
        var day = start
        while days.count < count {
            if weekdays.contains(weekday(day)), !isHoliday(day) { days.append(day) }
            day += 1
        }
        return days
    }

    /// The monthly basic wage (基本工資) in force on a day, in NT$.
    static func basicWage(on day: Int) -> Int {
        let wages = [23_100, 23_800, 24_000, 25_250, 26_400, 27_470, 28_590, 29_500]
        return wages[min(max(civil(day).parts.year - 2019, 0), wages.count - 1)]
    }
}
