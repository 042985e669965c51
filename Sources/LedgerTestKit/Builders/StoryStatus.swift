package import TrainingEvents

// Insurance, categories, benefits and money, said in sentences.

/// A spell of insurance, or of work.
package struct Spell: Hashable, Sendable {
    package let scheme: InsuranceScheme
    package let from: Day
    package let to: Day?
    package let mark: InsuranceMark?

    package init(_ scheme: InsuranceScheme, from: Day = "2010-01-01", to: Day? = nil, mark: InsuranceMark? = nil) {
        self.scheme = scheme
        self.from = from
        self.to = to
        self.mark = mark
    }
}

extension Story {
    /// The insurance history as it is known on a day; without spells, nothing was found.
    @discardableResult
    package mutating func verifies(
        _ id: String = "T-1", asOf: Day, by method: VerificationMethod = .system, _ spells: [Spell] = []
    ) -> UInt64 {
        let found = spells.map {
            JSONValue.members([
                "scheme": .string($0.scheme.name), "from": $0.from.json, "to": $0.to?.json,
                "mark": $0.mark.map { .string($0.name) },
            ])
        }
        return tell(
            .insuranceVerified, about: id,
            ["asOf": asOf.json, "method": .string(method.name), "spells": .array(found)])
    }

    /// A category is certified.
    @discardableResult
    package mutating func certifies(
        _ id: String = "T-1", _ category: TrainingEvents.Category, from: Day = "2000-01-01", to: Day? = nil,
        papers: [JSONValue] = []
    ) -> UInt64 {
        tell(
            .identityCertified, about: id,
            [
                "category": .string(category.name), "validFrom": from.json, "validTo": to?.json,
                "documents": .array(papers),
            ])
    }

    @discardableResult
    package mutating func revokes(_ id: String = "T-1", _ category: TrainingEvents.Category, on: Day) -> UInt64 {
        tell(.identityRevoked, about: id, ["category": .string(category.name), "on": on.json, "reason": "not so"])
    }

    @discardableResult
    package mutating func works(_ id: String = "T-1", as kind: WorkKind, from: Day, to: Day? = nil) -> UInt64 {
        tell(.workReported, about: id, ["kind": .string(kind.name), "from": from.json, "to": to?.json])
    }

    @discardableResult
    package mutating func draws(
        _ id: String = "T-1", _ kind: BenefitKind, from: Day, to: Day? = nil, halfMonths: Int64? = nil
    ) -> UInt64 {
        tell(
            .benefitRecorded, about: id,
            [
                "kind": .string(kind.name), "from": from.json, "to": to?.json,
                "halfMonths": halfMonths.map { .integer($0) },
            ])
    }

    /// An allowance or subsidy is applied for.
    @discardableResult
    package mutating func asks(
        _ id: String = "T-1", for kind: AllowanceKind, in classID: String = "C-1", on: Day, papers: [JSONValue] = []
    ) -> UInt64 {
        tell(
            .allowanceApplied, about: id,
            [
                "kind": .string(kind.name), "class": .string(classID), "on": on.json, "documents": .array(papers),
            ])
    }

    @discardableResult
    package mutating func isPaid(
        _ id: String = "T-1", _ payout: String, _ kind: TrainingEvents.PayoutKind, for classID: String = "C-1",
        amount: Int64, on: Day, halfMonths: Int64? = nil, from: Day? = nil, to: Day? = nil
    ) -> UInt64 {
        tell(
            .payoutMade, about: id,
            [
                "payout": .string(payout), "kind": .string(kind.name), "class": .string(classID),
                "amount": .integer(amount), "on": on.json, "halfMonths": halfMonths.map { .integer($0) },
                "from": from?.json, "to": to?.json,
            ])
    }

    @discardableResult
    package mutating func isRevoked(
        _ id: String = "T-1", payout: String, amount: Int64, on: Day, as reason: RevocationReason
    ) -> UInt64 {
        tell(
            .payoutRevoked, about: id,
            [
                "payout": .string(payout), "amount": .integer(amount), "on": on.json, "reason": .string(reason.name),
            ])
    }
}
