/// A synthetic national population: the same events, byte for byte, for the same count and seed.
///
/// The events run from 2019-01-01 to 2026-10-31 in the order of their times, each recorded when it happened, and
/// every one of them is acceptable at the door of an empty ledger (`append --keep-recorded-time`). Most facts
/// follow the rules; some break them, as facts do: applications too early, payouts too high, papers missing.
/// Not generated: `rulebook.adopted`, because a population names no rulebook file, and `trainee.erased`.
///
/// Memory grows with the trainees (some 20 bytes each) and the classes that run at a time, not with the events.
package struct PopulationGenerator {
    private var population: Population

    /// - Parameters:
    ///   - trainees: how many trainees are registered in all, up to 9,999,999.
    ///   - seed: any number; another seed gives another population.
    package init(trainees: Int, seed: UInt64) {
        population = Population(trainees: trainees, seed: seed)
    }

    /// The next event as one CloudEvents JSON line without newline, or nil at the end.
    package mutating func next() -> [UInt8]? { population.next() }
}
