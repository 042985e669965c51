/// Sex as registered (性別).
package enum Sex: UInt8, CodeEnum {
    case female = 1
    case male

    package static let codes = CodeNames<Sex>()
}

/// Nationality (國籍身分).
package enum Nationality: UInt8, CodeEnum {
    case national = 1
    case newResident
    case foreign
    case stateless

    package static let codes = CodeNames<Nationality>()
}

/// A social insurance (保險別).
package enum InsuranceScheme: UInt8, CodeEnum {
    case labour = 1
    case employment
    case farmers
    case occupationalUnion
    case fishersAssociation
    case civilServant
    case military
    case nationalPension

    package static let codes = CodeNames<InsuranceScheme>()
}

/// A mark on an insurance spell: 訓, 裁, or continued after an occupational injury.
package enum InsuranceMark: UInt8, CodeEnum {
    case training = 1
    case laidOff
    case occupationalInjury

    package static let codes = CodeNames<InsuranceMark>()
}

/// How insurance was verified: 系統勾稽 or 投保明細表.
package enum VerificationMethod: UInt8, CodeEnum {
    case system = 1
    case document

    package static let codes = CodeNames<VerificationMethod>()
}

/// Work that was reported (工作事實).
package enum WorkKind: UInt8, CodeEnum {
    case employed = 1
    case partTime
    case selfEmployed
    case companyOfficer
    case daySchool

    package static let codes = CodeNames<WorkKind>()
}

/// A benefit drawn elsewhere (其他給付).
package enum BenefitKind: UInt8, CodeEnum {
    case unemploymentBenefit = 1
    case employmentInsuranceTrainingAllowance
    case oldAgeBenefit
    case otherTrainingAllowance
    case elderLivingSubsidy
    case disabilityLivingSubsidy

    package static let codes = CodeNames<BenefitKind>()
}
