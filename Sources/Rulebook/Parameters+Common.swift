// Calendars and what several groups of clauses share.

extension Parameter<[Holiday]> {
    /// Days on which offices are closed though they are no Saturday or Sunday (ARI-06).
    public static var calendarHolidays: Self { Self("calendar.holidays", "holidays", .holidays) }
}

extension ParameterCatalogue {
    /// Calendars and what several groups of clauses share, in the order of the listing.
    static let common: [DeclaredParameter] = [
        .init(Parameter<[Holiday]>.calendarHolidays)
    ]
}
