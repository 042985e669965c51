package import CivilTime
package import Rulebook
import TrainingEvents

/// The parameters of a rulebook as they stand for classes that start on one day.
///
/// Resolving a parameter by name takes longer than applying it; this is done once for each start day.
package struct DatedRules: Sendable {
    /// `nil` where the rulebook gives no value for one of the parameters on this day.
    let tuition: TuitionRules?
    let allowance: AllowanceRules?
    let attendance: AttendanceRules?

    package init(_ rulebook: Rulebook, on day: CivilDate) {
        tuition = TuitionRules(rulebook, on: day)
        allowance = AllowanceRules(rulebook, on: day)
        attendance = AttendanceRules(rulebook, on: day)
    }
}

/// Parameters of the tuition subsidy (TIP).
struct TuitionRules: Sendable {
    let programmes: [String]
    let capNTD: Int64
    let windowYears: Int
    let minimumAge: Int
    let schemes: [String]
    let excludedMarks: [String]
    let rate: Ratio
    let fullRate: Ratio
    let fullRateCategories: [Category]
    let absenceLimit: Ratio
    let halfPrepaymentProgrammes: [String]
    let halfPrepayment: Ratio

    init?(_ rulebook: Rulebook, on day: CivilDate) {
        guard let programmes = rulebook[.quotaProgrammes, on: day], let cap = rulebook[.quotaCap, on: day],
            let years = rulebook[.quotaWindowYears, on: day], let age = rulebook[.tuitionMinimumAge, on: day],
            let schemes = rulebook[.tuitionInsuranceSchemes, on: day],
            let marks = rulebook[.tuitionExcludedMarks, on: day], let rate = rulebook[.tuitionRate, on: day],
            let fullRate = rulebook[.tuitionFullRate, on: day],
            let categories = rulebook[.tuitionFullRateCategories, on: day],
            let absence = rulebook[.tuitionAbsenceLimit, on: day],
            let halfProgrammes = rulebook[.tuitionHalfPrepaymentProgrammes, on: day],
            let half = rulebook[.tuitionHalfPrepayment, on: day]
        else { return nil }
        self.programmes = programmes
        capNTD = cap
        windowYears = years
        minimumAge = age
        self.schemes = schemes
        excludedMarks = marks
        self.rate = rate
        self.fullRate = fullRate
        fullRateCategories = categories.compactMap(Category.init(named:))
        absenceLimit = absence
        halfPrepaymentProgrammes = halfProgrammes
        halfPrepayment = half
    }
}

/// Parameters of the attendance limits (PRE-14).
struct AttendanceRules: Sendable {
    let truancyPercent: Int64
    let leavePercent: Int64

    init?(_ rulebook: Rulebook, on day: CivilDate) {
        guard let truancy = rulebook[.attendanceTruancyPercent, on: day],
            let leave = rulebook[.attendanceLeavePercent, on: day]
        else { return nil }
        truancyPercent = Int64(truancy)
        leavePercent = Int64(leave)
    }
}

extension Ratio {
    /// This share of an amount, rounded down: a share of the government's is never rounded up (ARI-01 [reading]).
    func roundedDown(of amount: Int64) -> Int64 { amount * numerator / denominator }

    /// This share of an amount, rounded up.
    func roundedUp(of amount: Int64) -> Int64 { (amount * numerator + denominator - 1) / denominator }

    /// Whether `part` is more than this share of `whole`; exact.
    func isExceeded(by part: Int64, of whole: Int64) -> Bool { part * denominator > whole * numerator }
}
