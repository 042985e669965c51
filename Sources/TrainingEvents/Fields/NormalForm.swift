@_spi(_Unicode) import Swift

/// Normal form C (Unicode Standard Annex 15), by the tables of the standard library.
///
/// They are the tables that also say which code points are assigned. Foundation's
/// `precomposedStringWithCanonicalMapping` is not used: on Linux it leaves 가 + ᆽ apart and composes archaic jamo
/// (U+1111 U+1176) into a syllable that was never written.
extension String {
    /// The text in normal form C.
    var inNormalFormC: String { String(UnicodeScalarView(_nfc)) }

    /// Whether these very code points are normal form C; `==` would hold for any equivalent spelling.
    var isInNormalFormC: Bool { unicodeScalars.elementsEqual(_nfc) }

    /// Whether more than 30 combining marks follow each other: the bound of the Stream-Safe Text Format (Annex 15,
    /// section 13).
    ///
    /// Marks are put in order in quadratic time: normalising, comparing or hashing a text of nothing but marks
    /// as long as a line would take minutes. No language needs more than a few.
    var hasEndlessMarks: Bool {
        var marks = 0
        for scalar in unicodeScalars {
            // The blocks below the first mark and the ideographs, where Chinese text spends its time, have none.
            if scalar.value < 0x300 || (0x3400...0x9FFF).contains(scalar.value) {
                marks = 0
                continue
            }
            marks = scalar.properties.canonicalCombiningClass == .notReordered ? 0 : marks + 1
            if marks > 30 { return true }
        }
        return false
    }
}
