/// The three parts of a canonical record, lent with it.
struct RecordView {
    let facts: UnsafeRawBufferPointer
    let envelope: UnsafeRawBufferPointer
    let personal: UnsafeRawBufferPointer

    /// `nil` where the bytes are no record; the full decoder then says why.
    init?(_ record: UnsafeRawBufferPointer) {
        var reader = WireReader(record)
        do throws(EventError) {
            guard try reader.take(1, .lengthDelimited) else { return nil }
            facts = try reader.message().rest
            guard try reader.take(2, .lengthDelimited) else { return nil }
            envelope = try reader.message().rest
            personal = try reader.take(3, .lengthDelimited) ? reader.message().rest : .init(start: nil, count: 0)
        } catch {
            return nil
        }
    }

    /// Whether facts and personal part are these.
    func holds(facts: [UInt8], personal: [UInt8]) -> Bool {
        facts.withUnsafeBytes { self.facts.hasSameBytes(as: $0) }
            && personal.withUnsafeBytes { self.personal.hasSameBytes(as: $0) }
    }

    /// Whether the envelope begins with these fields, complete ones.
    func hasKey(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        envelope.count >= key.count
            && UnsafeRawBufferPointer(rebasing: envelope[..<key.count]).hasSameBytes(as: UnsafeRawBufferPointer(key))
    }

    /// Whether the envelope says this, and behind it nothing but when it was recorded.
    func hasEnvelope(upToRecordedTime fields: UnsafeBufferPointer<UInt8>) -> Bool {
        guard hasKey(fields) else { return false }
        // The tags of fields 5 and 6; another one would belong to a time that was sent.
        return envelope.count == fields.count || [0x28, 0x30].contains(envelope[fields.count])
    }
}
