// Tuition subsidies for employed workers (產業人才投資方案, TIP-01 … TIP-22).

extension Parameter<[String]> {
    /// Programmes that share one quota (TIP-12).
    public static var quotaProgrammes: Self { Self("quota.programmes", "programmes", .codes) }

    /// Schemes of which one must be in force on the start day (TIP-05).
    public static var tuitionInsuranceSchemes: Self { Self("tuition.insuranceSchemes", "insurance schemes", .codes) }

    /// Marks on a spell in force on the start day that exclude whatever other spell there is (TIP-06: 訓, 裁,
    /// continuation after an occupational injury).
    public static var tuitionExcludedMarks: Self { Self("tuition.excludedMarks", "insurance marks", .codes) }

    /// Programmes whose units may collect half the fee (TIP-17).
    public static var tuitionHalfPrepaymentProgrammes: Self {
        Self("tuition.halfPrepaymentProgrammes", "programmes", .codes)
    }

    /// Kinds of unit that may run 產業人才投資計畫 classes (TIP-21).
    public static var unitKindsIndustryTalent: Self { Self("unit.kindsIndustryTalent", "unit kinds", .codes) }

    /// Kinds of unit that may run 提升勞工自主學習計畫 classes (TIP-21).
    public static var unitKindsLabourSelfLearning: Self { Self("unit.kindsLabourSelfLearning", "unit kinds", .codes) }

    /// Kinds that need no founding period (TIP-21: universities).
    public static var unitFoundedExemptKinds: Self { Self("unit.foundedExemptKinds", "unit kinds", .codes) }

    /// TTQS editions for units other than unions (TIP-21).
    public static var unitCertificateEditions: Self { Self("unit.certificateEditions", "certificate editions", .codes) }

    /// TTQS editions for unions (TIP-21).
    public static var unitCertificateEditionsUnion: Self {
        Self("unit.certificateEditionsUnion", "certificate editions", .codes)
    }

    /// TTQS grades of 通過 or better, for units other than unions (TIP-21); in Chinese as on the certificate, and in
    /// short English.
    public static var unitCertificateGrades: Self { Self("unit.certificateGrades", "certificate grades", .labels) }

    /// TTQS grades of 通過 or 合格 or better, for unions (TIP-21).
    public static var unitCertificateGradesUnion: Self {
        Self("unit.certificateGradesUnion", "certificate grades", .labels)
    }

    /// Kinds that may not owe labour-insurance fees (TIP-21: unions).
    public static var unitArrearsKinds: Self { Self("unit.arrearsKinds", "unit kinds", .codes) }

    /// Kinds that train at their registered place and in their registered trades only (TIP-21: vocational
    /// institutions).
    public static var unitRegisteredPlaceKinds: Self { Self("unit.registeredPlaceKinds", "unit kinds", .codes) }

    /// Grades of the last plan review that bar an application (TIP-21).
    public static var unitRefusedReviewGrades: Self { Self("unit.refusedReviewGrades", "review grades", .codes) }
}

extension Parameter<Int64> {
    /// The most that one quota window pays (TIP-13, 3年7萬).
    public static var quotaCap: Self { Self("quota.cap", "NT$", .amount) }
}

extension Parameter<Int> {
    /// Length of a quota window from the start day of its first class (TIP-12).
    public static var quotaWindowYears: Self { Self("quota.windowYears", "years", .length) }

    /// Age on the start day (TIP-04).
    public static var tuitionMinimumAge: Self { Self("tuition.minimumAge", "years", .count) }

    /// The birthday from which an `elder` is subsidised at the full rate (TIP-08, 65歲以上者).
    public static var tuitionFullRateAge: Self { Self("tuition.fullRateAge", "years", .count) }

    /// Days after its end within which the unit closes the class (TIP-16).
    public static var tuitionClosingDays: Self { Self("tuition.closingDays", "days", .count) }

    /// Months after the class's end within which the payout is expected (TIP-16).
    public static var tuitionPayoutMonths: Self { Self("tuition.payoutMonths", "months", .count) }

    /// Applications open this many months before the start day (TIP-01).
    public static var applicationOpensMonths: Self { Self("application.opensMonths", "months", .count) }

    /// The minute of that day, counted from midnight (TIP-01: 720 is 12:00).
    public static var applicationOpensMinute: Self { Self("application.opensMinute", "minute of the day", .count) }

    /// A class lasts at most this long (TIP-20).
    public static var classMaximumMonths: Self { Self("class.maximumMonths", "months", .count) }

