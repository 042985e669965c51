/// How values of a field stand in a record, for whoever checks them without making values.
package enum StoredForm: Sendable {
    /// A number within bounds.
    case number(ClosedRange<UInt64>)
    /// A signed number within bounds, zigzag.
    case signed(ClosedRange<Int64>)
    /// The number of a trainee, class or unit.
    case reference(Registered)
    case text
    /// A text that may be sealed or erased.
    case personal
    /// Fields that stand together; the index of their plan.
    case group(Int)

    /// What has a number.
    package enum Registered: Sendable { case trainee, `class`, unit }
}

extension StoredForm {
    /// Whether the bytes in `range` are a text in canonical form: at first sight where it is ASCII or made of the usual
    /// ideographs, otherwise by the decoder's own look.
    static func isText(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var place = range.lowerBound
        while range.upperBound - place >= 8,
            bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            place += 8
        }
        while place < range.upperBound {
            let byte = bytes[place]
            if byte < 0x80 {
                place += 1
            } else if isIdeograph(bytes, place, range.upperBound) {
                place += 3
            } else {
                return isOtherText(bytes, range)
            }
        }
        return true
    }

    /// Whether U+4E00 to U+9FFF begins here. They are their own normal form, and no marks.
    private static func isIdeograph(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ end: Int) -> Bool {
        guard end - place >= 3, bytes[place + 1] & 0xC0 == 0x80, bytes[place + 2] & 0xC0 == 0x80 else { return false }
        switch bytes[place] {
        case 0xE4: return bytes[place + 1] >= 0xB8
        case 0xE5...0xE9: return true
        default: return false
        }
    }

    private static func isOtherText(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard let text = String(validating: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self) else {
            return false
        }
        return !text.hasEndlessMarks && text.isInNormalFormC
    }

    /// Whether a personal text stands in the clear, and says something.
    static func isClearText(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        !range.isEmpty && bytes[range.lowerBound] < SealedText.mark
    }

    /// Whether the bytes in `range` are a personal text, plain, sealed or erased.
    static func isPersonal(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard !range.isEmpty, bytes[range.lowerBound] >= SealedText.mark else { return isText(bytes, range) }
        if bytes[range.lowerBound] == PersonalText.erasedMark { return range.count == 1 }
        return SealedText.isStored(UnsafeRawBufferPointer(rebasing: bytes[range.dropFirst()]))
    }
}
