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
    /// Union insurance this long into the class is to be reported (PRE-15).
    let unionReportMonths: Int

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        categories = try rulebook.require(.allowanceCategories, on: day)
        rate = try rulebook.require(.allowanceRate, on: day)
        basicWages = rulebook.history(.allowanceBasicWage)
        daysOfMonth = try rulebook.require(.allowanceDaysOfMonth, on: day)
        remainderSteps = try rulebook.require(.allowanceRemainderSteps, on: day)
        let category = try rulebook.require(.allowanceInsuranceCategory, on: day)
        guard let insuranceCategory = Category(named: category) else {
            throw MissingParameter(name: Parameter<String>.allowanceInsuranceCategory.name, day: day)
        }
        self.insuranceCategory = insuranceCategory
        allowsException = try rulebook.require(.allowanceExceptionAllowed, on: day)
        barringBenefits = try rulebook.require(.allowanceBarringBenefits, on: day)
        exceptionCategories = try rulebook.require(.allowanceBenefitExceptionCategories, on: day)
            .compactMap(Category.init(named:))
        exceptionBenefits = try rulebook.require(.allowanceBenefitExceptionBenefits, on: day)
        concurrentBenefits = try rulebook.require(.allowanceConcurrentBenefits, on: day)
        falseClaimBarYears = try rulebook.require(.allowanceFalseClaimBarYears, on: day)
        unionReportMonths = try rulebook.require(.preUnionReportMonths, on: day)
        fullTime = try FullTime(rulebook, on: day)
        insurance = try Insurance(rulebook, on: day)
        cap = try Cap(rulebook, on: day)
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
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        minimumMonths = try rulebook.require(.allowanceMinimumMonths, on: day)
        daysPerWeek = Int64(try rulebook.require(.allowanceDaysPerWeek, on: day))
        daytimeMinutesPerDay = Int64(try rulebook.require(.allowanceDaytimeMinutesPerDay, on: day))
        minutesPerMonth = Int64(try rulebook.require(.allowanceMinutesPerMonth, on: day))
        daytimeFrom = Int64(try rulebook.require(.allowanceDaytimeFrom, on: day))
        daytimeTo = Int64(try rulebook.require(.allowanceDaytimeTo, on: day))
    }
}

extension AllowanceRules.Insurance {
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        barringSchemes = try rulebook.require(.allowanceBarringSchemes, on: day)
        exceptedMarks = try rulebook.require(.allowanceExceptedMarks, on: day)
        ignoredMarks = try rulebook.require(.allowanceIgnoredMarks, on: day)
    }

    /// Whether a spell means labour-insured, whatever day it covers (LIV-04).
    func isBarring(_ spell: InsuranceSpell) -> Bool {
        if let mark = spell.mark?.name, exceptedMarks.contains(mark) || ignoredMarks.contains(mark) { return false }
        return barringSchemes.contains(spell.scheme.name)
    }
}

extension AllowanceRules.Cap {
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        halfMonths = Int64(try rulebook.require(.allowanceCapHalfMonths, on: day))
        halfMonthsLonger = Int64(try rulebook.require(.allowanceCapHalfMonthsDisabled, on: day))
        longerCategories = try rulebook.require(.allowanceCapDisabledCategories, on: day)
            .compactMap(Category.init(named:))
        lookbackYears = try rulebook.require(.allowanceLookbackYears, on: day)
        laterYears = try rulebook.require(.allowanceLaterYears, on: day)
        countsOtherTrainingAllowance = try rulebook.require(.allowanceOtherTrainingAllowanceCounts, on: day)
    }
}
