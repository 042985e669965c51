import CivilTime
package import TrainingEvents

extension TraineeHistory {
    /// Declares what a snapshot holds of a trainee, but for the number.
    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        coder.last = SnapshotNeighbours()
        try coder.code(position: &registeredAt)
        try coder.code(&birthDate)
        try coder.code(&sex)
        try coder.code(&nationality)
        try coder.code(positions: &fieldPositions)
        try codeEnrolments(&coder)
        try coder.code(&identities)
        try coder.code(&revocations)
        try coder.code(&affidavits)
        try coder.code(&verifications)
        try coder.code(&jobSearches)
        try coder.code(&works)
        try coder.code(&referrals)
        try coder.code(&benefits)
        try coder.code(&payouts)
        try coder.code(&holds)
        try coder.code(&links)
        try coder.code(&issuedDecisions)
        try coder.code(&appeals)
        try coder.code(&books)
        try coder.code(&erasedOn)
    }

    private mutating func codeEnrolments<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        let count = try coder.count(enrolments.count)
        if Coder.isReading { enrolments.reserveCapacity(count) }
        for index in 0..<count {
            var classNumber = Coder.isReading ? ClassNumber.placeholder : enrolments[index].classNumber
            try coder.code(&classNumber)
            if Coder.isReading { enrolments.append(Enrolment(trainee: number, classNumber: classNumber)) }
            try enrolments[index].code(&coder)
        }
    }
}

extension IdentityFact: SnapshotFact {
    package static var blank: Self {
        Self(
            category: .placeholder, validFrom: .placeholder, validTo: nil, papers: [], certifiedAt: .placeholder,
            position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&category)
        try coder.code(&validFrom)
        try coder.code(&validTo)
        try coder.code(&papers)
        try coder.code(&certifiedAt)
        try coder.code(position: &position)
        try coder.code(&revoked)
    }
}

extension IdentityRevocation: SnapshotFact {
    package static var blank: Self { Self(category: .placeholder, on: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&category)
        try coder.code(&on)
        try coder.code(position: &position)
    }
}

extension AffidavitFact: SnapshotFact {
    package static var blank: Self { Self(classNumber: .placeholder, kind: "", on: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&classNumber)
        try coder.code(&kind)
        try coder.code(&on)
        try coder.code(position: &position)
    }
}

extension InsuranceVerification: SnapshotFact {
    package static var blank: Self { Self(asOf: .placeholder, method: .placeholder, spells: [], position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&asOf)
        try coder.code(&method)
        try coder.code(&spells)
        try coder.code(position: &position)
    }
}

extension InsuranceSpell: SnapshotFact {
    package static var blank: Self { Self() }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&scheme)
        try coder.code(&from)
        try coder.code(&to)
        try coder.code(&mark)
        try coder.code(&employer)
        try coder.code(&insuredSalaryNTD)
    }
}

extension DayFact: SnapshotFact {
    package static var blank: Self { Self(on: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&on)
        try coder.code(position: &position)
    }
}

extension WorkFact: SnapshotFact {
    package static var blank: Self { Self(kind: .placeholder, from: .placeholder, to: nil, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&kind)
        try coder.code(&from)
        try coder.code(&to)
        try coder.code(position: &position)
    }
}

extension ReferralFact: SnapshotFact {
    package static var blank: Self { Self(classNumber: .placeholder, on: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&classNumber)
        try coder.code(&on)
        try coder.code(position: &position)
    }
}

extension BenefitFact: SnapshotFact {
    package static var blank: Self { Self(kind: .placeholder, from: .placeholder, to: nil, halfMonths: 0, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&kind)
        try coder.code(&from)
        try coder.code(&to)
        try coder.code(&halfMonths)
        try coder.code(position: &position)
    }
}

extension HoldFact: SnapshotFact {
    package static var blank: Self { Self(hold: "", on: .placeholder, releasedOn: nil, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&hold)
        try coder.code(&on)
        try coder.code(&releasedOn)
        try coder.code(position: &position)
    }
}

extension LinkFact: SnapshotFact {
    package static var blank: Self { Self(other: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&other)
        try coder.code(position: &position)
    }
}
