/// The canonical bytes of one record: a protobuf message of length-delimited fields 1 (facts), 2 (envelope)
/// and, when there is any, 3 (personal), in this order, with lengths as minimal varints.
///
/// The log does not look inside the three parts. It keeps them apart only so that sealed blocks can store them
/// in three streams and so that the personal part can be encrypted one day without touching the others.
package struct Record: Hashable, Sendable {
    /// At most 65,535 bytes.
    package let bytes: [UInt8]

    /// Checks that `bytes` are canonical.
    /// - Throws: `recordTooLarge`, `malformedRecord`.
    package init(_ bytes: [UInt8]) throws(LogError) {
        _ = try Self.checkedParts(of: bytes)
        self.bytes = bytes
    }

    /// Puts the three parts together.
    /// - Throws: `recordTooLarge`.
    package init(_ parts: RecordParts) throws(LogError) {
        bytes = try parts.merged()
    }

    /// The three parts.
    package var parts: RecordParts {
        bytes.withUnsafeBytes { memory in
            guard let ranges = RecordParts.split(memory) else { preconditionFailure("checked when made") }
            return RecordParts(
                facts: [UInt8](memory[ranges.facts]), envelope: [UInt8](memory[ranges.envelope]),
                personal: [UInt8](memory[ranges.personal]))
        }
    }

    /// Where the parts of `bytes` lie.
    /// - Throws: `recordTooLarge`, `malformedRecord`.
    static func checkedParts(of bytes: [UInt8]) throws(LogError) -> RecordParts.Ranges {
        guard bytes.count <= Format.maximumRecordLength else {
            throw LogError(.recordTooLarge, "a record has \(bytes.count) bytes, more than 65,535")
        }
        guard let ranges = bytes.withUnsafeBytes({ RecordParts.split($0) }) else {
            throw LogError(.malformedRecord, "a record is not facts, envelope and personal part in canonical form")
        }
        return ranges
    }
}

/// The three parts of a record, opaque to the log.
package struct RecordParts: Hashable, Sendable {
    /// What the event says, without personal detail.
    package var facts: [UInt8]
    /// Source, ID and times.
    package var envelope: [UInt8]
    /// Personal detail; may be empty.
    package var personal: [UInt8]

    /// A record from its parts.
    package init(facts: [UInt8], envelope: [UInt8], personal: [UInt8] = []) {
        self.facts = facts
        self.envelope = envelope
        self.personal = personal
    }

    /// Splits canonical bytes.
    /// - Throws: `recordTooLarge`, `malformedRecord`.
    package init(splitting record: [UInt8]) throws(LogError) {
        let ranges = try Record.checkedParts(of: record)
        self.init(
            facts: [UInt8](record[ranges.facts]), envelope: [UInt8](record[ranges.envelope]),
            personal: [UInt8](record[ranges.personal]))
    }

    /// The canonical bytes.
    /// - Throws: `recordTooLarge`.
    package func merged() throws(LogError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(facts.count + envelope.count + personal.count + 12)
        Self.append(field: 1, facts, to: &bytes)
        Self.append(field: 2, envelope, to: &bytes)
        if !personal.isEmpty { Self.append(field: 3, personal, to: &bytes) }
        guard bytes.count <= Format.maximumRecordLength else {
            throw LogError(.recordTooLarge, "a record has \(bytes.count) bytes, more than 65,535")
        }
        return bytes
    }

    private static func append(field: UInt8, _ part: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(field << 3 | 2)
        var length = part.count
        while length >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        bytes.append(UInt8(length))
        bytes += part
    }

    /// Byte ranges of the parts within a record.
    package struct Ranges: Hashable, Sendable {
        package var facts: Range<Int>
        package var envelope: Range<Int>
        /// Empty if there is no personal part.
        package var personal: Range<Int>
    }

    /// Where the three parts lie in `record`, or nil if it is not canonical. Copies nothing.
    package static func split(_ record: UnsafeRawBufferPointer) -> Ranges? {
        guard record.count <= Format.maximumRecordLength, let facts = part(record, tag: 0x0A, at: 0),
            let envelope = part(record, tag: 0x12, at: facts.upperBound)
        else { return nil }
        if envelope.upperBound == record.count {
            return Ranges(facts: facts, envelope: envelope, personal: record.count..<record.count)
        }
        guard let personal = part(record, tag: 0x1A, at: envelope.upperBound), !personal.isEmpty,
            personal.upperBound == record.count
        else { return nil }
        return Ranges(facts: facts, envelope: envelope, personal: personal)
    }

    /// The content of the field that begins at `start`; lengths take at most three bytes here.
    private static func part(_ record: UnsafeRawBufferPointer, tag: UInt8, at start: Int) -> Range<Int>? {
        guard start < record.count, record[start] == tag else { return nil }
        var length = 0
        var index = start + 1
        var shift = 0
        while shift <= 14 {
            guard index < record.count else { return nil }
            let byte = record[index]
            index += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 {
                // A last byte of zero after another is a length written longer than need be.
                guard byte != 0 || shift == 0, length <= record.count - index else { return nil }
                return index..<index + length
            }
            shift += 7
        }
        return nil
    }
}
