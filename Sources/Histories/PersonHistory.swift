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

    /// Joins the histories of the IDs of one person; `members` are in the order of registration and not empty.
    package init(joining members: [TraineeHistory]) {
        precondition(!members.isEmpty, "a person has at least one trainee ID")
        trainees = members.map(\.number)
        birthDate = members[0].birthDate
        sex = members[0].sex
        nationality = members[0].nationality
        fieldPositions = members[0].fieldPositions
        guard members.count > 1 else {
            enrolments = members[0].enrolments
            identities = members[0].identities
            affidavits = members[0].affidavits
            verifications = members[0].verifications
            jobSearches = members[0].jobSearches
            works = members[0].works
            referrals = members[0].referrals
            benefits = members[0].benefits
            payouts = members[0].payouts
            issuedDecisions = members[0].issuedDecisions
            linkPositions = []
            return
        }
        enrolments = Enrolment.joined(members.flatMap(\.enrolments))
        identities = Self.identities(of: members)
        affidavits = members.flatMap(\.affidavits).sorted { $0.position < $1.position }
        verifications = members.flatMap(\.verifications).sorted { $0.position < $1.position }
        jobSearches = members.flatMap(\.jobSearches).sorted { $0.position < $1.position }
        works = members.flatMap(\.works).sorted { $0.position < $1.position }
        referrals = members.flatMap(\.referrals).sorted { $0.position < $1.position }
        benefits = members.flatMap(\.benefits).sorted { $0.position < $1.position }
        payouts = members.flatMap(\.payouts).sorted { $0.position < $1.position }
        issuedDecisions = members.flatMap(\.issuedDecisions).sorted { $0.position < $1.position }
        linkPositions = members.flatMap(\.links).map(\.position).sorted()
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
        guard trainee(number) != nil else { return nil }
        return PersonHistory(joining: linkedTrainees(number).compactMap { trainee($0) })
    }
}

extension LedgerHistories {
    /// The person with these IDs; those that do not stand are passed over. `nil` if none stands.
    package func person(joining members: [TraineeNumber]) -> PersonHistory? {
        let standing = members.compactMap { trainee($0) }
        return standing.isEmpty ? nil : PersonHistory(joining: standing)
    }
}
