import Decisions
package import TrainingEvents

/// How many decisions were compared, what became of them, and what they come to on both sides.
package struct ComparisonTotals: Hashable, Sendable {
    /// The figures of one kind of decision, or of all.
    package struct Figures: Hashable, Sendable {
        /// By the order of ``DecisionChange/Kind/allCases``.
        fileprivate(set) var counts = [Int](repeating: 0, count: DecisionChange.Kind.allCases.count)
        /// What is granted on the first side, in NT$.
        package fileprivate(set) var beforeNTD: Int64 = 0
        /// What is granted on the second side, in NT$.
        package fileprivate(set) var afterNTD: Int64 = 0

        /// The difference of both sides in NT$: the sum of those of the single decisions.
        package var differenceNTD: Int64 { afterNTD - beforeNTD }
        /// How many decisions were compared.
        package var compared: Int { counts.reduce(0, +) }

        /// How many of them changed in this way.
        package subscript(_ change: DecisionChange.Kind) -> Int { counts[Self.index(change)] }

        mutating func count(_ change: DecisionChange.Kind, beforeNTD: Int64, afterNTD: Int64) {
            counts[Self.index(change)] += 1
            self.beforeNTD += beforeNTD
            self.afterNTD += afterNTD
        }

        mutating func add(_ other: Figures) {
            for index in counts.indices { counts[index] += other.counts[index] }
            beforeNTD += other.beforeNTD
            afterNTD += other.afterNTD
        }

        private static func index(_ change: DecisionChange.Kind) -> Int {
            DecisionChange.Kind.allCases.firstIndex(of: change) ?? 0
        }
    }

    /// The kinds in their order, and the figures of each.
    package private(set) var kinds: [(kind: DecisionKind, figures: Figures)]

    init(_ kinds: [DecisionKind]) { self.kinds = kinds.map { ($0, Figures()) } }

    /// The figures of all kinds together.
    package var all: Figures {
        var sum = Figures()
        for entry in kinds { sum.add(entry.figures) }
        return sum
    }

    mutating func count(_ kind: DecisionKind, _ change: DecisionChange.Kind, beforeNTD: Int64, afterNTD: Int64) {
        guard let index = kinds.firstIndex(where: { $0.kind == kind }) else { return }
        kinds[index].figures.count(change, beforeNTD: beforeNTD, afterNTD: afterNTD)
    }

    mutating func add(_ other: ComparisonTotals) {
        for index in kinds.indices { kinds[index].figures.add(other.kinds[index].figures) }
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.kinds.elementsEqual(right.kinds) { $0.kind == $1.kind && $0.figures == $1.figures }
    }

    package func hash(into hasher: inout Hasher) {
        for entry in kinds { hasher.combine(entry.figures) }
    }
}

extension TotalsOfKind {
    init(_ kind: DecisionKind, _ figures: ComparisonTotals.Figures) {
        self.init(
            kind: kind, counts: figures.counts.map { UInt64($0) }, beforeNTD: figures.beforeNTD,
            afterNTD: figures.afterNTD)
    }
}

extension ComparisonTotals {
    /// Adds what a shard compared.
    ///
    /// - Returns: `false`, and nothing is added that matters, if the kinds are not the same or a sum does not fit.
    mutating func add(_ part: [TotalsOfKind]) -> Bool {
        guard part.map(\.kind) == kinds.map(\.kind) else { return false }
        for (index, more) in part.enumerated() {
            guard more.counts.count == kinds[index].figures.counts.count else { return false }
            for (place, count) in more.counts.enumerated() {
                let (sum, overflow) = kinds[index].figures.counts[place].addingReportingOverflow(Int(clamping: count))
                // So many that all kinds together fit, too.
                guard !overflow, sum < Int.max >> 8 else { return false }
                kinds[index].figures.counts[place] = sum
            }
            let before = kinds[index].figures.beforeNTD.addingReportingOverflow(more.beforeNTD)
            let after = kinds[index].figures.afterNTD.addingReportingOverflow(more.afterNTD)
            let limit = Int64.max >> 8
            guard !before.overflow, !after.overflow, (-limit...limit).contains(before.partialValue),
                (-limit...limit).contains(after.partialValue)
            else { return false }
            (kinds[index].figures.beforeNTD, kinds[index].figures.afterNTD) = (before.partialValue, after.partialValue)
        }
        return true
    }
}

extension ComparisonTotals {
    /// The last line of the JSON answer.
    package func json(before: AnswerContext, after: AnswerContext) -> JSONValue {
        json(before: before.side, after: after.side)
    }

    /// The same where the rulebooks are known by name and digest only.
    func json(before: JSONValue, after: JSONValue) -> JSONValue {
        let perKind = kinds.map { JSONValue.Member($0.kind.name, .object($0.figures.members)) }
        return .object(
            all.members + [
                JSONValue.Member("summary", .bool(true)), JSONValue.Member("kinds", .object(perKind)),
                JSONValue.Member("before", before), JSONValue.Member("after", after),
            ])
    }
}

extension ComparisonTotals.Figures {
    fileprivate var members: [JSONValue.Member] {
        [
            JSONValue.Member("compared", .number(compared)),
            JSONValue.Member(
                "changes",
                .object(DecisionChange.Kind.allCases.map { JSONValue.Member($0.rawValue, .number(self[$0])) })),
            JSONValue.Member("totalBefore", .integer(beforeNTD)), JSONValue.Member("totalAfter", .integer(afterNTD)),
            JSONValue.Member("totalDifference", .integer(differenceNTD)),
        ]
    }
}

extension AnswerContext {
    fileprivate var side: JSONValue { .members(["rulebook": rulebookJSON, "asOf": asOf]) }
}