    /// A unit other than a university was founded at least this long before the closing day (TIP-21).
    public static var unitFoundedYears: Self { Self("unit.foundedYears", "years", .count) }

    /// The certificate is valid on a day of this many days up to and including the closing day (TIP-21).
    public static var unitCertificateDays: Self { Self("unit.certificateDays", "days", .count) }

    /// A signed-in trainee's data page signs out after this long (TIP-22).
    public static var sessionIdleMinutes: Self { Self("session.idleMinutes", "minutes", .count) }
}

extension Parameter<Ratio> {
    /// The general rate of subsidy (TIP-08), and the rate until the class is closed (TIP-09).
    public static var tuitionRate: Self { Self("tuition.rate", "fraction of the fee", .ratio) }

    /// The rate for the categories of ``tuitionFullRateCategories`` (TIP-08).
    public static var tuitionFullRate: Self { Self("tuition.fullRate", "fraction of the fee", .ratio) }

    /// Absence above this share of the scheduled time is not paid; exactly this share is (TIP-10).
    public static var tuitionAbsenceLimit: Self { Self("tuition.absenceLimit", "fraction of the class", .ratio) }

    /// What a trainee prepays where the unit collects half (TIP-17).
    public static var tuitionHalfPrepayment: Self { Self("tuition.halfPrepayment", "fraction of the fee", .ratio) }

    /// Unsubsidised seats beyond the approved ones, at most (TIP-19).
    public static var seatsExtraRate: Self { Self("seats.extraRate", "fraction of the approved seats", .ratio) }

    /// Seats for the employees of one employer, at most (TIP-19).
    public static var seatsEmployerRate: Self { Self("seats.employerRate", "fraction of the approved seats", .ratio) }
}

extension Parameter<[String]> {
    /// Categories subsidised at the full rate, by the start day (TIP-08).
    public static var tuitionFullRateCategories: Self { Self("tuition.fullRateCategories", "categories", .categories) }
}

extension Parameter<[Branch]> {
    /// The agency's branches and their counties (TIP-18).
    public static var unitBranches: Self { Self("unit.branches", "branches", .branches) }
}

extension ParameterCatalogue {
    /// Tuition subsidies for employed workers, in the order of the listing.
    static let tuition: [DeclaredParameter] = [
        .init(Parameter<[String]>.quotaProgrammes),
        .init(Parameter<Int64>.quotaCap),
        .init(Parameter<Int>.quotaWindowYears),
        .init(Parameter<Int>.tuitionMinimumAge),
        .init(Parameter<[String]>.tuitionInsuranceSchemes),
        .init(Parameter<[String]>.tuitionExcludedMarks),
        .init(Parameter<Ratio>.tuitionRate),
        .init(Parameter<Ratio>.tuitionFullRate),
        .init(Parameter<[String]>.tuitionFullRateCategories),
        .init(Parameter<Int>.tuitionFullRateAge),
        .init(Parameter<Ratio>.tuitionAbsenceLimit),
        .init(Parameter<Int>.tuitionClosingDays),
        .init(Parameter<Int>.tuitionPayoutMonths),
        .init(Parameter<Ratio>.tuitionHalfPrepayment),
        .init(Parameter<[String]>.tuitionHalfPrepaymentProgrammes),
        .init(Parameter<Int>.applicationOpensMonths),
        .init(Parameter<Int>.applicationOpensMinute),
        .init(Parameter<Ratio>.seatsExtraRate),
        .init(Parameter<Ratio>.seatsEmployerRate),
        .init(Parameter<Int>.classMaximumMonths),
        .init(Parameter<[String]>.unitKindsIndustryTalent),
        .init(Parameter<[String]>.unitKindsLabourSelfLearning),
        .init(Parameter<Int>.unitFoundedYears),
        .init(Parameter<[String]>.unitFoundedExemptKinds),
        .init(Parameter<Int>.unitCertificateDays),
        .init(Parameter<[String]>.unitCertificateEditions),
        .init(Parameter<[String]>.unitCertificateEditionsUnion),
        .init(Parameter<[String]>.unitCertificateGrades),
        .init(Parameter<[String]>.unitCertificateGradesUnion),
        .init(Parameter<[String]>.unitArrearsKinds),
        .init(Parameter<[String]>.unitRefusedReviewGrades),
        .init(Parameter<[String]>.unitRegisteredPlaceKinds),
        .init(Parameter<[Branch]>.unitBranches),
        .init(Parameter<Int>.sessionIdleMinutes),
    ]
}
