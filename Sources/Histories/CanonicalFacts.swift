package import CivilTime
package import TrainingEvents

/// Canonical bytes of facts, for digests: the same facts give the same bytes on every machine and in every run.
///
/// Numbers are varints, texts and lists carry their length, what is absent is a zero where a present value is a
/// one and the value. No personal field, salt, position or time of recording is among them. The layout has the
/// version ``CanonicalFacts/version``; a change of it is a new version.
package struct CanonicalFacts {
    /// The version of the layout, the first byte of every leaf.
    package static let version: UInt8 = 2

    package private(set) var bytes: [UInt8] = [Self.version]

    package init() {}

    package mutating func put(_ value: Int64) {
        var rest = UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    package mutating func put(_ value: Int) { put(Int64(value)) }
    package mutating func put(_ value: Bool) { put(value ? 1 : 0) }
    package mutating func put(_ day: CivilDate) { put(Int64(day.dayNumber)) }
    package mutating func put(_ instant: Instant) { put(instant.microseconds) }
    package mutating func put(_ code: some CodeEnum) { put(Int64(code.rawValue)) }
    package mutating func put(_ number: some RegisteredNumber) { put(Int64(number.value)) }

    package mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// An optional value: 0, or 1 and the value.
    package mutating func put<Value>(_ value: Value?, _ write: (inout CanonicalFacts, Value) -> Void) {
        put(value != nil)
        if let value { write(&self, value) }
    }

    /// A list: its length and its elements in order.
    package mutating func put<Value>(_ values: [Value], _ write: (inout CanonicalFacts, Value) -> Void) {
        put(values.count)
        for value in values { write(&self, value) }
    }
}

extension CanonicalFacts {
    mutating func put(_ papers: [Paper]) {
        put(papers) { writer, paper in
            writer.put(paper.code)
            writer.put(paper.issuedOn) { $0.put($1) }
        }
    }

    mutating func put(_ fact: DayFact?) { put(fact) { $0.put($1.on) } }
}
