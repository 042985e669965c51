import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the tuition subsidy (TIP).
struct TuitionRules: Sendable, Equatable {
    let programmes: CodeSet<Programme>
    let capNTD: Int64
    let windowYears: Int
    let minimumAge: Int
    let schemes: CodeSet<InsuranceScheme>
    let excludedMarks: CodeSet<InsuranceMark>
    let rate: Ratio
    let fullRate: Ratio
    let fullRateCategories: CodeSet<Category>
    let absenceLimit: Ratio
    let halfPrepaymentProgrammes: CodeSet<Programme>
    let halfPrepayment: Ratio
    let closingDays: Int
    let payoutMonths: Int
    let classMaximumMonths: Int

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        programmes = try rulebook.require(codes: .quotaProgrammes, on: day)
        capNTD = try rulebook.require(.quotaCap, on: day)
        windowYears = try rulebook.require(.quotaWindowYears, on: day)
        minimumAge = try rulebook.require(.tuitionMinimumAge, on: day)
        schemes = try rulebook.require(codes: .tuitionInsuranceSchemes, on: day)
        excludedMarks = try rulebook.require(codes: .tuitionExcludedMarks, on: day)
        rate = try rulebook.require(.tuitionRate, on: day)
        fullRate = try rulebook.require(.tuitionFullRate, on: day)
        fullRateCategories = try rulebook.require(codes: .tuitionFullRateCategories, on: day)
        absenceLimit = try rulebook.require(.tuitionAbsenceLimit, on: day)
        halfPrepaymentProgrammes = try rulebook.require(codes: .tuitionHalfPrepaymentProgrammes, on: day)
        halfPrepayment = try rulebook.require(.tuitionHalfPrepayment, on: day)
        closingDays = try rulebook.require(.tuitionClosingDays, on: day)
        payoutMonths = try rulebook.require(.tuitionPayoutMonths, on: day)
        classMaximumMonths = try rulebook.require(.classMaximumMonths, on: day)
    }
}
