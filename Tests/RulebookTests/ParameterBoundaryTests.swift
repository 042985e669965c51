import CivilTime
import Rulebook
import Testing

/// One parameter on one day; `nil`: the book gives no value.
struct Probe: Sendable {
    let name: String
    let day: String
    let value: String?

    init(_ name: String, _ day: String, _ value: String?) {
        self.name = name
        self.day = day
        self.value = value
    }
}

private let wages = [
    Probe("allowance.basicWage", "2017-12-31", nil), Probe("allowance.basicWage", "2018-01-01", "22000"),
    Probe("allowance.basicWage", "2018-12-31", "22000"), Probe("allowance.basicWage", "2019-01-01", "23100"),
    Probe("allowance.basicWage", "2019-12-31", "23100"), Probe("allowance.basicWage", "2020-01-01", "23800"),
    Probe("allowance.basicWage", "2020-12-31", "23800"), Probe("allowance.basicWage", "2021-01-01", "24000"),
    Probe("allowance.basicWage", "2021-12-31", "24000"), Probe("allowance.basicWage", "2022-01-01", "25250"),
    Probe("allowance.basicWage", "2022-12-31", "25250"), Probe("allowance.basicWage", "2023-01-01", "26400"),
    Probe("allowance.basicWage", "2023-12-31", "26400"), Probe("allowance.basicWage", "2024-01-01", "27470"),
    Probe("allowance.basicWage", "2024-12-31", "27470"), Probe("allowance.basicWage", "2025-01-01", "28590"),
    Probe("allowance.basicWage", "2025-12-31", "28590"), Probe("allowance.basicWage", "2026-01-01", "29500"),
]

private let groups =
    "soleBreadwinner middleAged disabled indigenous lowIncome longTermUnemployed returningWoman"
    + " domesticViolenceVictim rehabilitatedOffender newResident sexualAssaultVictim youthNotInSchoolOrWork elder"
    + " crimeVictim"

/// The learning reward ends with its programme.
private let youth = [
    Probe("youth.nationalities", "2022-06-30", "national"), Probe("youth.nationalities", "2022-07-01", nil),
    Probe("youth.minimumAge", "2022-06-30", "15"), Probe("youth.minimumAge", "2022-07-01", nil),
    Probe("youth.maximumAge", "2022-06-30", "29"), Probe("youth.maximumAge", "2022-07-01", nil),
    Probe("youth.monthly", "2022-06-30", "8000"), Probe("youth.monthly", "2022-07-01", nil),
    Probe("youth.daysOfMonth", "2022-06-30", "30"), Probe("youth.daysOfMonth", "2022-07-01", nil),
    Probe("youth.remainderMinutes", "2022-06-30", "3000"), Probe("youth.remainderMinutes", "2022-07-01", nil),
    Probe("youth.absenceLimit", "2022-06-30", "1/10"), Probe("youth.absenceLimit", "2022-07-01", nil),
]

private let probes =
    wages + youth + [
        Probe("tuition.fullRateCategories", "2025-11-30", groups),
        Probe("tuition.fullRateCategories", "2025-12-01", groups + " occupationalInjury registeredHomeless"),
        Probe("allowance.otherTrainingAllowanceCounts", "2025-11-30", "false"),
        Probe("allowance.otherTrainingAllowanceCounts", "2025-12-01", "true"),
        Probe("check.registrationFromRecruiting", "2025-11-30", "false"),
        Probe("check.registrationFromRecruiting", "2025-12-01", "true"),
        Probe("check.elderOnBirthday", "2025-12-31", "true"), Probe("check.elderOnBirthday", "2026-01-01", "false"),
        Probe("fee.freeDeliveries", "2025-12-31", ""), Probe("fee.freeDeliveries", "2026-01-01", "selfRun"),
        Probe("calendar.holidays", "2025-12-31", ""), Probe("calendar.holidays", "2027-01-01", ""),
    ]

/// Boundaries whose values are too long for a line here; their own tests hold them.
private let heldElsewhere = [
    "allowance.categories 2025-11-30", "allowance.categories 2025-12-01", "freeTraining.categories 2025-12-31",
    "freeTraining.categories 2026-01-01", "calendar.holidays 2026-01-01", "calendar.holidays 2026-12-31",
]

@Suite struct `Dated parameters of base` {
    @Test(arguments: probes)
    func `have the value of each side of a boundary`(probe: Probe) throws {
        let listing = try #require(try base().parameterListing.first { $0.name == probe.name })
        let date = try day(probe.day)
        let value = listing.entries.first {
            ($0.from ?? .earliest) <= date && date <= ($0.until ?? .latest)
        }
        #expect(value?.value == probe.value)
    }

    @Test func `are probed on both sides of every boundary`() throws {
        let probed = Set(probes.map { "\($0.name) \($0.day)" } + heldElsewhere)
        for listing in try base().parameterListing {
            for entry in listing.entries {
                if let from = entry.from {
                    #expect(probed.contains("\(listing.name) \(from)"))
                    #expect(probed.contains("\(listing.name) \(from.adding(days: -1))"))
                }
                if let until = entry.until {
                    #expect(probed.contains("\(listing.name) \(until)"))
                    #expect(probed.contains("\(listing.name) \(until.adding(days: 1))"))
                }
            }
        }
    }

