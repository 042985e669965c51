// Living allowance under the Employment Promotion Allowance rules (職業訓練生活津貼, LIV-01 … LIV-14).

extension Parameter<CategoryTable> {
    /// Who may draw the allowance, and with which papers (LIV-02, LIV-12).
    public static var allowanceCategories: Self { Self("allowance.categories", "category table", .table) }
}

extension Parameter<Int> {
    /// A full-time class lasts at least this long (LIV-01).
    public static var allowanceMinimumMonths: Self { Self("allowance.minimumMonths", "months", .count) }

    /// Training days a week of a full-time class, on average (LIV-01).
    public static var allowanceDaysPerWeek: Self { Self("allowance.daysPerWeek", "days", .count) }

    /// Daytime minutes that make a training day (LIV-01).
    public static var allowanceDaytimeMinutesPerDay: Self { Self("allowance.daytimeMinutesPerDay", "minutes", .count) }

    /// Training minutes a month of a full-time class, on average (LIV-01).
    public static var allowanceMinutesPerMonth: Self { Self("allowance.minutesPerMonth", "minutes", .count) }

    /// Daytime begins at this minute (LIV-01: 480 is 08:00).
    public static var allowanceDaytimeFrom: Self { Self("allowance.daytimeFrom", "minute of the day", .count) }

    /// Daytime ends at this minute (LIV-01: 1080 is 18:00).
    public static var allowanceDaytimeTo: Self { Self("allowance.daytimeTo", "minute of the day", .count) }

    /// A month of the allowance (LIV-07).
    public static var allowanceDaysOfMonth: Self { Self("allowance.daysOfMonth", "days", .length) }

    /// The most within the lookback, together with what counts (LIV-09).
    public static var allowanceCapHalfMonths: Self { Self("allowance.capHalfMonths", "half-months", .count) }

    /// The same for the categories of ``allowanceCapDisabledCategories`` (LIV-09).
    public static var allowanceCapHalfMonthsDisabled: Self {
        Self("allowance.capHalfMonthsDisabled", "half-months", .count)
    }

    /// Years before the start day in which drawn half-months count (LIV-09).
    public static var allowanceLookbackYears: Self { Self("allowance.lookbackYears", "years", .length) }

    /// Years after the class's end in which the insurance's allowance still counts, for a grant under LIV-03's
    /// exception (LIV-10).
    public static var allowanceLaterYears: Self { Self("allowance.laterYears", "years", .count) }

    /// No application for this long from the revocation of a false claim (LIV-11).
    public static var allowanceFalseClaimBarYears: Self { Self("allowance.falseClaimBarYears", "years", .count) }

    /// Middle-aged begins on this birthday (LIV-13).
    public static var checkMiddleAgedFrom: Self { Self("check.middleAgedFrom", "years", .count) }

    /// Middle-aged ends on this birthday, and elder begins the day after it (LIV-13).
    public static var checkMiddleAgedTo: Self { Self("check.middleAgedTo", "years", .count) }

    /// Years without labour insurance of a long-term unemployed person (LIV-13).
    public static var checkUnemployedYears: Self { Self("check.unemployedYears", "years", .count) }

    /// Months insured before that, at least (LIV-13).
    public static var checkInsuredMonths: Self { Self("check.insuredMonths", "months", .count) }

    /// Years before the last insurance ended in which they are counted (LIV-13).
    public static var checkInsuredWithinYears: Self { Self("check.insuredWithinYears", "years", .count) }

    /// A spell of this many days or fewer is put to a person to decide (LIV-13).
    public static var checkShortSpellDays: Self { Self("check.shortSpellDays", "days", .count) }

    /// Job-seeker registration at most this many months before the start day, for the fee (LIV-13) and, until
    /// ``checkRegistrationFromRecruiting``, for the allowance.
    public static var checkRegistrationMonths: Self { Self("check.registrationMonths", "months", .count) }

    /// Days before recruiting opened from which it then counts (LIV-13).
    public static var checkRegistrationRecruitingDays: Self { Self("check.registrationRecruitingDays", "days", .count) }

    /// Years out of the labour market of a returning woman (LIV-13).
    public static var checkReturningYears: Self { Self("check.returningYears", "years", .count) }

    /// A spell of at least this many days begins that count (LIV-13).
    public static var checkReturningSpellDays: Self { Self("check.returningSpellDays", "days", .count) }

    /// Youth not in school or work: from this birthday (LIV-13).
    public static var checkYouthFrom: Self { Self("check.youthFrom", "years", .count) }

    /// … until the day before this one (LIV-13).
    public static var checkYouthBelow: Self { Self("check.youthBelow", "years", .count) }
}

extension Parameter<String> {
    /// Who holds this category draws the employment insurance's own allowance first (LIV-03).
    public static var allowanceInsuranceCategory: Self { Self("allowance.insuranceCategory", "category", .code) }
}

extension Parameter<Bool> {
    /// Whether this allowance may be drawn where that category became known only after the start (LIV-03).
    public static var allowanceExceptionAllowed: Self { Self("allowance.exceptionAllowed", "flag", .flag) }

    /// Whether `otherTrainingAllowance` counts towards the cap (LIV-09).
    public static var allowanceOtherTrainingAllowanceCounts: Self {
        Self("allowance.otherTrainingAllowanceCounts", "flag", .flag)
    }

    /// Whether elder in the free-training table begins on that birthday itself (PRE-12: 年滿65歲以上 before ROC
    /// 115).
    public static var checkElderOnBirthday: Self { Self("check.elderOnBirthday", "flag", .flag) }

