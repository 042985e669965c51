import CivilTime
package import TrainingEvents

extension ClassHistory {
    /// Declares what a snapshot holds of a class, but for the number.
    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        coder.last = SnapshotNeighbours()
        try coder.code(position: &approvedAt)
        var facts = Coder.isReading ? [] : EventFacts.bytes(of: fields)
        try coder.code(bytes: &facts)
        if Coder.isReading { fields = try classFields(facts) }
        try coder.code(positions: &fieldPositions)
        var schedule = Schedule(sessions: sessions, position: schedulePosition)
        try schedule.code(&coder)
        if Coder.isReading, let position = schedule.position { self.schedule(schedule.sessions, at: position) }
        try coder.code(&cancelled)
        try coder.code(&closed)
    }

    /// The timetable: its days follow from it.
    private struct Schedule {
        var sessions: [Session]
        var position: UInt64?

        mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
            try coder.code(&sessions)
            try coder.code(&position, blank: 0) { coder, position throws(SnapshotFault) in
                try coder.code(position: &position)
            }
        }
    }
}

extension UnitHistory {
    /// Declares what a snapshot holds of a unit, but for the number.
    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        coder.last = SnapshotNeighbours()
        try coder.code(position: &registeredAt)
        var facts = Coder.isReading ? [] : EventFacts.bytes(of: fields)
        try coder.code(bytes: &facts)
        if Coder.isReading { fields = try unitFields(facts) }
        try coder.code(positions: &fieldPositions)
    }
}

private func classFields(_ bytes: [UInt8]) throws(SnapshotFault) -> ClassFields {
    do throws(EventError) {
        return try EventFacts.classFields(bytes)
    } catch {
        throw SnapshotFault(reason: "a class whose fields cannot be read")
    }
}

private func unitFields(_ bytes: [UInt8]) throws(SnapshotFault) -> UnitFields {
    do throws(EventError) {
        return try EventFacts.unitFields(bytes)
    } catch {
        throw SnapshotFault(reason: "a unit whose fields cannot be read")
    }
}

extension Session: SnapshotFact {
    package static var blank: Self { Self() }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&on)
        try Self.code(&from, &coder)
        try Self.code(&to, &coder)
    }

    private static func code<Coder: SnapshotCoder>(
        _ minute: inout MinuteOfDay, _ coder: inout Coder
    ) throws(SnapshotFault) {
        var number = Int64(minute.minutes)
        try coder.code(&number)
        guard let found = Int32(exactly: number).flatMap(MinuteOfDay.init(minutes:)) else {
            throw SnapshotFault(reason: "a time of day out of range")
        }
        minute = found
    }
}

extension ComplaintFact: SnapshotFact {
    package static var blank: Self {
        Self(
            complaint: "", about: .unit(.placeholder), on: .placeholder, county: "", isConfidential: false, position: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&complaint)
        var isAboutClass = false
        var number: UInt64 = 0
        switch about {
        case .class(let classNumber): (isAboutClass, number) = (true, UInt64(classNumber.value))
        case .unit(let unitNumber): number = UInt64(unitNumber.value)
        default: throw SnapshotFault(reason: "a complaint about neither a class nor a unit")
        }
        try coder.code(&isAboutClass)
        try coder.code(&number)
        guard let value = UInt32(exactly: number) else { throw SnapshotFault(reason: "a number out of range") }
        about = isAboutClass ? .class(ClassNumber(value)) : .unit(UnitNumber(value))
        try coder.code(&on)
        try coder.code(&county)
        try coder.code(&isConfidential)
        try coder.code(position: &position)
    }
}

extension AdoptedRulebook: SnapshotFact {
    package static var blank: Self { Self(id: "", digest: "", from: .placeholder, position: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&id)
        try coder.code(&digest)
        try coder.code(&from)
        try coder.code(position: &position)
    }
}
