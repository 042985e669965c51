import CivilTime
package import TrainingEvents

extension Enrolment {
    /// Declares what a snapshot holds of an enrolment, but for trainee and class.
    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&application)
        try coder.code(&earlierApplications)
        try coder.code(&score)
        try coder.code(&admission)
        try coder.code(&started)
        try coder.code(&forfeited)
        try coder.code(&forfeitures)
        try coder.code(&ending)
        try coder.code(&fees)
        try attendance.code(&coder)
        try coder.code(&leaveRequests)
        try coder.code(&survey)
        try coder.code(&inspectionEvaded)
        try coder.code(&allowanceApplications)
    }
}

extension Application: SnapshotFact {
    package static var blank: Self {
        Self(
            at: .placeholder, employer: nil, identityClaimed: nil, isSpecialProject: false, papers: [], position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&at)
        try coder.code(&employer)
        try coder.code(&identityClaimed)
        try coder.code(&isSpecialProject)
        try coder.code(&papers)
        try coder.code(position: &position)
        try coder.code(&closed)
        try coder.code(&isWithdrawn)
    }
}

extension Paper: SnapshotFact {
    package static var blank: Self { Self() }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&code)
        try coder.code(&issuedOn)
    }
}

extension SelectionScore: SnapshotFact {
    package static var blank: Self { Self(written: nil, oral: nil, interview: nil, minutesLate: 0, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&written)
        try coder.code(&oral)
        try coder.code(&interview)
        try coder.code(&minutesLate)
        try coder.code(position: &position)
    }
}

extension Admission: SnapshotFact {
    package static var blank: Self { Self(seat: .placeholder, rank: nil, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&seat)
        try coder.code(&rank)
        try coder.code(position: &position)
    }
}

extension Ending: SnapshotFact {
    package static var blank: Self {
        Self(kind: .withdrawn, on: .placeholder, hasCertificate: false, isInAdaptationPeriod: false, position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        var number = UInt64(kind.rawValue)
        try coder.code(&number)
        guard let found = UInt8(exactly: number).flatMap(Kind.init(rawValue:)) else {
            throw SnapshotFault(reason: "an ending that this version does not know")
        }
        kind = found
        try coder.code(&on)
        try coder.code(&hasCertificate)
        try coder.code(&withdrawalReason)
        try coder.code(&expulsionReason)
        try coder.code(&isInAdaptationPeriod)
        try coder.code(position: &position)
    }
}

extension FeeFact: SnapshotFact {
    package static var blank: Self {
        Self(amountNTD: 0, on: .placeholder, requestedOn: nil, position: 0, isRefund: false)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&amountNTD)
        try coder.code(&on)
        try coder.code(&requestedOn)
        try coder.code(position: &position)
        try coder.code(&isRefund)
    }
}

extension AttendanceRecords {
    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try code(records: &coder)
    }
}

extension AttendanceRecords.Record: SnapshotFact {
    package static var blank: Self { Self(on: .placeholder, minutesPresent: 0, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&on)
        try coder.code(&minutesPresent)
        try coder.code(position: &position)
    }
}

extension LeaveRequest: SnapshotFact {
    package static var blank: Self { Self(request: "", on: .placeholder, minutes: 0, kind: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&request)
        try coder.code(&on)
        try coder.code(&minutes)
        try coder.code(&kind)
        try coder.code(position: &position)
        try coder.code(&decision)
    }
}

extension LeaveDecision: SnapshotFact {
    package static var blank: Self { Self(isApproved: false, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&isApproved)
        try coder.code(position: &position)
    }
}

extension AllowanceApplication: SnapshotFact {
    package static var blank: Self {
        Self(kind: .placeholder, on: .placeholder, category: nil, papers: [], position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&kind)
        try coder.code(&on)
        try coder.code(&category)
        try coder.code(&papers)
        try coder.code(position: &position)
    }
}
