package import CivilTime
package import TrainingEvents

/// Why the bytes of a snapshot cannot be read.
package struct SnapshotFault: Error, Hashable, Sendable {
    /// What was found, in a few words.
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// Writes facts to a snapshot or reads them from one: each kind of fact declares its fields once, for both.
package protocol SnapshotCoder {
    static var isReading: Bool { get }
    mutating func code(_ value: inout UInt64) throws(SnapshotFault)
    mutating func code(_ value: inout Int64) throws(SnapshotFault)
    mutating func code(_ text: inout String) throws(SnapshotFault)
    mutating func code(bytes: inout [UInt8]) throws(SnapshotFault)
    /// The number of elements that follow: the one given, or the one read.
    mutating func count(_ count: Int) throws(SnapshotFault) -> Int
    /// The day and position coded last: the next one is nearly always close to it.
    var last: SnapshotNeighbours { get set }
}

/// What days and positions are told as distances from.
package struct SnapshotNeighbours {
    package var day: Int32 = 0
    package var position: UInt64 = 0
}

/// A fact that a snapshot holds.
package protocol SnapshotFact {
    /// One to read into.
    static var blank: Self { get }
    /// Declares the fields, always in the same order.
    mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault)
}

extension SnapshotCoder {
    package mutating func code(_ value: inout Bool) throws(SnapshotFault) {
        var number: UInt64 = value ? 1 : 0
        try code(&number)
        guard number <= 1 else { throw SnapshotFault(reason: "a flag that is neither 0 nor 1") }
        value = number == 1
    }

    package mutating func code(_ value: inout Int32) throws(SnapshotFault) {
        var number = Int64(value)
        try code(&number)
        guard let found = Int32(exactly: number) else { throw SnapshotFault(reason: "a number out of range") }
        value = found
    }

    package mutating func code(_ day: inout CivilDate) throws(SnapshotFault) {
        var distance = day.dayNumber &- last.day
        try code(&distance)
        if Self.isReading {
            guard let found = CivilDate(dayNumber: last.day &+ distance) else {
                throw SnapshotFault(reason: "a day out of range")
            }
            day = found
        }
        last.day = day.dayNumber
    }

    package mutating func code(_ instant: inout Instant) throws(SnapshotFault) {
        var microseconds = instant.microseconds
        try code(&microseconds)
        guard let found = Instant(microseconds: microseconds) else {
            throw SnapshotFault(reason: "a time out of range")
        }
        instant = found
    }

    package mutating func code(position: inout UInt64) throws(SnapshotFault) {
        var distance = Int64(bitPattern: position &- last.position)
        try code(&distance)
        position = last.position &+ UInt64(bitPattern: distance)
        last.position = position
    }

    package mutating func code(_ code: inout some CodeEnum) throws(SnapshotFault) {
        var number = UInt64(code.rawValue)
        try self.code(&number)
        guard let found = UInt8(exactly: number).flatMap({ type(of: code).init(rawValue: $0) }) else {
            throw SnapshotFault(reason: "a code that this version does not know")
        }
        code = found
    }

    package mutating func code<Number: RegisteredNumber>(_ number: inout Number) throws(SnapshotFault) {
        var value = UInt64(number.value)
        try code(&value)
        guard let found = UInt32(exactly: value) else { throw SnapshotFault(reason: "a number out of range") }
        number = Number(found)
    }

    /// A value that may be absent.
    package mutating func code<Value>(
        _ value: inout Value?, blank: Value, _ body: (inout Self, inout Value) throws(SnapshotFault) -> Void
    ) throws(SnapshotFault) {
        var isPresent = value != nil
        try code(&isPresent)
        guard isPresent else {
            value = nil
            return
        }
        var content = value ?? blank
        try body(&self, &content)
        value = content
    }

    package mutating func code(_ day: inout CivilDate?) throws(SnapshotFault) {
        try code(&day, blank: .placeholder) { coder, day throws(SnapshotFault) in try coder.code(&day) }
    }

    package mutating func code(_ value: inout Int64?) throws(SnapshotFault) {
        try code(&value, blank: 0) { coder, value throws(SnapshotFault) in try coder.code(&value) }
    }

    package mutating func code(_ text: inout String?) throws(SnapshotFault) {
        try code(&text, blank: "") { coder, text throws(SnapshotFault) in try coder.code(&text) }
    }

    package mutating func code<Code: CodeEnum>(_ code: inout Code?) throws(SnapshotFault) {
        try self.code(&code, blank: .placeholder) { coder, code throws(SnapshotFault) in try coder.code(&code) }
    }

    package mutating func code<Fact: SnapshotFact>(_ fact: inout Fact?) throws(SnapshotFault) {
        try code(&fact, blank: .blank) { coder, fact throws(SnapshotFault) in try fact.code(&coder) }
    }

    package mutating func code<Fact: SnapshotFact>(_ facts: inout [Fact]) throws(SnapshotFault) {
        let count = try count(facts.count)
        guard Self.isReading else {
            for index in facts.indices { try facts[index].code(&self) }
            return
        }
        facts = []
        facts.reserveCapacity(count)
        for _ in 0..<count {
            var fact = Fact.blank
            try fact.code(&self)
            facts.append(fact)
        }
    }

    package mutating func code(positions: inout [UInt64]) throws(SnapshotFault) {
        let count = try count(positions.count)
        if Self.isReading { positions = [UInt64](repeating: 0, count: count) }
        for index in 0..<count { try code(position: &positions[index]) }
    }
}
