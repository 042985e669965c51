package import Histories
package import TrainingEvents

/// Whose books an error is about, by the IDs that people know.
package struct BooksOwner: Hashable, Sendable {
    /// The trainee; `nil` for sums over everyone.
    package let trainee: String?
    package let classID: String?

    package init(_ error: BooksError, _ registry: Registry) {
        trainee = error.trainee.map { registry.trainees.id(of: $0) }
        classID = error.classNumber.map { registry.classes.id(of: $0) }
    }

    /// One sentence in English: which account of whom holds what, and what it should.
    func message(_ error: BooksError) -> String {
        var place = "the books"
        if let trainee { place += " of \(shown(trainee))" }
        if let classID { place += " in \(shown(classID))" }
        place += ", \(error.kind.name)"
        let account = error.account?.name ?? "all accounts"
        switch error.code {
        case .unbalanced:
            return "\(place): \(account): debits of NT$\(error.postedNTD), credits of NT$\(error.expectedNTD)"
        case .disagreement:
            return "\(place): account \(account) holds NT$\(error.postedNTD), "
                + "but the payouts and decisions come to NT$\(error.expectedNTD)"
        case .overflow: return "\(place): \(account): a sum does not fit 64 bits"
        }
    }
}
