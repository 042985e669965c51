import CCRC32C
import EventLog
import Testing

struct ChecksumTests {
    @Test func `CRC32C of 123456789 is 0xE3069283, by instruction and by table`() {
        let digits = Array("123456789".utf8)
        #expect(digits.withUnsafeBytes { crc32c($0) } == 0xE306_9283)
        #expect(trainledger_crc32c_table(0, digits, digits.count) == 0xE306_9283)
    }

    // RFC 3720, B.4.
    @Test func `the iSCSI vectors hold`() {
        #expect([UInt8](repeating: 0, count: 32).withUnsafeBytes { crc32c($0) } == 0x8A91_36AA)
        #expect([UInt8](repeating: 0xFF, count: 32).withUnsafeBytes { crc32c($0) } == 0x62A8_AB43)
        #expect([UInt8](0..<32).withUnsafeBytes { crc32c($0) } == 0x46DD_794E)
    }

    @Test func `both paths agree at every length and alignment, and go on from a seed`() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
        bytes.withUnsafeBytes { memory in
            for start in 0..<9 {
                for end in start...memory.count {
                    let part = UnsafeRawBufferPointer(rebasing: memory[start..<end])
                    let whole = crc32c(part)
                    #expect(trainledger_crc32c_table(0, part.baseAddress, part.count) == whole)
                    let half = part.count / 2
                    let seed = crc32c(UnsafeRawBufferPointer(rebasing: part[..<half]))
                    #expect(crc32c(UnsafeRawBufferPointer(rebasing: part[half...]), seed: seed) == whole)
                }
            }
        }
    }
}
