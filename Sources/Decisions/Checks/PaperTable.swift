import Rulebook
import TrainingEvents

/// A category table of a rulebook, with the papers that the holder of each category must bring at hand.
struct PaperTable: Sendable, Equatable {
    let rows: [CategoryRow]
    /// The categories of the table, in its order.
    let inOrder: [Category]
    private let listed: CodeSet<Category>
    /// By the number of a category.
    private let required: [[RequiredPaper]]

    init(_ table: CategoryTable) {
        rows = table.rows
        inOrder = table.categories.compactMap(Category.init(named:))
        listed = CodeSet(table.categories)
        var required: [[RequiredPaper]] = []
        for category in Category.allCases {
            while required.count < Int(category.rawValue) { required.append([]) }
            required.append(table.papers(for: category.name).map(RequiredPaper.init))
        }
        self.required = required
    }

    /// Whether the table has a row for a category.
    func contains(_ category: Category) -> Bool { listed.contains(category) }

    /// The papers that a holder of the category must bring; none if the table has no row for it.
    func papers(for category: Category) -> [RequiredPaper] { required[Int(category.rawValue)] }
}

/// Papers of which one suffices.
struct RequiredPaper: Sendable, Equatable {
    /// When a paper is required only where events show something (CAT-01).
    enum Condition: Sendable {
        case under25, migrantWorker, maleAged19To37, noLabourInsuranceRecord
        /// Something that no event shows.
        case notShown
    }

    let anyOf: [String]
    /// The codes of the alternatives, joined by a bar.
    let code: String
    let isIssuedBeforeStart: Bool
    let isReferralLetter: Bool
    /// `nil`: always required.
    let condition: Condition?

    init(_ requirement: PaperRequirement) {
        anyOf = requirement.anyOf
        code = requirement.anyOf.joined(separator: "|")
        isIssuedBeforeStart = requirement.issuedBeforeStart
        isReferralLetter = requirement.anyOf.contains("referralLetter")
        condition = requirement.condition.map { name in
            switch name {
            case "under25": .under25
            case "migrantWorker": .migrantWorker
            case "maleAged19To37": .maleAged19To37
            case "noLabourInsuranceRecord": .noLabourInsuranceRecord
            default: .notShown
            }
        }
    }
}
