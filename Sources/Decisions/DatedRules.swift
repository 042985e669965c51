package import CivilTime
package import Rulebook
import Synchronization
import TrainingEvents

/// The parameters of a rulebook as they stand for classes that start on one day.
///
/// Resolving a parameter by name takes longer than applying it; this is done once for each start day. Where the
/// rulebook gives no value for one of them, the decisions that need it wait and name it.
package final class DatedRules: Sendable {
    let tuition: Result<Shared<TuitionRules>, MissingParameter>
    let allowance: Result<Shared<AllowanceRules>, MissingParameter>
    let attendance: Result<Shared<AttendanceRules>, MissingParameter>
    let registration: Result<Shared<RegistrationRules>, MissingParameter>
    let admission: Result<Shared<AdmissionRules>, MissingParameter>
    let fee: Result<Shared<FeeRules>, MissingParameter>
    let youth: Result<Shared<YouthRules>, MissingParameter>
    let checks: Result<Shared<CheckRules>, MissingParameter>

    package init(_ rulebook: Rulebook, on day: CivilDate) {
        tuition = Shared.resolve { () throws(MissingParameter) in try TuitionRules(rulebook, on: day) }
        allowance = Shared.resolve { () throws(MissingParameter) in try AllowanceRules(rulebook, on: day) }
        attendance = Shared.resolve { () throws(MissingParameter) in try AttendanceRules(rulebook, on: day) }
        registration = Shared.resolve { () throws(MissingParameter) in try RegistrationRules(rulebook, on: day) }
        admission = Shared.resolve { () throws(MissingParameter) in try AdmissionRules(rulebook, on: day) }
        fee = Shared.resolve { () throws(MissingParameter) in try FeeRules(rulebook, on: day) }
        youth = Shared.resolve { () throws(MissingParameter) in try YouthRules(rulebook, on: day) }
        checks = Shared.resolve { () throws(MissingParameter) in try CheckRules(rulebook, on: day) }
    }

    /// Whether every group of parameters has its values.
    var isComplete: Bool {
        tuition.isResolved && allowance.isResolved && attendance.isResolved && registration.isResolved
            && admission.isResolved && fee.isResolved && youth.isResolved && checks.isResolved
    }
}

/// Resolved rules that many cases share: handing them on copies nothing.
@dynamicMemberLookup
final class Shared<Rules: Sendable & Equatable>: Sendable, Equatable {
    let value: Rules

    /// One parameter, without a copy of the others.
    @inline(__always)
    subscript<Parameter>(dynamicMember parameter: KeyPath<Rules, Parameter>) -> Parameter { value[keyPath: parameter] }

    private init(_ value: Rules) { self.value = value }

    static func resolve(
        _ resolve: () throws(MissingParameter) -> Rules
    ) -> Result<Shared<Rules>, MissingParameter> {
        do throws(MissingParameter) {
            return .success(Shared(try resolve()))
        } catch {
            return .failure(error)
        }
    }

    static func == (left: Shared, right: Shared) -> Bool { left === right || left.value == right.value }
}

extension Result {
    fileprivate var isResolved: Bool { if case .success = self { true } else { false } }
}

/// The rules by start day, resolved once for all days between which no parameter changes.
struct RulesByDay {
    private let rulebook: Rulebook
    /// The first days of the spans in which every parameter keeps its value, ascending.
    private let changes: [CivilDate]
    private var bySpan: [Int: DatedRules] = [:]
    /// Those that lack a parameter: what is missing is named with its day, so that they are no other day's.
    private var byDay: [CivilDate: DatedRules] = [:]
    private static let daysKept = 4_096

    init(_ rulebook: Rulebook) {
        self.rulebook = rulebook
        let entries = rulebook.parameterListing.flatMap(\.entries)
        let days = entries.compactMap(\.from) + entries.compactMap { $0.until?.adding(days: 1) }
        changes = Set(days).sorted()
    }

    /// The rules of a day. O(log changes) but for the first day of a span.
    mutating func rules(on day: CivilDate) -> DatedRules {
        let span = changes.lastIndex { $0 <= day } ?? -1
        if let known = bySpan[span] ?? byDay[day] { return known }
        let rules = DatedRules(rulebook, on: day)
        if rules.isComplete {
            bySpan[span] = rules
        } else {
            if byDay.count >= Self.daysKept { byDay = [:] }
            byDay[day] = rules
        }
        return rules
    }
}

/// The rules of the rulebooks that this process decided by last: resolving one for a day takes longer than most decisions.
/// Nothing but time depends on what is remembered: a rulebook's digest says all of it.
enum RulesMemory {
    private static let books = Mutex<[String: RulesByDay]>([:])
    /// Books that are remembered at most.
    private static let limit = 16

    /// The rules of a day.
    static func rules(of rulebook: Rulebook, on day: CivilDate) -> DatedRules {
        books.withLock { books in
            if books[rulebook.digest] == nil {
                if books.count >= limit { books = [:] }
                books[rulebook.digest] = RulesByDay(rulebook)
            }
            return books[rulebook.digest]?.rules(on: day) ?? DatedRules(rulebook, on: day)
        }
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
