import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the living allowance (LIV).
struct AllowanceRules: Sendable {
    struct FullTime: Sendable {
        let minimumMonths: Int
        let daysPerWeek: Int64
        let daytimeMinutesPerDay: Int64
        let minutesPerMonth: Int64
        let daytimeFrom: Int64
        let daytimeTo: Int64
    }

    struct Insurance: Sendable {
        let barringSchemes: [String]
        let exceptedMarks: [String]
        let ignoredMarks: [String]
    }

    struct Cap: Sendable {
        let halfMonths: Int64
        let halfMonthsLonger: Int64
        let longerCategories: [Category]
        let lookbackYears: Int
        let laterYears: Int
        let countsOtherTrainingAllowance: Bool
    }

    let categories: CategoryTable
    let fullTime: FullTime
    let insurance: Insurance
    let cap: Cap
    let rate: Ratio
    /// The history of the basic wage: the day that chooses the value is the first of each month, not the start.
    let basicWages: [DatedValue<Int64>]
    let daysOfMonth: Int
    let remainderSteps: [RemainderStep]
    let insuranceCategory: Category
    let allowsException: Bool
    let barringBenefits: [String]
    let exceptionCategories: [Category]
    let exceptionBenefits: [String]
    let concurrentBenefits: [String]
    let falseClaimBarYears: Int

    init?(_ rulebook: Rulebook, on day: CivilDate) {
        guard let table = rulebook[.allowanceCategories, on: day], let rate = rulebook[.allowanceRate, on: day],
            let days = rulebook[.allowanceDaysOfMonth, on: day],
            let steps = rulebook[.allowanceRemainderSteps, on: day],
            let insuranceCategory = rulebook[.allowanceInsuranceCategory, on: day].flatMap(Category.init(named:)),
            let allows = rulebook[.allowanceExceptionAllowed, on: day],
            let barring = rulebook[.allowanceBarringBenefits, on: day],
            let exceptionCategories = rulebook[.allowanceBenefitExceptionCategories, on: day],
            let exceptionBenefits = rulebook[.allowanceBenefitExceptionBenefits, on: day],
            let concurrent = rulebook[.allowanceConcurrentBenefits, on: day],
            let bar = rulebook[.allowanceFalseClaimBarYears, on: day],
            let fullTime = FullTime(rulebook, on: day), let insurance = Insurance(rulebook, on: day),
            let cap = Cap(rulebook, on: day)
        else { return nil }
        categories = table
        self.fullTime = fullTime
        self.insurance = insurance
        self.cap = cap
        self.rate = rate
        basicWages = rulebook.history(.allowanceBasicWage)
        daysOfMonth = days
        remainderSteps = steps
        self.insuranceCategory = insuranceCategory
        allowsException = allows
        barringBenefits = barring
        self.exceptionCategories = exceptionCategories.compactMap(Category.init(named:))
        self.exceptionBenefits = exceptionBenefits
        concurrentBenefits = concurrent
        falseClaimBarYears = bar
    }

    /// The allowance of a month that begins on this day, in NT$; `nil` before the wage table (LIV-06).
    func monthlyNTD(on day: CivilDate) -> Int64? {
        basicWages.last { $0.holds(on: day) }.map { rate.roundedDown(of: $0.value) }
    }

    /// The basic wage on this day, in NT$ a month.
    func basicWageNTD(on day: CivilDate) -> Int64? {
        basicWages.last { $0.holds(on: day) }?.value
    }
}

extension AllowanceRules.FullTime {
    init?(_ rulebook: Rulebook, on day: CivilDate) {
        guard let months = rulebook[.allowanceMinimumMonths, on: day],
            let week = rulebook[.allowanceDaysPerWeek, on: day],
            let perDay = rulebook[.allowanceDaytimeMinutesPerDay, on: day],
            let perMonth = rulebook[.allowanceMinutesPerMonth, on: day],
            let from = rulebook[.allowanceDaytimeFrom, on: day], let to = rulebook[.allowanceDaytimeTo, on: day]
        else { return nil }
        minimumMonths = months
        daysPerWeek = Int64(week)
        daytimeMinutesPerDay = Int64(perDay)
        minutesPerMonth = Int64(perMonth)
        daytimeFrom = Int64(from)
        daytimeTo = Int64(to)
    }
}

extension AllowanceRules.Insurance {
    init?(_ rulebook: Rulebook, on day: CivilDate) {
        guard let schemes = rulebook[.allowanceBarringSchemes, on: day],
            let excepted = rulebook[.allowanceExceptedMarks, on: day],
            let ignored = rulebook[.allowanceIgnoredMarks, on: day]
        else { return nil }
        barringSchemes = schemes
        exceptedMarks = excepted
        ignoredMarks = ignored
    }

    /// Whether a spell means labour-insured, whatever day it covers (LIV-04).
    func isBarring(_ spell: InsuranceSpell) -> Bool {
        if let mark = spell.mark?.name, exceptedMarks.contains(mark) || ignoredMarks.contains(mark) { return false }
        return barringSchemes.contains(spell.scheme.name)
    }
}

extension AllowanceRules.Cap {
    init?(_ rulebook: Rulebook, on day: CivilDate) {
        guard let cap = rulebook[.allowanceCapHalfMonths, on: day],
            let longer = rulebook[.allowanceCapHalfMonthsDisabled, on: day],
            let categories = rulebook[.allowanceCapDisabledCategories, on: day],
            let years = rulebook[.allowanceLookbackYears, on: day],
            let later = rulebook[.allowanceLaterYears, on: day],
            let counts = rulebook[.allowanceOtherTrainingAllowanceCounts, on: day]
        else { return nil }
        halfMonths = Int64(cap)
        halfMonthsLonger = Int64(longer)
        longerCategories = categories.compactMap(Category.init(named:))
        lookbackYears = years
        laterYears = later
        countsOtherTrainingAllowance = counts
    }
}
