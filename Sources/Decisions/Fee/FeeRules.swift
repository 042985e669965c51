import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of the fee (PRE-12, TIP-17).
struct FeeRules: Sendable {
    let governmentRate: Ratio
    let freeDeliveries: [String]
    let unionSchemes: [String]
    let applicationDayCategories: [Category]
    let categories: CategoryTable
    let quotaProgrammes: [String]
    let halfPrepaymentProgrammes: [String]
    let halfPrepayment: Ratio

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        governmentRate = try rulebook.require(.feeGovernmentRate, on: day)
        freeDeliveries = try rulebook.require(.feeFreeDeliveries, on: day)
        unionSchemes = try rulebook.require(.feeUnionSchemes, on: day)
        applicationDayCategories = try rulebook.require(.feeApplicationDayCategories, on: day)
            .compactMap(Category.init(named:))
        categories = try rulebook.require(.freeTrainingCategories, on: day)
        quotaProgrammes = try rulebook.require(.quotaProgrammes, on: day)
        halfPrepaymentProgrammes = try rulebook.require(.tuitionHalfPrepaymentProgrammes, on: day)
        halfPrepayment = try rulebook.require(.tuitionHalfPrepayment, on: day)
    }
}
