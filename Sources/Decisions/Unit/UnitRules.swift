import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the units' fitness (TIP-18, TIP-20, TIP-21).
struct UnitRules: Sendable {
    let kinds: [String]
    let unionKinds: [String]
    let foundedYears: Int
    let foundedExemptKinds: [String]
    let certificateDays: Int
    let editions: [String]
    let unionEditions: [String]
    let grades: [String]
    let unionGrades: [String]
    let refusedReviewGrades: [String]
    let arrearsKinds: [String]
    let registeredPlaceKinds: [String]
    let classMaximumMonths: Int
    let quotaProgrammes: CodeSet<Programme>
    let branches: [Branch]

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        kinds = try rulebook.require(.unitKindsIndustryTalent, on: day)
        unionKinds = try rulebook.require(.unitKindsLabourSelfLearning, on: day)
        foundedYears = try rulebook.require(.unitFoundedYears, on: day)
        foundedExemptKinds = try rulebook.require(.unitFoundedExemptKinds, on: day)
        certificateDays = try rulebook.require(.unitCertificateDays, on: day)
        editions = try rulebook.require(.unitCertificateEditions, on: day)
        unionEditions = try rulebook.require(.unitCertificateEditionsUnion, on: day)
        grades = try rulebook.require(.unitCertificateGrades, on: day)
        unionGrades = try rulebook.require(.unitCertificateGradesUnion, on: day)
        refusedReviewGrades = try rulebook.require(.unitRefusedReviewGrades, on: day)
        arrearsKinds = try rulebook.require(.unitArrearsKinds, on: day)
        registeredPlaceKinds = try rulebook.require(.unitRegisteredPlaceKinds, on: day)
        classMaximumMonths = try rulebook.require(.classMaximumMonths, on: day)
        quotaProgrammes = try rulebook.require(codes: .quotaProgrammes, on: day)
        branches = try rulebook.require(.unitBranches, on: day)
    }
}
