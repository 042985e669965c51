import Rulebook
import Testing

/// Random damage: whatever the bytes, reading ends with a book or with errors, and a book that is read at
/// all is read the same from its canonical text.
@Suite struct `Mutated bytes of base` {
    private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("[]{}:-|>\"'#,\n ?&*!%0a/".utf8).randomElement(using: &random) ?? 0, at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 200))
            case 4:
                let chunk = Array(bytes[place..<min(bytes.count, place + 80)])
                bytes.insert(contentsOf: chunk, at: Int.random(in: 0..<bytes.count, using: &random))
            default: bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
        }
    }

    private func run(_ original: [UInt8], rounds: Int) throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var random = SplitMix64(state: seed)
        var read = 0
        for round in 0..<rounds {
            var bytes = original
            Self.mutate(&bytes, &random)
            do {
                let book = try Rulebook.parse(bytes, fileName: "fuzz")
                read += 1
                #expect(try Rulebook.parse(book.text, fileName: "fuzz") == book, "seed \(seed), round \(round)")
            } catch {
                #expect(error.line >= 0 && !error.reason.isEmpty, "seed \(seed), round \(round)")
            }
        }
        print("\(read) of \(rounds) still read")
    }

    @Test func `never trap`() throws {
        try run(try base().text, rounds: 60)
    }

    @Test func `nor do those of a book that extends it`() throws {
        let cap = try BuiltInRulebooks.book(named: "cap-2025")
        try run(Array(cap.text.dropFirst(try base().text.count + 4)), rounds: 600)
    }
}
