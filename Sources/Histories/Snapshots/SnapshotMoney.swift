import CivilTime
import TrainingEvents

extension Payout: SnapshotFact {
    package static var blank: Self {
        Self(
            id: "", kind: .placeholder, classNumber: .placeholder, amountNTD: 0, on: .placeholder, halfMonths: 0,
            from: nil, to: nil, payee: nil, position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&id)
        try coder.code(&kind)
        try coder.code(&classNumber)
        try coder.code(&amountNTD)
        try coder.code(&on)
        try coder.code(&halfMonths)
        try coder.code(&from)
        try coder.code(&to)
        try coder.code(&payee)
        try coder.code(position: &position)
        try coder.code(&revocations)
        try coder.code(&repayments)
        try coder.code(&enforcementReferred)
    }
}

extension Revocation: SnapshotFact {
    package static var blank: Self {
        Self(amountNTD: 0, on: .placeholder, reason: .placeholder, repayBy: nil, position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&amountNTD)
        try coder.code(&on)
        try coder.code(&reason)
        try coder.code(&repayBy)
        try coder.code(position: &position)
    }
}

extension Repayment: SnapshotFact {
    package static var blank: Self { Self(amountNTD: 0, on: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&amountNTD)
        try coder.code(&on)
        try coder.code(position: &position)
    }
}

extension IssuedDecision: SnapshotFact {
    package static var blank: Self {
        Self(
            kind: .placeholder, classNumber: .placeholder, on: .placeholder, outcome: .placeholder, amountNTD: nil,
            rulebook: "", atSequence: 0, position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&kind)
        try coder.code(&classNumber)
        try coder.code(&on)
        try coder.code(&outcome)
        try coder.code(&amountNTD)
        try coder.code(&rulebook)
        try coder.code(&atSequence)
        try coder.code(position: &position)
    }
}

extension AppealFact: SnapshotFact {
    package static var blank: Self {
        Self(
            appeal: "", kind: .placeholder, classNumber: .placeholder, filedOn: nil, outcome: nil, position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&appeal)
        try coder.code(&kind)
        try coder.code(&classNumber)
        try coder.code(&filedOn)
        try coder.code(&decidedOn)
        try coder.code(&outcome)
        try coder.code(position: &position)
    }
}

extension BookLine: SnapshotFact {
    package static var blank: Self { Self(classNumber: .placeholder, kind: .placeholder) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&classNumber)
        try coder.code(&kind)
        for account in BookAccount.allCases { try coder.code(&balances[account]) }
        var overflowed = UInt64(balances.overflowed?.rawValue ?? .max)
        try coder.code(&overflowed)
        balances.overflowed = UInt8(exactly: overflowed).flatMap(BookAccount.init(rawValue:))
    }
}
