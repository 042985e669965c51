import CivilTime
import Testing

@Suite("ARI-02 dates: ISO and ROC forms, Taipei days")
struct CivilDateTests {
    @Test(
        "every written form of 2026-06-01 is the same day",
        arguments: ["2026-06-01", "115-06-01", "115/6/1", "115/06/01", "1150601", "20260601"])
    func forms(text: String) throws {
        let date = try #require(CivilDate(text))
        #expect(date.description == "2026-06-01")
        #expect(date.republicDescription == "115-06-01")
    }

    @Test(
        "text that names no day is refused",
        arguments: [
            "", "2026", "2026-6-1", "2026-02-29", "2026-13-01", "2026/06/01", "115-02-30", "１１５-06-01", "2026-06-01Z",
            "1-2-3-4", "-5-06-01", "9999-01-01", "0000-00-00", "115-6/1",
        ])
    func refused(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("parts and day number are inverse over the whole range")
    func inverse() throws {
        var day = CivilDate.earliest
        var previous = (year: 1867, month: 12, day: 31)
        while true {
            let parts = day.parts
            #expect((parts.year, parts.month, parts.day) > (previous.year, previous.month, previous.day))
            #expect(CivilDate(year: parts.year, month: parts.month, day: parts.day) == day)
            if day == .latest { break }
            previous = parts
            day = day.adding(days: 37).days(since: day) == 37 ? day.adding(days: 37) : .latest
        }
    }

    @Test("1970-01-01 is a Thursday and 2026-06-19 a Friday")
    func weekdays() throws {
        #expect(try #require(CivilDate("1970-01-01")).weekday == 4)
        #expect(try #require(CivilDate("2026-06-19")).weekday == 5)
        #expect(try #require(CivilDate("1969-12-28")).weekday == 7)
    }

    @Test("arithmetic stops at the ends of the calendar instead of trapping")
    func clamps() {
        #expect(CivilDate.latest.adding(days: .max) == .latest)
        #expect(CivilDate.earliest.adding(days: .min) == .earliest)
        #expect(CivilDate.latest.endOfPeriod(years: 100_000) == CivilDate.latest.adding(days: -1))
    }
}

@Suite("ARI-03 and ARI-04: periods of months and years")
struct LegalPeriodTests {
    @Test(
        "a period ends the day before the corresponding day, or on the month's last day",
        arguments: [
            ("2012-03-05", 36, "2015-03-04"), ("2024-02-29", 36, "2027-02-28"), ("2024-02-29", 48, "2028-02-28"),
            ("2026-01-31", 1, "2026-02-28"), ("2026-01-01", 1, "2026-01-31"), ("2025-02-28", 1, "2025-03-27"),
            ("2026-08-31", 1, "2026-09-30"),
        ])
    func ends(start: String, months: Int, end: String) throws {
        #expect(try #require(CivilDate(start)).endOfPeriod(months: months).description == end)
    }

    @Test(
        "the day N years before, or the last day of that month",
        arguments: [
            ("2028-02-29", -2, "2026-02-28"), ("2026-06-01", -2, "2024-06-01"), ("2027-02-28", -3, "2024-02-28"),
        ])
    func before(day: String, years: Int, expected: String) throws {
        #expect(try #require(CivilDate(day)).moved(years: years).description == expected)
    }

    @Test(
        "age is whole years completed; 29 February completes on 1 March in common years",
        arguments: [
            ("2000-02-29", "2015-02-28", 14), ("2000-02-29", "2015-03-01", 15), ("2000-02-29", "2016-02-29", 16),
            ("1961-06-01", "2026-05-31", 64), ("1961-06-01", "2026-06-01", 65), ("2027-01-01", "2026-01-01", 0),
        ])
    func ages(born: String, on: String, years: Int) throws {
        #expect(try #require(CivilDate(born)).age(on: #require(CivilDate(on))) == years)
    }
}

@Suite("RFC 3339 instants in Taipei time")
struct InstantTests {
    @Test(
        "an instant is read with any offset and written in Taipei time",
        arguments: [
            ("2026-06-01T09:00:00+08:00", "2026-06-01T09:00:00+08:00"),
            ("2026-06-01T01:00:00Z", "2026-06-01T09:00:00+08:00"),
            ("2026-05-31T20:30:00.25-04:30", "2026-06-01T09:00:00.250000+08:00"),
            ("1969-12-31T23:59:59.999999Z", "1970-01-01T07:59:59.999999+08:00"),
            ("2026-06-01T01:00:00.123456000Z", "2026-06-01T09:00:00.123456+08:00"),
        ])
    func readsAndWrites(text: String, written: String) throws {
        let instant = try #require(Instant(text))
        #expect(instant.description == written)
        #expect(Instant(written) == instant)
    }

    @Test(
        "what is not RFC 3339, or would lose digits, is refused",
        arguments: [
            "", "2026-06-01", "2026-06-01T09:00:00", "2026-06-01T24:00:00Z", "2026-06-01T09:60:00Z",
            "2026-06-01T09:00:60Z", "2026-06-01T09:00:00.Z", "2026-06-01T09:00:00.1234567Z", "2026-06-31T09:00:00Z",
            "2026-06-01T09:00:00+24:00", "115-06-01T09:00:00.0+08:00", "2026-06-01T09:00:00+0800",
        ])
    func refused(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("the Taipei day changes at 16:00 UTC")
    func dayBoundary() throws {
        #expect(try #require(Instant("2026-06-01T15:59:59Z")).taipeiDate.description == "2026-06-01")
        #expect(try #require(Instant("2026-06-01T16:00:00Z")).taipeiDate.description == "2026-06-02")
        let day = try #require(CivilDate("2026-06-01"))
        #expect(Instant(startOf: day).description == "2026-06-01T00:00:00+08:00")
        #expect(Instant(endOf: day).description == "2026-06-01T23:59:59.999999+08:00")
        #expect(Instant(endOf: day).taipeiDate == day)
    }
}
