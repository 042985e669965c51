package import CivilTime
package import TrainingEvents

/// The facts of one trainee ID (學員), folded from its live events in the order of the log. No rule is in them.
///
/// Every fact carries the position of the event that brought it, so that a decision can cite it.
package struct TraineeHistory: Hashable, Sendable {
    package let number: TraineeNumber
    /// The position of `trainee.registered`.
    package var registeredAt: UInt64
    package var birthDate: CivilDate
    package var sex: Sex
    package var nationality: Nationality
    /// The positions of the registration and of the amendments that changed it.
    package var fieldPositions: [UInt64]

    /// One per class, in the order in which the classes first appear.
    package var enrolments: [Enrolment] = []
    package var identities: [IdentityFact] = []
    package var revocations: [IdentityRevocation] = []
    package var affidavits: [AffidavitFact] = []
    package var verifications: [InsuranceVerification] = []
    package var jobSearches: [DayFact] = []
    package var works: [WorkFact] = []
    package var referrals: [ReferralFact] = []
    package var benefits: [BenefitFact] = []
    /// In the order of the log.
    package var payouts: [Payout] = []
    package var holds: [HoldFact] = []
    package var links: [LinkFact] = []
    package var issuedDecisions: [IssuedDecision] = []
    package var appeals: [AppealFact] = []
    /// The books, a line for each class and kind of payment in the order in which they first appear; in no digest.
    package internal(set) var books: [BookLine] = []
    /// The day on which the personal details were erased.
    package var erasedOn: CivilDate?

    package init(number: TraineeNumber, registered: TraineeFields, at position: UInt64) {
        self.number = number
        registeredAt = position
        birthDate = registered.birthDate ?? .placeholder
        sex = registered.sex ?? .placeholder
        nationality = registered.nationality ?? .placeholder
        fieldPositions = [position]
    }

    /// The enrolment in a class; O(classes of the trainee).
    package func enrolment(in number: ClassNumber) -> Enrolment? {
        enrolments.first { $0.classNumber == number }
    }
}

/// A day on which something was done.
package struct DayFact: Hashable, Sendable {
    package var on: CivilDate
    package var position: UInt64
}

/// A certified category (身分認定).
package struct IdentityFact: Hashable, Sendable {
    package var category: Category
    package var validFrom: CivilDate
    package var validTo: CivilDate?
    package var papers: [Paper]
    /// The `time` of the certifying event: when the status was established (PRE-12, LIV-03).
    package var certifiedAt: Instant
    package var position: UInt64
    /// The first day for which it was revoked, with the position of the revocation.
    package var revoked: DayFact?

    /// Whether the certificate covers the day and is not revoked for it (CAT-01).
    package func holds(on day: CivilDate) -> Bool {
        guard validFrom <= day, validTo.map({ day <= $0 }) ?? true else { return false }
        return revoked.map { day < $0.on } ?? true
    }

    /// Takes down a revocation of the category; it ends the certificates recorded before it, and of several the
    /// earliest day counts.
    mutating func take(_ revocation: IdentityRevocation) {
        guard revocation.category == category, revocation.position > position else { return }
        if let revoked, revoked.on <= revocation.on { return }
        revoked = DayFact(on: revocation.on, position: revocation.position)
    }

    /// The positions of the certificate and of its revocation.
    package var positions: [UInt64] { [position] + (revoked.map { [$0.position] } ?? []) }
}

/// A revocation of a category (撤銷身分): certificates recorded before it no longer hold from its day on.
package struct IdentityRevocation: Hashable, Sendable {
    package var category: Category
    package var on: CivilDate
    package var position: UInt64
}

/// An affidavit (切結書).
package struct AffidavitFact: Hashable, Sendable {
    package var classNumber: ClassNumber
    package var kind: String
    package var on: CivilDate
    package var position: UInt64
}

/// The insurance history as known on a day (投保資料).
package struct InsuranceVerification: Hashable, Sendable {
    package var asOf: CivilDate
    package var method: VerificationMethod
    package var spells: [InsuranceSpell]
    package var position: UInt64
}

/// Work that was reported (工作事實).
package struct WorkFact: Hashable, Sendable {
    package var kind: WorkKind
    package var from: CivilDate
    package var to: CivilDate?
    package var position: UInt64

    package func covers(_ day: CivilDate) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
}

/// A referral (職業訓練推介單).
package struct ReferralFact: Hashable, Sendable {
    package var classNumber: ClassNumber
    package var on: CivilDate
    package var position: UInt64
}

/// A benefit drawn elsewhere (其他給付).
package struct BenefitFact: Hashable, Sendable {
    package var kind: BenefitKind
    package var from: CivilDate
    package var to: CivilDate?
    package var halfMonths: Int64
    package var position: UInt64

    package func covers(_ day: CivilDate) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
}

/// A hold that blocks erasure.
package struct HoldFact: Hashable, Sendable {
    package var hold: String
    package var on: CivilDate
    package var releasedOn: CivilDate?
    package var position: UInt64
}

/// A link to another ID of the same person.
package struct LinkFact: Hashable, Sendable {
    package var other: TraineeNumber
    package var position: UInt64
}

/// What was told to the trainee.
package struct IssuedDecision: Hashable, Sendable {
    package var kind: DecisionKind
    package var classNumber: ClassNumber
    package var on: CivilDate
    package var outcome: Outcome
    package var amountNTD: Int64?
    package var rulebook: String
    package var atSequence: Int64
    package var position: UInt64
}

/// An appeal (訴願).
package struct AppealFact: Hashable, Sendable {
    package var appeal: String
    package var kind: DecisionKind
    package var classNumber: ClassNumber
    package var filedOn: CivilDate?
    package var decidedOn: CivilDate?
    package var outcome: String?
    package var position: UInt64
}
