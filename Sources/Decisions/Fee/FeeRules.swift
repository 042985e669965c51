import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the fee (PRE-12, TIP-17).
struct FeeRules: Sendable, Equatable {
    let governmentRate: Ratio
    let freeDeliveries: CodeSet<Delivery>
    let unionSchemes: CodeSet<InsuranceScheme>
    let applicationDayCategories: CodeSet<Category>
    let categories: PaperTable
    let halfPrepaymentProgrammes: CodeSet<Programme>
    let halfPrepayment: Ratio

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        governmentRate = try rulebook.require(.feeGovernmentRate, on: day)
        freeDeliveries = try rulebook.require(codes: .feeFreeDeliveries, on: day)
        unionSchemes = try rulebook.require(codes: .feeUnionSchemes, on: day)
        applicationDayCategories = try rulebook.require(codes: .feeApplicationDayCategories, on: day)
        categories = PaperTable(try rulebook.require(.freeTrainingCategories, on: day))
        // A book that does not say which programmes have a quota does not say who prepays.
        _ = try rulebook.require(.quotaProgrammes, on: day)
        halfPrepaymentProgrammes = try rulebook.require(codes: .tuitionHalfPrepaymentProgrammes, on: day)
        halfPrepayment = try rulebook.require(.tuitionHalfPrepayment, on: day)
    }
}
