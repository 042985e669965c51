package import CivilTime
package import Rulebook
import TrainingEvents

/// The parameters of a rulebook as they stand for classes that start on one day.
///
/// Resolving a parameter by name takes longer than applying it; this is done once for each start day. Where the
/// rulebook gives no value for one of them, the decisions that need it wait and name it.
package final class DatedRules: Sendable {
    let tuition: Result<TuitionRules, MissingParameter>
    let allowance: Result<AllowanceRules, MissingParameter>
    let attendance: Result<AttendanceRules, MissingParameter>
    let registration: Result<RegistrationRules, MissingParameter>
    let admission: Result<AdmissionRules, MissingParameter>
    let fee: Result<FeeRules, MissingParameter>
    let youth: Result<YouthRules, MissingParameter>
    let checks: Result<CheckRules, MissingParameter>

    package init(_ rulebook: Rulebook, on day: CivilDate) {
        tuition = Result { () throws(MissingParameter) in try TuitionRules(rulebook, on: day) }
        allowance = Result { () throws(MissingParameter) in try AllowanceRules(rulebook, on: day) }
        attendance = Result { () throws(MissingParameter) in try AttendanceRules(rulebook, on: day) }
        registration = Result { () throws(MissingParameter) in try RegistrationRules(rulebook, on: day) }
        admission = Result { () throws(MissingParameter) in try AdmissionRules(rulebook, on: day) }
        fee = Result { () throws(MissingParameter) in try FeeRules(rulebook, on: day) }
        youth = Result { () throws(MissingParameter) in try YouthRules(rulebook, on: day) }
        checks = Result { () throws(MissingParameter) in try CheckRules(rulebook, on: day) }
    }
}

/// Parameters of the attendance limits (PRE-14).
struct AttendanceRules: Sendable, Equatable {
    let truancyPercent: Int64
    let leavePercent: Int64

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        truancyPercent = Int64(try rulebook.require(.attendanceTruancyPercent, on: day))
        leavePercent = Int64(try rulebook.require(.attendanceLeavePercent, on: day))
    }
}

extension Ratio {
    /// This share of an amount, rounded down: a share of the government's is never rounded up (ARI-01 [reading]).
    func roundedDown(of amount: Int64) -> Int64 { amount * numerator / denominator }

    /// This share of an amount, rounded up.
    func roundedUp(of amount: Int64) -> Int64 { (amount * numerator + denominator - 1) / denominator }

    /// Whether this share of an amount is no whole number.
    func isRounded(of amount: Int64) -> Bool { amount * numerator % denominator != 0 }

    /// Whether `part` is more than this share of `whole`; exact.
    func isExceeded(by part: Int64, of whole: Int64) -> Bool { part * denominator > whole * numerator }
}
