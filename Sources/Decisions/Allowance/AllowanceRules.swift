import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the living allowance (LIV).
struct AllowanceRules: Sendable, Equatable {
    struct FullTime: Sendable, Equatable {
        let minimumMonths: Int
        let daysPerWeek: Int64
        let daytimeMinutesPerDay: Int64
        let minutesPerMonth: Int64
        let daytimeFrom: Int64
        let daytimeTo: Int64
    }

    struct Insurance: Sendable, Equatable {
        let barringSchemes: CodeSet<InsuranceScheme>
        let exceptedMarks: CodeSet<InsuranceMark>
        let ignoredMarks: CodeSet<InsuranceMark>
    }

    struct Cap: Sendable, Equatable {
        let halfMonths: Int64
        let halfMonthsLonger: Int64
        let longerCategories: CodeSet<Category>
        let lookbackYears: Int
        let laterYears: Int
        let countsOtherTrainingAllowance: Bool
    }

    let categories: PaperTable
    let fullTime: FullTime
    let insurance: Insurance
    let cap: Cap
    let rate: Ratio
    /// The history of the basic wage: the day that chooses the value is the first of each month, not the start.
    private let basicWages: DatedAmounts
    let daysOfMonth: Int
    let remainderSteps: [RemainderStep]
    let insuranceCategory: Category
    let allowsException: Bool
    let barringBenefits: CodeSet<BenefitKind>
    let exceptionCategories: CodeSet<Category>
    let exceptionBenefits: CodeSet<BenefitKind>
    let concurrentBenefits: CodeSet<BenefitKind>
    let falseClaimBarYears: Int
    /// Union insurance this long into the class is to be reported (PRE-15).
    let unionReportMonths: Int

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        categories = PaperTable(try rulebook.require(.allowanceCategories, on: day))
        rate = try rulebook.require(.allowanceRate, on: day)
        basicWages = DatedAmounts(rulebook.history(.allowanceBasicWage))
        daysOfMonth = try rulebook.require(.allowanceDaysOfMonth, on: day)
        remainderSteps = try rulebook.require(.allowanceRemainderSteps, on: day)
        let category = try rulebook.require(.allowanceInsuranceCategory, on: day)
        guard let insuranceCategory = Category(named: category) else {
            throw MissingParameter(name: Parameter<String>.allowanceInsuranceCategory.name, day: day)
        }
        self.insuranceCategory = insuranceCategory
        allowsException = try rulebook.require(.allowanceExceptionAllowed, on: day)
        barringBenefits = try rulebook.require(codes: .allowanceBarringBenefits, on: day)
        exceptionCategories = try rulebook.require(codes: .allowanceBenefitExceptionCategories, on: day)
        exceptionBenefits = try rulebook.require(codes: .allowanceBenefitExceptionBenefits, on: day)
        concurrentBenefits = try rulebook.require(codes: .allowanceConcurrentBenefits, on: day)
        falseClaimBarYears = try rulebook.require(.allowanceFalseClaimBarYears, on: day)
        unionReportMonths = try rulebook.require(.preUnionReportMonths, on: day)
        fullTime = try FullTime(rulebook, on: day)
        insurance = try Insurance(rulebook, on: day)
        cap = try Cap(rulebook, on: day)
    }

    /// The allowance of a month that begins on this day, in NT$; `nil` before the wage table (LIV-06).
    func monthlyNTD(on day: CivilDate) -> Int64? {
        basicWageNTD(on: day).map { rate.roundedDown(of: $0) }
    }

    /// The basic wage on this day, in NT$ a month.
    func basicWageNTD(on day: CivilDate) -> Int64? {
        basicWages.amount(on: day)
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
        barringSchemes = try rulebook.require(codes: .allowanceBarringSchemes, on: day)
        exceptedMarks = try rulebook.require(codes: .allowanceExceptedMarks, on: day)
        ignoredMarks = try rulebook.require(codes: .allowanceIgnoredMarks, on: day)
    }

    /// Whether a spell means labour-insured, whatever day it covers (LIV-04).
    func isBarring(_ spell: InsuranceSpell) -> Bool {
        if exceptedMarks.contains(spell.mark) || ignoredMarks.contains(spell.mark) { return false }
        return barringSchemes.contains(spell.scheme)
    }
}

extension AllowanceRules.Cap {
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        halfMonths = Int64(try rulebook.require(.allowanceCapHalfMonths, on: day))
        halfMonthsLonger = Int64(try rulebook.require(.allowanceCapHalfMonthsDisabled, on: day))
        longerCategories = try rulebook.require(codes: .allowanceCapDisabledCategories, on: day)
        lookbackYears = try rulebook.require(.allowanceLookbackYears, on: day)
        laterYears = try rulebook.require(.allowanceLaterYears, on: day)
        countsOtherTrainingAllowance = try rulebook.require(.allowanceOtherTrainingAllowanceCounts, on: day)
    }
}

/// Amounts by day, without their sources: two books that give the same amounts are alike here.
private struct DatedAmounts: Sendable, Equatable {
    private struct Span: Sendable, Equatable {
        let from: CivilDate
        let until: CivilDate
        let amountNTD: Int64
    }

    private let spans: [Span]

    init(_ values: [DatedValue<Int64>]) {
        spans = values.map { Span(from: $0.from ?? .earliest, until: $0.until ?? .latest, amountNTD: $0.value) }
    }

    /// The amount that holds on a day; `nil` where there is none. The newest is asked for most.
    func amount(on day: CivilDate) -> Int64? {
        spans.last { $0.from <= day && day <= $0.until }?.amountNTD
    }
}
