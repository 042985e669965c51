import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of who may apply (TIP-01 to TIP-04, PRE-01 to PRE-07, PRE-17, PRE-19).
struct RegistrationRules: Sendable {
    /// Insurance and work that show a person to be employed (PRE-02, PRE-16).
    struct Unemployment: Sendable {
        let barringSchemes: [String]
        let ignoredMarks: [String]
        let affidavitSchemes: [String]
        let affidavitMarks: [String]
        let strictDeliveries: [String]
        let soldierDeliveries: [String]
    }

    /// Which earlier classes count, and how long (PRE-03 to PRE-06).
    struct History: Sendable {
        let deliveries: [String]
        let allDeliveries: [String]
        let completionDays: Int
        let expulsionYears: Int
        let sameCourseYears: Int
        let repeatYears: Int
        let repeatTimes: Int
    }

    let quotaProgrammes: [String]
    let opensMonths: Int
    let opensMinute: Int
    let minimumAge: Int
    let cancellationNoticeDays: Int
    let forfeitYears: Int
    let unemployment: Unemployment
    let history: History
    let insuranceCategory: String
    let unionReportMonths: Int
    let idleMinutes: Int

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        quotaProgrammes = try rulebook.require(.quotaProgrammes, on: day)
        opensMonths = try rulebook.require(.applicationOpensMonths, on: day)
        opensMinute = try rulebook.require(.applicationOpensMinute, on: day)
        minimumAge = try rulebook.require(.preMinimumAge, on: day)
        cancellationNoticeDays = try rulebook.require(.preCancellationNoticeDays, on: day)
        forfeitYears = try rulebook.require(.selectionForfeitYears, on: day)
        insuranceCategory = try rulebook.require(.allowanceInsuranceCategory, on: day)
        unionReportMonths = try rulebook.require(.preUnionReportMonths, on: day)
        idleMinutes = try rulebook.require(.sessionIdleMinutes, on: day)
        unemployment = try Unemployment(rulebook, on: day)
        history = try History(rulebook, on: day)
    }
}

extension RegistrationRules.Unemployment {
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        barringSchemes = try rulebook.require(.preBarringSchemes, on: day)
        ignoredMarks = try rulebook.require(.preIgnoredMarks, on: day)
        affidavitSchemes = try rulebook.require(.preAffidavitSchemes, on: day)
        affidavitMarks = try rulebook.require(.preAffidavitMarks, on: day)
        strictDeliveries = try rulebook.require(.preStrictDeliveries, on: day)
        soldierDeliveries = try rulebook.require(.preSoldierDeliveries, on: day)
    }

    /// What a spell means for somebody who should be unemployed.
    enum Meaning {
        case nothing, bars, needsAffidavit
    }

    /// The meaning of a spell, whatever days it covers.
    func meaning(of spell: InsuranceSpell) -> Meaning {
        if let mark = spell.mark?.name {
            if ignoredMarks.contains(mark) { return .nothing }
            if affidavitMarks.contains(mark) { return .needsAffidavit }
        }
        if barringSchemes.contains(spell.scheme.name) { return .bars }
        return affidavitSchemes.contains(spell.scheme.name) ? .needsAffidavit : .nothing
    }
}

extension RegistrationRules.History {
    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        deliveries = try rulebook.require(.preHistoryDeliveries, on: day)
        allDeliveries = try rulebook.require(.preHistoryAllDeliveries, on: day)
        completionDays = try rulebook.require(.preBarCompletionDays, on: day)
        expulsionYears = try rulebook.require(.preBarExpulsionYears, on: day)
        sameCourseYears = try rulebook.require(.preBarSameCourseYears, on: day)
        repeatYears = try rulebook.require(.preBarRepeatYears, on: day)
        repeatTimes = try rulebook.require(.preBarRepeatTimes, on: day)
    }
}
