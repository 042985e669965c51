import Foundation

/// The seed from TRAINLEDGER_SEED, or a new one; printed either way.
func testSeed(_ test: String = #function) -> UInt64 {
    let given = ProcessInfo.processInfo.environment["TRAINLEDGER_SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 0..<1 << 32)
    print("\(test): TRAINLEDGER_SEED=\(seed)")
    return seed
}
