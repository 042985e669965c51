package import CivilTime
package import TrainingEvents

/// The facts of one person: of one trainee ID, or of all IDs that are linked as one (contract, `trainee.linked`).
///
/// Birth date, sex and nationality are those of the ID registered first. Lists are in the order of the log.
/// It is shared by every case of the person, so that handing it on copies nothing.
package final class PersonHistory: Sendable {
    /// The IDs, in the order of registration.
    package let trainees: [TraineeNumber]
    package let birthDate: CivilDate
    package let sex: Sex
    package let nationality: Nationality
    package let fieldPositions: [UInt64]
    /// One per class, under whichever IDs it was told.
    package let enrolments: [Enrolment]
    package let identities: [IdentityFact]
    package let affidavits: [AffidavitFact]
    package let verifications: [InsuranceVerification]
    package let jobSearches: [DayFact]
    package let works: [WorkFact]
    package let referrals: [ReferralFact]
    package let benefits: [BenefitFact]
    package let payouts: [Payout]
    /// What was told to the person (已作成之決定).
    package let issuedDecisions: [IssuedDecision]
    /// The positions of the links that make the IDs one person.
    package let linkPositions: [UInt64]

    /// The person of one trainee ID that is linked to no other. O(1).
    package init(_ only: TraineeHistory) {
        trainees = [only.number]
        birthDate = only.birthDate
        sex = only.sex
        nationality = only.nationality
        fieldPositions = only.fieldPositions
        enrolments = only.enrolments
        identities = only.identities
        affidavits = only.affidavits
        verifications = only.verifications
        jobSearches = only.jobSearches
        works = only.works
        referrals = only.referrals
        benefits = only.benefits
        payouts = only.payouts
        issuedDecisions = only.issuedDecisions
        linkPositions = []
    }

    /// Joins the histories of the IDs of one person; `members` are in the order of registration and not empty.
    package init(joining members: [TraineeHistory]) {
        precondition(!members.isEmpty, "a person has at least one trainee ID")
        trainees = members.map(\.number)
        birthDate = members[0].birthDate
        sex = members[0].sex
        nationality = members[0].nationality
        fieldPositions = members[0].fieldPositions
        enrolments = Enrolment.joined(members.flatMap(\.enrolments))
        identities = Self.identities(of: members)
        affidavits = Self.joined(members, \.affidavits, \.position)
        verifications = Self.joined(members, \.verifications, \.position)
        jobSearches = Self.joined(members, \.jobSearches, \.position)
        works = Self.joined(members, \.works, \.position)
        referrals = Self.joined(members, \.referrals, \.position)
        benefits = Self.joined(members, \.benefits, \.position)
        payouts = Self.joined(members, \.payouts, \.position)
        issuedDecisions = Self.joined(members, \.issuedDecisions, \.position)
        linkPositions = members.flatMap(\.links).map(\.position).sorted()
    }

    /// The facts of all IDs, in the order of the log.
    private static func joined<Fact>(
        _ members: [TraineeHistory], _ facts: (TraineeHistory) -> [Fact], _ position: (Fact) -> UInt64
    ) -> [Fact] {
        members.flatMap(facts).sorted { position($0) < position($1) }
    }

    /// A revocation under one ID ends the certificates under the others too: it is one person's status.
    private static func identities(of members: [TraineeHistory]) -> [IdentityFact] {
        let revocations = members.flatMap(\.revocations)
        var identities = members.flatMap(\.identities).sorted { $0.position < $1.position }
        for index in identities.indices { revocations.forEach { identities[index].take($0) } }
        return identities
    }

    /// The enrolment in a class, if this ID has to do with it; what was done under the person's other IDs counts.
    package func enrolment(of trainee: TraineeNumber, in number: ClassNumber) -> Enrolment? {
        enrolments.first { $0.classNumber == number }?.led(by: trainee)
    }

    /// The verification that counts for a day: the highest `asOf` not before it, of equal ones the later
    /// recorded (TIP-05). One whose `asOf` is before the day verifies nothing about it.
    package func verification(
        for day: CivilDate, where isTaken: (InsuranceVerification) -> Bool = { _ in true }
    ) -> InsuranceVerification? {
        var best: Int?
        for index in verifications.indices where verifications[index].asOf >= day && isTaken(verifications[index]) {
            let found = best.map { (verifications[$0].asOf, verifications[$0].position) }
            if found.map({ $0 < (verifications[index].asOf, verifications[index].position) }) ?? true { best = index }
        }
        return best.map { verifications[$0] }
    }

    /// The certificates of a category that hold on a day (CAT-01), in the order of the log.
    package func certificates(of category: Category, on day: CivilDate) -> [IdentityFact] {
        identities.filter { $0.category == category && $0.holds(on: day) }
    }
}

extension LedgerHistories {
    /// The IDs of the person whom this trainee ID belongs to, in the order of registration.
    ///
    /// Links join both ways and on and on: three IDs of one person need two links. O(IDs of the person ×
    /// links); most trainees have none.
    package func linkedTrainees(_ number: TraineeNumber) -> [TraineeNumber] {
        guard !linkedIDs.isEmpty, linkedIDs[number] != nil else { return [number] }
        var group: Set<TraineeNumber> = [number]
        var open = [number]
        while let next = open.popLast() {
            for other in (linkedIDs[next] ?? []) where group.insert(other).inserted { open.append(other) }
        }
        return group.filter { trainee($0) != nil }.sorted()
    }

    /// The person whom this trainee ID belongs to, if the ID stands.
    package func person(_ number: TraineeNumber) -> PersonHistory? {
        stands(number) ? person(joining: linkedTrainees(number)[...]) : nil
    }
}

extension LedgerHistories {
    /// The person with these IDs; those that do not stand are passed over. `nil` if none stands.
    package func person(joining members: ArraySlice<TraineeNumber>) -> PersonHistory? {
        guard members.count > 1 else {
            guard let index = members.first.map({ Int($0.value) }), index < trainees.count,
                case .some(let only) = trainees[index]
            else { return nil }
            return PersonHistory(only)
        }
        let standing = members.compactMap { trainee($0) }
        return standing.isEmpty ? nil : PersonHistory(joining: standing)
    }
}
