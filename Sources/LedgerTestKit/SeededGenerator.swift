/// A small generator with a seed (SplitMix64), so that a failing run can be repeated from the seed that it printed.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(_ seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state = SplitMix64.advance(state)
        return SplitMix64.mix(state)
    }
}
