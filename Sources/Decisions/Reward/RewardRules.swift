import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the learning reward (YTH).
struct YouthRules: Sendable, Equatable {
    let firstStart: CivilDate
    let lastStart: CivilDate
    let nationalities: CodeSet<Nationality>
    let minimumAge: Int
    let maximumAge: Int
    let monthlyNTD: Int64
    let daysOfMonth: Int
    let remainderMinutes: Int64
    let absenceLimit: Ratio
    let barringSchemes: CodeSet<InsuranceScheme>
    let exceptedMarks: CodeSet<InsuranceMark>

    /// The values of the programme's own time: a class outside it is refused by its dates (YTH-01), and its other
    /// values are those of the nearest day of the programme.
    init(_ rulebook: Rulebook, on start: CivilDate) throws(MissingParameter) {
        firstStart = try rulebook.require(.youthFirstStart, on: start)
        lastStart = try rulebook.require(.youthLastStart, on: start)
        let day = min(max(start, firstStart), lastStart)
        nationalities = try rulebook.require(codes: .youthNationalities, on: day)
        minimumAge = try rulebook.require(.youthMinimumAge, on: day)
        maximumAge = try rulebook.require(.youthMaximumAge, on: day)
        monthlyNTD = try rulebook.require(.youthMonthly, on: day)
        daysOfMonth = try rulebook.require(.youthDaysOfMonth, on: day)
        remainderMinutes = Int64(try rulebook.require(.youthRemainderMinutes, on: day))
        absenceLimit = try rulebook.require(.youthAbsenceLimit, on: day)
        barringSchemes = try rulebook.require(codes: .preBarringSchemes, on: day)
        exceptedMarks = CodeSet(
            try rulebook.require(.preIgnoredMarks, on: day) + rulebook.require(.preAffidavitMarks, on: day))
    }

    /// Whether a spell shows employment.
    func isBarring(_ spell: InsuranceSpell) -> Bool {
        !exceptedMarks.contains(spell.mark) && barringSchemes.contains(spell.scheme)
    }
}
