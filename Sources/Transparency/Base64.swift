/// Base64 of RFC 4648, section 4, read strictly: full padding, no other characters, and zero bits in what is cut off.
/// So every sequence of bytes has one spelling, and every spelling that is taken one sequence.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    /// The six bits of each character; 255 for all others.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// The text for `bytes`.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var (word, count): (UInt32, Int) = (0, 0)
        for byte in bytes {
            word = word << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            append(word, characters: 4, to: &text)
            (word, count) = (0, 0)
        }
        if count > 0 {
            append(word << (8 * UInt32(3 - count)), characters: count + 1, to: &text)
            text += [UInt8](repeating: padding, count: 3 - count)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ word: UInt32, characters: Int, to text: inout [UInt8]) {
        for place in 0..<characters { text.append(alphabet[Int(word >> (18 - 6 * UInt32(place)) & 63)]) }
    }

    /// The bytes that a text stands for, or nil if it is not the one spelling of any. O(n).
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        for start in stride(from: 0, to: characters.count, by: 4) {
            var pads = 0
            if start + 4 == characters.count {
                while pads < 2, characters[start + 3 - pads] == padding { pads += 1 }
            }
            var word: UInt32 = 0
            for place in 0..<4 - pads {
                let value = values[Int(characters[start + place])]
                guard value < 64 else { return nil }
                word |= UInt32(value) << (18 - 6 * UInt32(place))
            }
            let kept = 3 - pads
            guard pads == 0 || word & (1 << (8 * UInt32(pads)) - 1) == 0 else { return nil }
            for place in 0..<kept { bytes.append(UInt8(truncatingIfNeeded: word >> (16 - 8 * UInt32(place)))) }
        }
        return bytes
    }
}
