import Crypto
import LedgerTestKit
import Testing

@testable import EventLog

@Suite("Many leaves and nodes at a time hash as one by one do")
struct LeafHashingTests {
    private static let secret = [UInt8](0..<16).withUnsafeBytes { SegmentSecret(memory: $0) }

    /// Records as they stand in a commit: each after its length.
    private static func laidOut(_ records: [[UInt8]]) -> [UInt8] {
        records.flatMap { [UInt8(truncatingIfNeeded: $0.count), UInt8($0.count >> 8)] + $0 }
    }

    /// The leaf by another library, from the definition.
    private static func leaf(_ record: [UInt8], at position: UInt64) -> TreeHash? {
        let place = withUnsafeBytes(of: position.bigEndian) { [UInt8]($0) }
        let salt = secret.withUnsafeBytes { SHA256.hash(data: [UInt8]($0) + place) }
        return TreeHash(Array(SHA256.hash(data: [0] + Array(salt)[..<16] + record)))
    }

    private static func grown(
        _ records: [[UInt8]], after tree: CompactRange
    ) -> CompactRange {
        var tree = tree
        let hasher = LeafHasher(secret: secret)
        laidOut(records).withUnsafeBytes {
            hasher.append($0, count: records.count, from: tree.size, to: &tree)
        }
        return tree
    }

    private static func grownOneByOne(_ records: [[UInt8]], after tree: CompactRange) -> CompactRange? {
        var tree = tree
        for record in records {
            guard let leaf = leaf(record, at: tree.size) else { return nil }
            tree.append(leaf)
        }
        return tree
    }

    @Test("leaves of every length around the end of a block of SHA-256")
    func lengths() {
        // 17 bytes stand before the record, 9 behind it.
        let lengths = Array(0...130) + [4_096, 65_534, 65_535, 65_535, 3, 65_535]
        let records = lengths.map { length in (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ length) } }
        for start in 0..<2 {
            let some = Array(records[start...])
            let isSame =
                Self.grown(some, after: CompactRange())
                == Self.grownOneByOne(some, after: CompactRange())
            #expect(isSame)
        }
    }

    @Test("trees grown in pieces of any size")
    func pieces() {
        var chance = SeededGenerator(testSeed())
        for _ in 0..<40 {
            var (many, single): (CompactRange, CompactRange?) = (CompactRange(), CompactRange())
            for _ in 0..<6 {
                let records = (0..<Int.random(in: 0...70, using: &chance)).map { _ in
                    (0..<Int.random(in: 0...90, using: &chance)).map { _ in UInt8.random(in: 0...255, using: &chance) }
                }
                many = Self.grown(records, after: many)
                single = single.flatMap { Self.grownOneByOne(records, after: $0) }
                let isSame = many == single
                #expect(isSame)
            }
        }
    }
}
