import CivilTime
import Rulebook
import Testing

/// The built-in book `base`.
func base() throws -> Rulebook { try BuiltInRulebooks.book(named: "base") }

/// A day from its ISO text.
func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

/// A book on top of `base` with these lines, the first of which is line 5 of the file.
func layer(_ lines: String) -> [UInt8] {
    Array("rulebook: mine\ntitle: {zh: 試, en: trial}\nextends: base\n# here the trial begins\n\(lines)\n".utf8)
}

/// What a check of the layer finds, as `code@line:column`.
func faults(_ lines: String) -> [String] {
    faults(bytes: layer(lines))
}

/// What a check of a file finds, as `code@line:column`.
func faults(bytes: [UInt8]) -> [String] {
    Rulebook.check(bytes, fileName: "mine.yaml").map { "\($0.code.rawValue)@\($0.line):\($0.column)" }
}

/// The generator of SplitMix64: small, seeded, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
