/// Vocabularies that the offices extend without a new version of this program.
package enum OpenCodes {
    /// Papers (應備文件), in the field's own words in short English; the list of the contract, completed from
    /// the tables of the SEMI and COFFEE documents.
    package static let documents: [String] = [
        "applicationForm", "allowanceAffidavit", "bankBook", "idCard", "residencePermit", "referralLetter",
        "householdRegister", "inSchoolProof", "incapacityProof", "disabilityCard", "lowIncomeProof", "jobSeekerProof",
        "employmentHistory", "protectionOrder", "victimCertificate", "judgment", "releaseProof", "affidavit",
        "suspensionProof", "stayPermit", "workPermit", "disasterProof", "injuryBenefitLetter", "youthCertificate",
        "legalGuardianConsent", "involuntarySeparationProof", "familyReasonProof", "serviceProof", "assaultReport",
        "medicalProof", "diploma", "militaryServiceProof", "tradeImpactProof", "missingSpouseReport",
        "soldierReferral", "injurySubsidyLetter", "photo", "rightsConsent", "enrolmentAffidavit",
        "homelessRegistration", "settlementPermit", "institutionProof", "insuranceStatement", "studentCard",
        "otherProof", "agencyCertificate",
    ]

    /// Kinds of affidavits (切結書).
    package static let affidavits: [String] = ["notWorking", "notInSchool"]
}
