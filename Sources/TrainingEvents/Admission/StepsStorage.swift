import CivilTime

/// Steps that can be kept as bytes. The bytes are ours alone: another program version may make them anew.
protocol StoredSteps: Sendable {
    /// Nothing happened yet.
    init()
    /// The bytes; equal steps give equal bytes.
    var encoded: [UInt8] { get }
    /// Reads the bytes back.
    ///
    /// - Throws: `malformedRecord`.
    init(decoding bytes: UnsafeRawBufferPointer) throws(EventError)
}

/// The layout of all that is stored here; counts up with every change of it.
package enum StepsStorage {
    package static let layout: UInt16 = 1
}

extension TraineeSteps: StoredSteps {
    package var encoded: [UInt8] {
        var writer = WireWriter()
        writer.list(enrolments.sorted { $0.key < $1.key }) { writer, entry in
            writer.varint(UInt64(entry.key.value))
            writer.varint(entry.value.code)
        }
        writer.list(leaveRequests.sorted { $0.key < $1.key }) { writer, entry in
            writer.text(entry.key)
            writer.varint(UInt64(entry.value.classNumber.value))
            writer.varint(entry.value.isApproved.map { $0 ? 2 : 1 } ?? 0)
        }
        writer.list(payouts.sorted()) { $0.text($1) }
        writer.list(holds.sorted { $0.key < $1.key }) { writer, entry in
            writer.text(entry.key)
            writer.varint(entry.value ? 1 : 0)
        }
        writer.list(appeals.sorted()) { $0.text($1) }
        writer.list(categories.map(\.rawValue).sorted()) { $0.varint(UInt64($1)) }
        writer.list(links.sorted()) { $0.varint(UInt64($1.value)) }
        return writer.bytes
    }

    package init(decoding bytes: UnsafeRawBufferPointer) throws(EventError) {
        var reader = WireReader(bytes)
        self.init()
        try reader.list { reader throws(EventError) in
            let number = ClassNumber(try reader.number())
            enrolments[number] = try EnrolmentSteps(code: reader.varint(), reader)
        }
        try reader.list { reader throws(EventError) in
            let request = try reader.text()
            let number = ClassNumber(try reader.number())
            let decision = try reader.varint()
            leaveRequests[request] = LeaveRequestStep(
                classNumber: number, isApproved: decision == 0 ? nil : decision == 2)
        }
        try reader.list { reader throws(EventError) in payouts.insert(try reader.text()) }
        try reader.list { reader throws(EventError) in holds[try reader.text()] = try reader.varint() == 1 }
        try reader.list { reader throws(EventError) in appeals.insert(try reader.text()) }
        try reader.list { reader throws(EventError) in
            guard let raw = UInt8(exactly: try reader.varint()), let category = Category(rawValue: raw) else {
                throw reader.malformed("an unknown category")
            }
            categories.insert(category)
        }
        try reader.list { reader throws(EventError) in links.insert(TraineeNumber(try reader.number())) }
        guard reader.isAtEnd else { throw reader.malformed("more than the steps of a trainee") }
    }
}

extension ClassSteps: StoredSteps {
    package var encoded: [UInt8] {
        var writer = WireWriter()
        for day in [startsOn, endsOn] {
            writer.list(day.map { [$0] } ?? []) { $0.signed(Int64($1.dayNumber)) }
        }
        writer.varint((isCancelled ? 1 : 0) | (isClosed ? 2 : 0))
        writer.list(complaints.sorted()) { $0.text($1) }
        return writer.bytes
    }

    package init(decoding bytes: UnsafeRawBufferPointer) throws(EventError) {
        var reader = WireReader(bytes)
        self.init()
        try reader.list { reader throws(EventError) in startsOn = try reader.day() }
        try reader.list { reader throws(EventError) in endsOn = try reader.day() }
        let marks = try reader.varint()
        isCancelled = marks & 1 != 0
        isClosed = marks & 2 != 0
        try reader.list { reader throws(EventError) in complaints.insert(try reader.text()) }
        guard reader.isAtEnd else { throw reader.malformed("more than the steps of a class") }
    }
}

extension EnrolmentSteps {
    private static let applications = Application.allCases
    private static let phases = Phase.allCases

    /// Application and phase by their places.
    fileprivate var code: UInt64 {
        let application = Self.applications.firstIndex(of: application) ?? 0
        let phase = Self.phases.firstIndex(of: phase) ?? 0
        return UInt64(phase * Self.applications.count + application)
    }

    fileprivate init(code: UInt64, _ reader: WireReader) throws(EventError) {
        guard code < UInt64(Self.applications.count * Self.phases.count) else {
            throw reader.malformed("an unknown enrolment phase")
        }
        application = Self.applications[Int(code) % Self.applications.count]
        phase = Self.phases[Int(code) / Self.applications.count]
    }
}

extension WireWriter {
    /// A count and that many elements.
    fileprivate mutating func list<Element>(_ elements: [Element], _ write: (inout WireWriter, Element) -> Void) {
        varint(UInt64(elements.count))
        for element in elements { write(&self, element) }
    }
}

extension WireReader {
    /// A count and that many elements, each of at least a byte.
    fileprivate mutating func list(_ read: (inout WireReader) throws(EventError) -> Void) throws(EventError) {
        let count = try varint()
        guard count <= UInt64(rest.count) else { throw malformed("more elements than bytes") }
        for _ in 0..<count { try read(&self) }
    }

    fileprivate mutating func number() throws(EventError) -> UInt32 {
        guard let number = UInt32(exactly: try varint()) else { throw malformed("a number out of range") }
        return number
    }

    fileprivate mutating func day() throws(EventError) -> CivilDate {
        guard let number = Int32(exactly: try signed()), let day = CivilDate(dayNumber: number) else {
            throw malformed("a day out of range")
        }
        return day
    }
}
