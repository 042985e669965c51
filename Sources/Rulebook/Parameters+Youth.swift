public import CivilTime

// Learning reward for unemployed youth (青年職前訓練學習獎勵金, YTH-01 … YTH-03).

extension Parameter<CivilDate> {
    /// The first start day of the programme (YTH-01).
    public static var youthFirstStart: Self { Self("youth.firstStart", "date", .date) }

    /// The last start day of the programme (YTH-01).
    public static var youthLastStart: Self { Self("youth.lastStart", "date", .date) }
}

extension Parameter<Int> {
    /// Age on the start day, at least (YTH-01).
    public static var youthMinimumAge: Self { Self("youth.minimumAge", "years", .count) }

    /// Age on the start day, at most: until the day before the next birthday (YTH-01).
    public static var youthMaximumAge: Self { Self("youth.maximumAge", "years", .count) }

    /// A month of the reward (YTH-02).
    public static var youthDaysOfMonth: Self { Self("youth.daysOfMonth", "days", .length) }

    /// From this many training minutes on the remainder gives a whole month, below it half (YTH-02).
    public static var youthRemainderMinutes: Self { Self("youth.remainderMinutes", "minutes", .count) }
}

extension Parameter<[String]> {
    /// Nationalities that may draw the reward (YTH-01: 本國籍).
    public static var youthNationalities: Self { Self("youth.nationalities", "nationalities", .codes) }
}

extension Parameter<Int64> {
    /// The reward for a 30-day month (YTH-02).
    public static var youthMonthly: Self { Self("youth.monthly", "NT$ a month", .amount) }
}

extension Parameter<Ratio> {
    /// Absence of this share or more gives nothing (YTH-03).
    public static var youthAbsenceLimit: Self { Self("youth.absenceLimit", "fraction of the class", .ratio) }
}

extension ParameterCatalogue {
    /// Learning reward for unemployed youth, in the order of the listing.
    static let youth: [DeclaredParameter] = [
        .init(Parameter<CivilDate>.youthFirstStart),
        .init(Parameter<CivilDate>.youthLastStart),
        .init(Parameter<[String]>.youthNationalities),
        .init(Parameter<Int>.youthMinimumAge),
        .init(Parameter<Int>.youthMaximumAge),
        .init(Parameter<Int64>.youthMonthly),
        .init(Parameter<Int>.youthDaysOfMonth),
        .init(Parameter<Int>.youthRemainderMinutes),
        .init(Parameter<Ratio>.youthAbsenceLimit),
    ]
}
