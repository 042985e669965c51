import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the derived checks (LIV-13).
struct CheckRules: Sendable, Equatable {
    let middleAgedFrom: Int
    let middleAgedTo: Int
    let elderOnBirthday: Bool
    let unemployedYears: Int
    let insuredMonths: Int
    let insuredWithinYears: Int
    let shortSpellDays: Int
    let registrationMonths: Int
    let registrationFromRecruiting: Bool
    let registrationRecruitingDays: Int
    let returningYears: Int
    let returningSpellDays: Int
    let youthFrom: Int
    let youthBelow: Int

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        middleAgedFrom = try rulebook.require(.checkMiddleAgedFrom, on: day)
        middleAgedTo = try rulebook.require(.checkMiddleAgedTo, on: day)
        elderOnBirthday = try rulebook.require(.checkElderOnBirthday, on: day)
        unemployedYears = try rulebook.require(.checkUnemployedYears, on: day)
        insuredMonths = try rulebook.require(.checkInsuredMonths, on: day)
        insuredWithinYears = try rulebook.require(.checkInsuredWithinYears, on: day)
        shortSpellDays = try rulebook.require(.checkShortSpellDays, on: day)
        registrationMonths = try rulebook.require(.checkRegistrationMonths, on: day)
        registrationFromRecruiting = try rulebook.require(.checkRegistrationFromRecruiting, on: day)
        registrationRecruitingDays = try rulebook.require(.checkRegistrationRecruitingDays, on: day)
        returningYears = try rulebook.require(.checkReturningYears, on: day)
        returningSpellDays = try rulebook.require(.checkReturningSpellDays, on: day)
        youthFrom = try rulebook.require(.checkYouthFrom, on: day)
        youthBelow = try rulebook.require(.checkYouthBelow, on: day)
    }
}
