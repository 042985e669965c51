import LedgerTestKit
import Testing

@testable import Ledger

@Suite("How the work is divided")
struct TraineeBucketsTests {
    @Test("shards cover all trainees once, with about equally many events")
    func balance() {
        var random = SeededGenerator(4)
        var buckets = TraineeBuckets()
        buckets.beginSegment()
        for number in 0..<40_000 as Range<UInt32> {
            buckets.add(UInt64.random(in: 50...150, using: &random), of: number)
        }
        #expect(buckets.shift == 2)
        let total = buckets.weight(of: 0..<40_000)
        for count in [1, 2, 7, 64, 500] {
            let bounds = buckets.bounds(ofParts: count, upTo: 40_000)
            #expect(bounds.count == count + 1 && bounds.first == 0 && bounds.last == 40_000)
            for part in 0..<count {
                #expect(bounds[part] <= bounds[part + 1])
                let weight = buckets.weight(of: bounds[part]..<bounds[part + 1])
                // No more than one range of four trainees beside its share.
                #expect(weight * UInt64(count) <= total + UInt64(count) * 2 * 600)
            }
        }
    }

    @Test("one trainee with most of the events has a shard, and nobody is lost")
    func skew() {
        var buckets = TraineeBuckets()
        buckets.beginSegment()
        for number in 0..<10 as Range<UInt32> { buckets.add(number == 4 ? 10_000 : 1, of: number) }
        #expect(buckets.bounds(ofParts: 3, upTo: 10) == [0, 5, 5, 10])
    }

    @Test("no trainee, or more shards than trainees: shards are empty")
    func empty() {
        #expect(TraineeBuckets().bounds(ofParts: 3, upTo: 0) == [0, 0, 0, 0])
        var buckets = TraineeBuckets()
        buckets.beginSegment()
        buckets.add(5, of: 0)
        #expect(buckets.bounds(ofParts: 4, upTo: 1).last == 1)
    }

    @Test("a segment is read where it holds an event of the range or of somebody beside it, coarse or not")
    func segments() {
        var buckets = TraineeBuckets()
        for segment in 0..<4 as Range<UInt32> {
            buckets.beginSegment()
            buckets.add(1, of: segment * 10)
        }
        #expect(buckets.segments(of: 0..<10, and: []) == [0])
        #expect(buckets.segments(of: 1..<10, and: []) == [])
        #expect(buckets.segments(of: 1..<11, and: [30]) == [1, 3])
        #expect(buckets.segments(of: 5..<5, and: []) == [])
        buckets.beginSegment()
        buckets.add(1, of: 1_000_000)
        #expect(buckets.shift == 6)
        #expect(buckets.segments(of: 0..<40, and: []) == [0, 1, 2, 3])
        #expect(buckets.segments(of: 999_990..<1_000_001, and: []) == [4])
        #expect(buckets.segments(of: 100..<900_000, and: []) == [])
    }

    @Test("who was ever linked is beside every range that holds one of them")
    func guests() {
        var links = EverLinked()
        links.join(1, 9)
        links.join(9, 5)
        links.join(2, 3)
        #expect(links.guests(of: [0..<4, 4..<4, 4..<8, 8..<12]) == [[5, 9], [], [1, 9], [1, 5]])
    }
}
