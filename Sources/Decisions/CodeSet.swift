import TrainingEvents

/// The codes of a rulebook's list as bits: looking one up compares no text.
struct CodeSet<Code: CodeEnum>: Sendable, Equatable {
    /// As the book lists them, for the facts of a reason.
    let codes: [String]
    private let bits: UInt64

    /// - Parameter codes: one that the events do not have is in the list and matches nothing.
    init(_ codes: [String]) {
        precondition(Code.allCases.allSatisfy { $0.rawValue < 64 }, "a set of codes has one bit for each")
        self.codes = codes
        bits = codes.compactMap(Code.init(named:)).reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }

    func contains(_ code: Code) -> Bool { bits & 1 << UInt64(code.rawValue) != 0 }

    /// Whether it has a code, where there is one.
    func contains(_ code: Code?) -> Bool { code.map { contains($0) } ?? false }
}
