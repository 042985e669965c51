/// A class from its approval until its last money is planned.
struct RunningClass {
    /// Where one applicant stands.
    struct Member {
        /// The steps of an enrolment as the generator follows them.
        enum Status: UInt8 { case applied, gone, alternate, admitted, started, left, completed }

        let trainee: Int
        var status = Status.applied
        /// Orders the applicants of an employment class; 200 for a point of the total. Zero: did not come.
        var score = 0
        var isSubsidised = false
        var hasPaid = false
        var isInsured = true
        var answersSurvey = true
        /// Applies for a living allowance (true) or a learning reward (false); `nil` for neither.
        var wantsLivingAllowance: Bool?
        /// Paid month by month while the class runs.
        var isPaidMonthly = false
        var monthsPaid = 0
        var joinedOn = 0
        /// In how many of 65,536 session days something is out of the ordinary.
        var irregular = 0
        var minutesMissed = 0
        var minutesOnLeave = 0
        /// Missed too much: to be expelled on the next session day.
        var isOverLimit = false

        init(trainee: Int) { self.trainee = trainee }
    }

    /// The programme as events spell it.
    var programme = "industryTalent"
    /// Who runs an employment class, as events spell it.
    var delivery: String?
    /// Whether trainees prepay half the fee.
    var isHalfFee = false
    /// The number of its ID; -1 for an empty place.
    var number = -1
    /// The training unit.
    var unit = 0
    /// The place, as an index of ``Places/counties``.
    var county = 0
    /// Subsidised seats.
    var seats = 0
    /// The whole fee in NT$.
    var fee = 0
    /// The course among those of the trade.
    var courseIndex = 0
    /// The trade, as an index of ``Places/trades``.
    var trade = 0
    /// The first day.
    var startsOn = 0
    /// The last day.
    var endsOn = 0
    /// The last day for applications.
    var closesOn = 0
    /// The day of the admissions.
    var admitsOn = 0
    /// Selected by interview, and not by written and oral tests.
    var isByInterview = false
    /// The session days, ascending.
    var days: [Int] = []
    /// The sessions of each of them, as minutes of the day.
    var sessions: [ClosedRange<Int>] = []
    /// The place of the next session day among ``days``.
    var nextDay = 0
    /// Everyone who ever applied.
    var members: [Member] = []

    /// Whether it is a class for the unemployed.
    var isPreEmployment: Bool { programme == "preEmployment" }
    /// Scheduled minutes of a session day.
    var minutesPerDay: Int { sessions.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }
    /// Scheduled minutes of the class.
    var totalMinutes: Int { minutesPerDay * days.count }

    /// The unit prepays half or the whole, or the government bears four fifths and only the rest is charged.
    var feeCharged: Int {
        if isPreEmployment { return fee - fee * 4 / 5 }
        return isHalfFee ? (fee + 1) / 2 : fee
    }

    /// The second of the day at which the first session begins.
    var beginSecond: Int { (sessions.first?.lowerBound ?? 540) * 60 }

    /// The second of the day at which the last session ends.
    var endSecond: Int { (sessions.last?.upperBound ?? 1_020) * 60 }
}

/// What is remembered of a trainee between classes.
struct TraineeState {
    /// The last day of the class the trainee is in or has applied for.
    var busyUntil: Int16 = 0
    /// When the last pre-employment class ended.
    var lastPreEmploymentEnd: Int16 = 0
    /// The first day of the present quota window; 0 for none.
    var windowFrom: Int16 = 0
    /// The last day that the certificate covers; 0 for none.
    var certifiedUntil: Int16 = 0
    /// The last day for which a living allowance was granted.
    var lastAllowanceDay: Int16 = 0
    /// Half-months of living allowance granted in the last two years.
    var halfMonths: UInt8 = 0
    /// Whether the trainee takes part in pre-employment classes (1), in classes for the employed (2), or both.
    var interests: UInt8 = 0
    /// Paid out of the present quota window.
    var quotaUsed: Int32 = 0
    /// Paid out of the window before the present one.
    var quotaUsedBefore: Int32 = 0
}
