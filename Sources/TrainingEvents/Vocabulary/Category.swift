/// An identity that gives rights (特定對象身分).
package enum Category: UInt8, CodeEnum {
    case involuntaryUnemployed = 1
    case soleBreadwinner
    case middleAged
    case disabled
    case indigenous
    case lowIncome
    case longTermUnemployed
    case returningWoman
    case domesticViolenceVictim
    case sexualAssaultVictim
    case rehabilitatedOffender
    case youthNotInSchoolOrWork
    case newResident
    case traffickingVictim
    case nationalWithoutHousehold
    case stateless
    case crimeVictim
    case disasterVictim
    case tradeLiberalisationAffected
    case independentYouth
    case economicHardship
    case elder
    case voluntaryUnemployedInsured
    case occupationalInjury
    case registeredHomeless
    case dischargingSoldier
    case other

    package static let codes = CodeNames<Category>()
}