    @Test func `hold from the first to the last day without a seam`() throws {
        for listing in try base().parameterListing {
            for (earlier, later) in zip(listing.entries, listing.entries.dropFirst()) {
                #expect(earlier.until?.adding(days: 1) == later.from, "\(listing.name)")
            }
            let ends = youth.contains { $0.name == listing.name }
            #expect(listing.entries.last?.until == (ends ? try day("2022-06-30") : nil), "\(listing.name)")
            #expect(listing.entries.first?.from == nil || listing.name == "allowance.basicWage", "\(listing.name)")
        }
    }

    @Test func `are fetched by typed keys`() throws {
        let book = try base()
        let start = try day("2026-06-01")
        #expect(book[.quotaCap, on: start] == 70_000)
        #expect(book[.quotaWindowYears, on: start] == 3)
        #expect(book[.tuitionRate, on: start] == Ratio(80, 100))
        #expect(book[.tuitionAbsenceLimit, on: start] == Ratio(1, 5))
        #expect(book[.allowanceRate, on: start] == Ratio(60, 100))
        #expect(book[.allowanceBasicWage, on: start] == 29_500)
        #expect(book[.allowanceInsuranceCategory, on: start] == "involuntaryUnemployed")
        #expect(book[.allowanceCapDisabledCategories, on: start] == ["disabled"])
        #expect(book[.youthLastStart, on: start] == (try day("2022-06-30")))
        #expect(book[.allowanceExceptionAllowed, on: start] == true)
        #expect(
            book[.allowanceRemainderSteps, on: start] == [
                RemainderStep(days: 20, minutes: 3600, halfMonths: 2),
                RemainderStep(days: 10, minutes: 1800, halfMonths: 1),
            ])
        #expect(book[.allowanceBasicWage, on: try day("2017-12-31")] == nil)
        #expect(book[.youthNationalities, on: try day("2022-06-01")] == ["national"])
        #expect(book[.unitArrearsKinds, on: start] == ["labourUnion"])
        #expect(book[.unitRegisteredPlaceKinds, on: start] == ["vocationalInstitution"])
    }

    @Test func `take a certificate's grade in Chinese and English, 合格 from unions only`() throws {
        let book = try base()
        let start = try day("2026-06-01")
        let grades = try #require(book[.unitCertificateGrades, on: start])
        let union = try #require(book[.unitCertificateGradesUnion, on: start])
        #expect(grades == ["金牌", "銀牌", "銅牌", "通過", "gold", "silver", "bronze", "pass"])
        #expect(Set(union).subtracting(grades) == ["合格", "qualified"])
        #expect(Set(grades).isSubset(of: union))
    }

    @Test func `have timelines that agree with them on every day around a boundary`() throws {
        let book = try base()
        let wage = book.timeline(.allowanceBasicWage)
        let groups = book.timeline(.tuitionFullRateCategories)
        for probe in probes {
            let date = try day(probe.day)
            #expect(wage[date] == book[.allowanceBasicWage, on: date])
            #expect(groups[date] == book[.tuitionFullRateCategories, on: date])
        }
        let ended = try Rulebook.parse(
            layer("parameters:\n  quota.cap:\n    - {until: 2027-12-30, value: 1, source: TIP T14}"), fileName: "m")
        #expect(ended.timeline(.quotaCap)[try day("2027-12-30")] == 1)
        #expect(ended.timeline(.quotaCap)[try day("2027-12-31")] == nil)
    }

    @Test func `carry source, reading and days`() throws {
        let value = try #require(try base().value(.allowanceOtherTrainingAllowanceCounts, on: day("2024-05-01")))
        #expect(value.from == nil)
        #expect(value.until == (try day("2025-11-30")))
        #expect(value.citation.description == "SEMI 補助限制2")
        #expect(value.reading != nil)
    }

    @Test func `give the allowance that the documents print`() throws {
        // SEMI: 15,150 in ROC 111. COFFEE: 1.5 months in ROC 115.
        let book = try base()
        let rate = try #require(book[.allowanceRate, on: day("2022-06-01")])
        let then = try #require(book[.allowanceBasicWage, on: day("2022-06-01")])
        let now = try #require(book[.allowanceBasicWage, on: day("2026-06-01")])
        #expect(then * rate.numerator / rate.denominator == 15_150)
        #expect(now * rate.numerator / rate.denominator * 3 / 2 == 26_550)
    }
}

@Suite struct `Holidays of 2026` {
    @Test func `leave 2026-05-29 the last working day before 2026-06-01, and 06-19 none`() throws {
        let year = try #require(try base()[.calendarHolidays, on: day("2026-06-01")])
        #expect(!year.contains { $0.day.description == "2026-05-29" })
        let dragonBoat = try #require(year.first { $0.day.description == "2026-06-19" })
        #expect(dragonBoat.name == "端午節")
        #expect(dragonBoat.citation.document == "COFFEE")
    }

    @Test func `are no Saturdays and Sundays, and all of that year`() throws {
        let year = try #require(try base()[.calendarHolidays, on: day("2026-12-31")])
        #expect(year.count == 16)
        for holiday in year {
            #expect(holiday.day.weekday < 6)
            #expect(holiday.day.parts.year == 2026)
        }
    }
}
