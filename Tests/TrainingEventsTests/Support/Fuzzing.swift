import Foundation
import Testing

@testable import TrainingEvents

/// A reproducible source of chance (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ count: Int) -> Int { count <= 0 ? 0 : Int.random(in: 0..<count, using: &self) }

    mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// Runs a check with one seed after the other for some seconds.
///
/// `TRAINLEDGER_SEED` begins with that seed: the one that a failure names comes first. `TRAINLEDGER_FUZZ_SECONDS`
/// runs longer.
enum Fuzzing {
    /// - Parameter isEnough: asked when the time is over; a busy machine may need more of it, up to 20,000 rounds in all.
    static func run(
        _ name: String, until isEnough: () -> Bool = { true }, check: (inout SeededGenerator) throws -> Void
    ) {
        let environment = ProcessInfo.processInfo.environment
        let given = environment["TRAINLEDGER_SEED"].flatMap { UInt64($0) }
        let first = given ?? UInt64.random(in: 0..<1_000_000_000_000)
        let seconds = environment["TRAINLEDGER_FUZZ_SECONDS"].flatMap { Double($0) } ?? 2.5
        print("\(name): TRAINLEDGER_SEED=\(first)")
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var seed = first
        var failures = 0
        while failures < 5, clock.now < end || (!isEnough() && seed &- first < 20_000) {
            var generator = SeededGenerator(seed: seed)
            let start = CPUClock.now
            do { try check(&generator) } catch {
                failures += 1
                Issue.record("\(name) fails with TRAINLEDGER_SEED=\(seed): \(error)")
            }
            let taken = CPUClock.now - start
            if taken > .seconds(5) {
                failures += 1
                Issue.record("\(name) takes \(taken) with TRAINLEDGER_SEED=\(seed)")
            }
            seed &+= 1
        }
        print("\(name): \(seed &- first) rounds")
    }
}

/// The processor time of this thread: a bound on it holds on a busy machine too.
enum CPUClock {
    static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    static func measure(_ work: () -> Void) -> Duration {
        let start = now
        work()
        return now - start
    }
}

/// What a fuzz check found.
struct Finding: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

/// Ways to spoil bytes.
enum Mutation {
    static func apply(to bytes: [UInt8], other: [UInt8], _ chance: inout SeededGenerator) -> [UInt8] {
        var result = bytes
        for _ in 0...chance.below(3) { once(&result, other: other, &chance) }
        return result
    }

    private static func once(_ bytes: inout [UInt8], other: [UInt8], _ chance: inout SeededGenerator) {
        let place = chance.below(bytes.count)
        let end = min(bytes.count, place + 1 + chance.below(12))
        switch chance.below(11) {
        case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(chance.below(8))
        case 1 where !bytes.isEmpty: bytes[place] = UInt8(chance.below(256))
        case 2 where !bytes.isEmpty: bytes.removeSubrange(place...)
        case 3: bytes.insert(contentsOf: (0...chance.below(6)).map { _ in UInt8(chance.below(256)) }, at: place)
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 5: bytes.removeSubrange(place..<end)
        case 6 where !bytes.isEmpty && bytes[place] < 0x80:
            // The same number, a byte longer than it need be.
            bytes[place] |= 0x80
            bytes.insert(0, at: place + 1)
        case 7 where !bytes.isEmpty:
            let huge: [UInt64] = [.max, 1 << 63, UInt64(Int64.max), 1 << 32, 1 << 31, 0x7FFF_FFFF, 65_536, 0]
            bytes.replaceSubrange(place..<(place + 1), with: Wire.varint(chance.pick(huge)))
        case 8 where !other.isEmpty:
            let from = chance.below(other.count)
            bytes.replaceSubrange(place..<end, with: other[from..<min(other.count, from + 1 + chance.below(20))])
        case 9 where !bytes.isEmpty: bytes[place] = chance.pick([0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x5C, 0x7B, 0x5B, 0x2C])
        default: bytes.append(UInt8(chance.below(256)))
        }
    }
}
