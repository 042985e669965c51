/// The kind of a training unit (訓練單位性質).
package enum UnitKind: UInt8, CodeEnum {
    case vocationalInstitution = 1
    case university
    case industryAssociation
    case commercialAssociation
    case farmersAssociation
    case fishersAssociation
    case researchInstitution
    case foundation
    case associationInPublicInterest
    case labourUnion
    case government
    case company
    case cramSchool

    package static let codes = CodeNames<UnitKind>()
}

/// The edition of a TTQS certificate (評核版別).
package enum CertificateEdition: UInt8, CodeEnum {
    case trainingInstitution = 1
    case external

    package static let codes = CodeNames<CertificateEdition>()
}

/// The grade of the last plan review (審查計分表等級).
package enum ReviewGrade: UInt8, CodeEnum {
    case A = 1
    case B
    case C
    case D

    package static let codes = CodeNames<ReviewGrade>()
}
