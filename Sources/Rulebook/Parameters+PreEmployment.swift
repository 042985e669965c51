// Pre-employment training: who may apply, selection, fee, attendance (PRE-01 … PRE-19).

extension Parameter<Int> {
    /// Age on the start day (PRE-01).
    public static var preMinimumAge: Self { Self("pre.minimumAge", "years", .count) }

    /// A start day within this many days after the last completion is barred (PRE-03).
    public static var preBarCompletionDays: Self { Self("pre.barCompletionDays", "days", .count) }

    /// An expulsion within this many years before the start day bars (PRE-04).
    public static var preBarExpulsionYears: Self { Self("pre.barExpulsionYears", "years", .count) }

    /// The same course within this many years before the start day bars (PRE-05).
    public static var preBarSameCourseYears: Self { Self("pre.barSameCourseYears", "years", .count) }

    /// The years before the start day in which leavings and completions are counted (PRE-06).
    public static var preBarRepeatYears: Self { Self("pre.barRepeatYears", "years", .count) }

    /// This many leavings, expulsions or completions in those years bar (PRE-06).
    public static var preBarRepeatTimes: Self { Self("pre.barRepeatTimes", "times", .count) }

    /// The least total that is admitted (PRE-08, PRE-09).
    public static var selectionPassMark: Self { Self("selection.passMark", "points of 100", .count) }

    /// Later than this to the written test is absent (PRE-08).
    public static var selectionLateMinutes: Self { Self("selection.lateMinutes", "minutes", .count) }

    /// If no more than this many come to the interview, the class is cancelled (PRE-09).
    public static var selectionCancelAttendance: Self { Self("selection.cancelAttendance", "persons", .count) }

    /// Alternates lapse at this minute of the last working day before the start (PRE-10: 720 is 12:00).
    public static var selectionLapseMinute: Self { Self("selection.lapseMinute", "minute of the day", .count) }

    /// For this long a forfeiter's applications to the centre rank as alternates (PRE-11).
    public static var selectionForfeitYears: Self { Self("selection.forfeitYears", "years", .count) }

    /// Truancy above this calls for expulsion, compared exactly (PRE-14); for pre-employment
    /// classes that set no limits of their own.
    public static var attendanceTruancyPercent: Self {
        Self("attendance.truancyPercent", "percent of the class", .count)
    }

    /// Leave above this, rounded down to whole hours, calls for expulsion (PRE-14); for
    /// pre-employment classes that set no limits of their own.
    public static var attendanceLeavePercent: Self { Self("attendance.leavePercent", "percent of the class", .count) }

    /// Union-insured this long into the class: to be reported (PRE-15).
    public static var preUnionReportMonths: Self { Self("pre.unionReportMonths", "months", .count) }

    /// An application is cancelled at least this many days before the start (PRE-17).
    public static var preCancellationNoticeDays: Self { Self("pre.cancellationNoticeDays", "days", .count) }
}

extension Parameter<[String]> {
    /// Schemes in force that show employment (PRE-02).
    public static var preBarringSchemes: Self { Self("pre.barringSchemes", "insurance schemes", .codes) }

    /// Marks on a spell that is neither employment nor cover (PRE-16: 訓).
    public static var preIgnoredMarks: Self { Self("pre.ignoredMarks", "insurance marks", .codes) }

    /// Schemes that do not bar if an affidavit of not working is on file (PRE-02).
    public static var preAffidavitSchemes: Self { Self("pre.affidavitSchemes", "insurance schemes", .codes) }

    /// Marks that do not bar if an affidavit of not working is on file (PRE-02).
    public static var preAffidavitMarks: Self { Self("pre.affidavitMarks", "insurance marks", .codes) }

    /// Deliveries in which no insurance at all is allowed during the class (PRE-02).
    public static var preStrictDeliveries: Self { Self("pre.strictDeliveries", "deliveries", .codes) }

    /// Deliveries that take soldiers about to be discharged (PRE-02).
    public static var preSoldierDeliveries: Self { Self("pre.soldierDeliveries", "deliveries", .codes) }

    /// Deliveries whose classes count as history (PRE-03); in a class delivered by ``preHistoryAllDeliveries``
    /// all count.
    public static var preHistoryDeliveries: Self { Self("pre.historyDeliveries", "deliveries", .codes) }

    /// Deliveries for which the history of every delivery counts (PRE-03).
    public static var preHistoryAllDeliveries: Self { Self("pre.historyAllDeliveries", "deliveries", .codes) }

    /// Deliveries that are free for every unemployed trainee (PRE-12).
    public static var feeFreeDeliveries: Self { Self("fee.freeDeliveries", "deliveries", .codes) }

    /// Schemes whose insured are free only with an affidavit of not working (PRE-12).
    public static var feeUnionSchemes: Self { Self("fee.unionSchemes", "insurance schemes", .codes) }
}

extension Parameter<Ratio> {
    /// Weight of the written test; the oral one has the rest (PRE-08).
    public static var selectionWrittenWeight: Self { Self("selection.writtenWeight", "fraction of the total", .ratio) }

    /// The government's share of the fee, rounded down (PRE-12).
    public static var feeGovernmentRate: Self { Self("fee.governmentRate", "fraction of the fee", .ratio) }
}

extension Parameter<[String]> {
    /// Categories that must hold on the application day too (PRE-12).
    public static var feeApplicationDayCategories: Self {
        Self("fee.applicationDayCategories", "categories", .categories)
    }
}

extension Parameter<CategoryTable> {
    /// Who is trained free, and with which papers (PRE-12).
    public static var freeTrainingCategories: Self { Self("freeTraining.categories", "category table", .table) }
}

extension ParameterCatalogue {
    /// Pre-employment training: who may apply, selection, fee, attendance, in the order of the listing.
    static let preEmployment: [DeclaredParameter] = [
        .init(Parameter<Int>.preMinimumAge),
        .init(Parameter<[String]>.preBarringSchemes),
        .init(Parameter<[String]>.preIgnoredMarks),
        .init(Parameter<[String]>.preAffidavitSchemes),
        .init(Parameter<[String]>.preAffidavitMarks),
        .init(Parameter<[String]>.preStrictDeliveries),
        .init(Parameter<[String]>.preSoldierDeliveries),
        .init(Parameter<[String]>.preHistoryDeliveries),
        .init(Parameter<[String]>.preHistoryAllDeliveries),
        .init(Parameter<Int>.preBarCompletionDays),
        .init(Parameter<Int>.preBarExpulsionYears),
        .init(Parameter<Int>.preBarSameCourseYears),
        .init(Parameter<Int>.preBarRepeatYears),
        .init(Parameter<Int>.preBarRepeatTimes),
        .init(Parameter<Int>.selectionPassMark),
        .init(Parameter<Ratio>.selectionWrittenWeight),
        .init(Parameter<Int>.selectionLateMinutes),
        .init(Parameter<Int>.selectionCancelAttendance),
        .init(Parameter<Int>.selectionLapseMinute),
        .init(Parameter<Int>.selectionForfeitYears),
        .init(Parameter<Ratio>.feeGovernmentRate),
        .init(Parameter<[String]>.feeFreeDeliveries),
        .init(Parameter<[String]>.feeUnionSchemes),
        .init(Parameter<[String]>.feeApplicationDayCategories),
        .init(Parameter<CategoryTable>.freeTrainingCategories),
        .init(Parameter<Int>.attendanceTruancyPercent),
        .init(Parameter<Int>.attendanceLeavePercent),
        .init(Parameter<Int>.preUnionReportMonths),
        .init(Parameter<Int>.preCancellationNoticeDays),
    ]
}
