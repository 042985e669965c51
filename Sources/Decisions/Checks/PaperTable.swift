import Rulebook
import TrainingEvents

/// A category table of a rulebook, with the papers that the holder of each category must bring at hand.
struct PaperTable: Sendable, Equatable {
    private let rows: [CategoryRow]
    /// The categories of the table, in its order.
    let inOrder: [Category]
    private let listed: CodeSet<Category>
    /// The place of its row by the number of a category; that of no row for one that the table does not have.
    private let rowIndex: [Int]
    /// By the number of a category.
    private let required: [[RequiredPaper]]

    init(_ table: CategoryTable) {
        rows = table.rows
        inOrder = table.categories.compactMap(Category.init(named:))
        listed = CodeSet(table.categories)
        var required: [[RequiredPaper]] = []
        var rowIndex: [Int] = []
        for category in Category.allCases {
            // Codes are numbered from 1.
            while required.count < Int(category.rawValue) {
                required.append([])
                rowIndex.append(table.rows.count)
            }
            required.append(table.papers(for: category.name).map(RequiredPaper.init))
            rowIndex.append(table.rows.firstIndex { $0.categories.contains(category.name) } ?? table.rows.count)
        }
        self.required = required
        self.rowIndex = rowIndex
    }

    /// Whether the table has a row for a category.
    func contains(_ category: Category) -> Bool { listed.contains(category) }

    /// The row of a category, if the table has one.
    func row(of category: Category) -> CategoryRow? {
        let index = rowIndex[Int(category.rawValue)]
        return index < rows.count ? rows[index] : nil
    }

    /// The categories in the order of their rows; those of one row in the order given.
    func inOrder(of categories: [Category]) -> [Category] {
        guard categories.count > 1 else { return categories }
        return categories.enumerated().sorted {
            (rowIndex[Int($0.element.rawValue)], $0.offset) < (rowIndex[Int($1.element.rawValue)], $1.offset)
        }.map(\.element)
    }

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