    /// Whether for the allowance the registration is counted from before recruiting opened (LIV-13).
    public static var checkRegistrationFromRecruiting: Self { Self("check.registrationFromRecruiting", "flag", .flag) }
}

extension Parameter<[String]> {
    /// Schemes in force that mean labour-insured (LIV-04); union, farmers' and fishers' cover are not among them.
    public static var allowanceBarringSchemes: Self { Self("allowance.barringSchemes", "insurance schemes", .codes) }

    /// Marks on a spell that does not bar (LIV-04: laid-off continuation).
    public static var allowanceExceptedMarks: Self { Self("allowance.exceptedMarks", "insurance marks", .codes) }

    /// Marks on a spell that is looked through (LIV-04: 訓).
    public static var allowanceIgnoredMarks: Self { Self("allowance.ignoredMarks", "insurance marks", .codes) }

    /// Benefits that exclude whoever has drawn them (LIV-05).
    public static var allowanceBarringBenefits: Self { Self("allowance.barringBenefits", "benefit kinds", .codes) }

    /// Benefits whose drawing lifts the exclusion (LIV-05).
    public static var allowanceBenefitExceptionBenefits: Self {
        Self("allowance.benefitExceptionBenefits", "benefit kinds", .codes)
    }

    /// Benefits whose days are taken out of the participation (LIV-08).
    public static var allowanceConcurrentBenefits: Self {
        Self("allowance.concurrentBenefits", "benefit kinds", .codes)
    }
}

extension Parameter<[String]> {
    /// Categories for which they do not exclude (LIV-05).
    public static var allowanceBenefitExceptionCategories: Self {
        Self("allowance.benefitExceptionCategories", "categories", .categories)
    }

    /// Categories with the longer cap (LIV-09).
    public static var allowanceCapDisabledCategories: Self {
        Self("allowance.capDisabledCategories", "categories", .categories)
    }
}

extension Parameter<Ratio> {
    /// The monthly allowance (LIV-06).
    public static var allowanceRate: Self { Self("allowance.rate", "fraction of the monthly basic wage", .ratio) }
}

extension Parameter<Int64> {
    /// The monthly basic wage (基本工資; from 2024 最低工資) by its days in force (LIV-06).
    public static var allowanceBasicWage: Self { Self("allowance.basicWage", "NT$ a month", .amount) }
}

extension Parameter<[RemainderStep]> {
    /// What the days beyond whole months give (LIV-07).
    public static var allowanceRemainderSteps: Self { Self("allowance.remainderSteps", "scale", .steps) }
}

extension ParameterCatalogue {
    /// Living allowance under the Employment Promotion Allowance rules, in the order of the listing.
    static let allowance: [DeclaredParameter] = [
        .init(Parameter<CategoryTable>.allowanceCategories),
        .init(Parameter<Int>.allowanceMinimumMonths),
        .init(Parameter<Int>.allowanceDaysPerWeek),
        .init(Parameter<Int>.allowanceDaytimeMinutesPerDay),
        .init(Parameter<Int>.allowanceMinutesPerMonth),
        .init(Parameter<Int>.allowanceDaytimeFrom),
        .init(Parameter<Int>.allowanceDaytimeTo),
        .init(Parameter<String>.allowanceInsuranceCategory),
        .init(Parameter<Bool>.allowanceExceptionAllowed),
        .init(Parameter<[String]>.allowanceBarringSchemes),
        .init(Parameter<[String]>.allowanceExceptedMarks),
        .init(Parameter<[String]>.allowanceIgnoredMarks),
        .init(Parameter<[String]>.allowanceBarringBenefits),
        .init(Parameter<[String]>.allowanceBenefitExceptionCategories),
        .init(Parameter<[String]>.allowanceBenefitExceptionBenefits),
        .init(Parameter<Ratio>.allowanceRate),
        .init(Parameter<Int64>.allowanceBasicWage),
        .init(Parameter<Int>.allowanceDaysOfMonth),
        .init(Parameter<[RemainderStep]>.allowanceRemainderSteps),
        .init(Parameter<[String]>.allowanceConcurrentBenefits),
        .init(Parameter<Int>.allowanceCapHalfMonths),
        .init(Parameter<Int>.allowanceCapHalfMonthsDisabled),
        .init(Parameter<[String]>.allowanceCapDisabledCategories),
        .init(Parameter<Int>.allowanceLookbackYears),
        .init(Parameter<Bool>.allowanceOtherTrainingAllowanceCounts),
        .init(Parameter<Int>.allowanceLaterYears),
        .init(Parameter<Int>.allowanceFalseClaimBarYears),
        .init(Parameter<Int>.checkMiddleAgedFrom),
        .init(Parameter<Int>.checkMiddleAgedTo),
        .init(Parameter<Bool>.checkElderOnBirthday),
        .init(Parameter<Int>.checkUnemployedYears),
        .init(Parameter<Int>.checkInsuredMonths),
        .init(Parameter<Int>.checkInsuredWithinYears),
        .init(Parameter<Int>.checkShortSpellDays),
        .init(Parameter<Int>.checkRegistrationMonths),
        .init(Parameter<Bool>.checkRegistrationFromRecruiting),
        .init(Parameter<Int>.checkRegistrationRecruitingDays),
        .init(Parameter<Int>.checkReturningYears),
        .init(Parameter<Int>.checkReturningSpellDays),
        .init(Parameter<Int>.checkYouthFrom),
        .init(Parameter<Int>.checkYouthBelow),
    ]
}
