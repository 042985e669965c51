import EventLog
import Testing

struct RecordTests {
    @Test(arguments: [(0, 0, 0), (1, 2, 0), (0, 0, 1), (127, 128, 20_000), (16_383, 16_384, 1)])
    func `parts are put together and split again`(facts: Int, envelope: Int, personal: Int) throws {
        let parts = RecordParts(
            facts: [UInt8](repeating: 7, count: facts), envelope: [UInt8](repeating: 8, count: envelope),
            personal: [UInt8](repeating: 9, count: personal))
        let record = try parts.merged()
        #expect(try RecordParts(splitting: record) == parts)
        #expect(try Record(record).parts == parts)
        #expect(try Record(parts).bytes == record)
    }

    @Test(
        arguments: [
            ("no field", []),
            ("no envelope", [0x0A, 0]),
            ("envelope first", [0x12, 0, 0x0A, 0]),
            ("a length that runs past the end", [0x0A, 1, 0x12, 0]),
            ("a length written longer than need be", [0x0A, 0x80, 0x00, 0x12, 0]),
            ("a length of four bytes", [0x0A, 0x80, 0x80, 0x80, 0x01, 0x12, 0]),
            ("an empty personal part", [0x0A, 0, 0x12, 0, 0x1A, 0]),
            ("bytes left over", [0x0A, 0, 0x12, 0, 0x1A, 1, 5, 0]),
            ("a fourth field", [0x0A, 0, 0x12, 0, 0x22, 1, 5]),
            ("a field twice", [0x0A, 0, 0x0A, 0, 0x12, 0]),
            ("an unfinished length", [0x0A, 0, 0x12, 0x80]),
        ] as [(String, [UInt8])]) func `other bytes are refused`(why: String, bytes: [UInt8])
    {
        #expect(throws: LogError(.malformedRecord, why)) { try Record(bytes) }
    }

    @Test func `65,535 bytes are taken, one more is not`() throws {
        let most = try RecordParts(facts: [UInt8](repeating: 1, count: 65_529), envelope: []).merged()
        #expect(most.count == 65_535)
        _ = try Record(most)
        #expect(throws: LogError(.recordTooLarge, "")) {
            try RecordParts(facts: [UInt8](repeating: 1, count: 65_530), envelope: []).merged()
        }
    }
}
