package import TrainingEvents

/// The books of everyone, added up by programme and kind of payment (試算表).
package struct TrialBalance: Hashable, Sendable {
    /// The accounts of one programme and kind.
    package struct Line: Hashable, Sendable {
        /// As the class stands at that point; `nil` where the class itself is left out.
        package let programme: Programme?
        package let kind: PayoutKind
        package fileprivate(set) var balances: AccountBalances
    }

    /// By programme in the order of the vocabulary, those without one last, then by kind; only those with books.
    package private(set) var lines: [Line] = []

    package init() {}

    /// Adds up the books of some trainees, each checked first: ``TraineeHistory/checkBooks()``.
    ///
    /// - Parameter numbers: of trainees, below their count.
    /// - Throws: the first books that do not stand.
    package init(_ histories: LedgerHistories, _ numbers: Range<Int>) throws(BooksError) {
        for number in numbers {
            guard let trainee = histories.trainees[number] else { continue }
            try trainee.checkBooks()
            for line in trainee.books {
                add(histories.class(line.classNumber)?.programme, line.kind, line.balances)
            }
        }
    }

    /// Adds what was added up of others.
    package mutating func add(_ other: TrialBalance) {
        for line in other.lines { add(line) }
    }

    mutating func add(_ line: Line) { add(line.programme, line.kind, line.balances) }

    /// All lines together.
    package var total: AccountBalances {
        lines.reduce(into: AccountBalances()) { $0.add($1.balances) }
    }

    /// Checks that the debits of each line come to its credits.
    ///
    /// - Throws: the first line that does not, or the account whose balance does not fit 64 bits.
    package func check() throws(BooksError) {
        for line in lines {
            try Self.check(line.balances, line.kind)
        }
        if let last = lines.last { try Self.check(total, last.kind) }
    }

    private static func check(_ balances: AccountBalances, _ kind: PayoutKind) throws(BooksError) {
        let columns = balances.overflowed == nil ? balances.columns : nil
        let isBalanced = columns.map { $0.debitNTD == $0.creditNTD } ?? false
        guard !isBalanced else { return }
        throw BooksError(
            code: columns == nil ? .overflow : .unbalanced, trainee: nil, classNumber: nil, kind: kind,
            account: balances.overflowed, postedNTD: columns?.debitNTD ?? 0, expectedNTD: columns?.creditNTD ?? 0)
    }

    private mutating func add(_ programme: Programme?, _ kind: PayoutKind, _ balances: AccountBalances) {
        let place = Self.place(programme, kind)
        let index = lines.firstIndex { Self.place($0.programme, $0.kind) >= place } ?? lines.count
        if index == lines.count || Self.place(lines[index].programme, lines[index].kind) != place {
            lines.insert(Line(programme: programme, kind: kind, balances: AccountBalances()), at: index)
        }
        lines[index].balances.add(balances)
    }

    private static func place(_ programme: Programme?, _ kind: PayoutKind) -> Int {
        Int(programme?.rawValue ?? .max) << 8 | Int(kind.rawValue)
    }
}
