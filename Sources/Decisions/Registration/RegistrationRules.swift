import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of who may apply (TIP-01 to TIP-04, PRE-01 to PRE-07, PRE-17, PRE-19).
struct RegistrationRules: Sendable, Equatable {
    /// Insurance and work that show a person to be employed (PRE-02, PRE-16).
    struct Unemployment: Sendable, Equatable {
        let barringSchemes: CodeSet<InsuranceScheme>
        let ignoredMarks: CodeSet<InsuranceMark>
        let affidavitSchemes: CodeSet<InsuranceScheme>
        let affidavitMarks: CodeSet<InsuranceMark>
        let strictDeliveries: CodeSet<Delivery>
        let soldierDeliveries: CodeSet<Delivery>
    }

    /// Which earlier classes count, and how long (PRE-03 to PRE-06).
    struct History: Sendable, Equatable {
        let deliveries: CodeSet<Delivery>
        let allDeliveries: CodeSet<Delivery>
        let completionDays: Int
        let expulsionYears: Int
        let sameCourseYears: Int
        let repeatYears: Int
        let repeatTimes: Int
    }

    let quotaProgrammes: CodeSet<Programme>
    let opensMonths: Int
    let opensMinute: Int
    let minimumAge: Int
    let cancellationNoticeDays: Int
    let forfeitYears: Int
    let unemployment: Unemployment
    let history: History
    /// `nil` where the book names one that the events do not have.
    let insuranceCategory: Category?
    let unionReportMonths: Int
    let idleMinutes: Int

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        quotaProgrammes = try rulebook.require(codes: .quotaProgrammes, on: day)
        opensMonths = try rulebook.require(.applicationOpensMonths, on: day)
        opensMinute = try rulebook.require(.applicationOpensMinute, on: day)
        minimumAge = try rulebook.require(.preMinimumAge, on: day)
        cancellationNoticeDays = try rulebook.require(.preCancellationNoticeDays, on: day)
        forfeitYears = try rulebook.require(.selectionForfeitYears, on: day)
        insuranceCategory = Category(named: try rulebook.require(.allowanceInsuranceCategory, on: day))
        unionReportMonths = try rulebook.require(.preUnionReportMonths, on: day)
        idleMinutes = try rulebook.require(.sessionIdleMinutes, on: day)
        unemployment = try Unemployment(rulebook, on: day)
        history = try History(rulebook, on: day)
    }
}

extension RegistrationRules.Unemployment {
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        barringSchemes = try rulebook.require(codes: .preBarringSchemes, on: day)
        ignoredMarks = try rulebook.require(codes: .preIgnoredMarks, on: day)
        affidavitSchemes = try rulebook.require(codes: .preAffidavitSchemes, on: day)
        affidavitMarks = try rulebook.require(codes: .preAffidavitMarks, on: day)
        strictDeliveries = try rulebook.require(codes: .preStrictDeliveries, on: day)
        soldierDeliveries = try rulebook.require(codes: .preSoldierDeliveries, on: day)
    }

    /// What a spell means for somebody who should be unemployed.
    enum Meaning {
        case nothing, bars, needsAffidavit
    }

    /// The meaning of a spell, whatever days it covers.
    func meaning(of spell: InsuranceSpell) -> Meaning {
        if ignoredMarks.contains(spell.mark) { return .nothing }
        if affidavitMarks.contains(spell.mark) { return .needsAffidavit }
        if barringSchemes.contains(spell.scheme) { return .bars }
        return affidavitSchemes.contains(spell.scheme) ? .needsAffidavit : .nothing
    }
}

extension RegistrationRules.History {
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        deliveries = try rulebook.require(codes: .preHistoryDeliveries, on: day)
        allDeliveries = try rulebook.require(codes: .preHistoryAllDeliveries, on: day)
        completionDays = try rulebook.require(.preBarCompletionDays, on: day)
        expulsionYears = try rulebook.require(.preBarExpulsionYears, on: day)
        sameCourseYears = try rulebook.require(.preBarSameCourseYears, on: day)
        repeatYears = try rulebook.require(.preBarRepeatYears, on: day)
        repeatTimes = try rulebook.require(.preBarRepeatTimes, on: day)
    }
}
