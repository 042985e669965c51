/// National ID numbers (國民身分證統一編號), residence numbers (居留證統一證號) and phone numbers.
///
/// They may stand in the personal fields made for them and nowhere else (contract, section 1).
package enum PersonalPatterns {
    /// Whether an alphanumeric run of the text is a national ID, a residence number or a phone number by its
    /// form, or groups of digits in it are a phone number. Check digits do not matter here: a mistyped national
    /// ID is still one. Full-width letters and digits count as what they show; a UUID is none of these.
    package static func containsPersonalNumber(_ text: String) -> Bool {
        let bytes = folded(text)
        guard bytes.count(where: isDigit) >= 8 else { return false }
        let runs = withoutUUIDs(runs(of: bytes), of: bytes)
        if runs.contains(where: { isPersonal(bytes[$0]) }) { return true }

        var groups: [ArraySlice<UInt8>] = []
        var end = 0
        for run in runs {
            let isNext = !groups.isEmpty && isGap(bytes[end..<run.lowerBound])
            if !isNext || !bytes[run].allSatisfy(isDigit) {
                if PhonePatterns.isPhone(groups) { return true }
                groups = []
            }
            if bytes[run].allSatisfy(isDigit) { groups.append(bytes[run]) }
            end = run.upperBound
        }
        return PhonePatterns.isPhone(groups)
    }

    /// A quick look at ASCII text: `false` where ``containsPersonalNumber(_:)`` is sure to say so too.
    ///
    /// It asks for what any of the patterns needs: eight digits, and a run of letters and digits as long as a personal
    /// number has, or digits in groups. A text that is one UUID and nothing else has no pattern.
    static func mayContainPersonalNumber(ascii bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var digits = 0
        for byte in bytes { digits += isDigit(byte) ? 1 : 0 }
        if digits < 8 { return false }
        var (groups, run, digitsInRun) = (0, 0, 0)
        var hasLongRun = false
        for byte in bytes {
            if isDigit(byte) {
                digitsInRun += 1
                run += 1
            } else if isLetter(byte) {
                run += 1
            } else {
                if run > 0, run == digitsInRun { groups += 1 }
                hasLongRun = hasLongRun || run == 10 || run == 12
                (run, digitsInRun) = (0, 0)
            }
        }
        if run > 0, run == digitsInRun { groups += 1 }
        hasLongRun = hasLongRun || run == 10 || run == 12
        return (hasLongRun || groups > 1) && !isUUID(bytes)
    }

    private static func isUUID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            guard isHyphen ? byte == UInt8(ascii: "-") : isHexadecimal(byte) else { return false }
        }
        return true
    }

    /// The bytes, with full-width letters, digits and signs (U+FF01 to U+FF5E) as the ASCII that they show.
    private static func folded(_ text: String) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: bytes.append(UInt8(scalar.value - 0xFEE0))
            case 0x3000: bytes.append(UInt8(ascii: " "))
            case 0x2010...0x2015: bytes.append(UInt8(ascii: "-"))
            case ..<0x80: bytes.append(UInt8(scalar.value))
            default: bytes.append(0xFF)
            }
        }
        return bytes
    }

    /// The ranges of letters and digits.
    private static func runs(of bytes: [UInt8]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            if isLetter(byte) || isDigit(byte) {
                start = start ?? index
            } else if let from = start {
                runs.append(from..<index)
                start = nil
            }
        }
        if let start { runs.append(start..<bytes.count) }
        return runs
    }

    /// Without the groups of UUIDs: in one random UUID in a million they look like a phone number (886912345678).
    private static func withoutUUIDs(_ runs: [Range<Int>], of bytes: [UInt8]) -> [Range<Int>] {
        var rest: [Range<Int>] = []
        var first = 0
        while first < runs.count {
            if isUUID(runs[first...].prefix(5), of: bytes) {
                first += 5
            } else {
                rest.append(runs[first])
                first += 1
            }
        }
        return rest
    }

    private static func isUUID(_ groups: ArraySlice<Range<Int>>, of bytes: [UInt8]) -> Bool {
        guard groups.count == 5, let first = groups.first, let last = groups.last, first.count == 8,
            last.upperBound - first.lowerBound == 36
        else { return false }
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { bytes[$0].allSatisfy(isHexadecimal) }
            && groups.dropFirst().allSatisfy { bytes[$0.lowerBound - 1] == UInt8(ascii: "-") }
    }

    /// What stands between the groups of one number: a hyphen, a space, a dot, brackets around the area code.
    private static func isGap(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 2 && bytes.allSatisfy { "- .()".utf8.contains($0) }
    }

    private static func isPersonal(_ run: ArraySlice<UInt8>) -> Bool {
        let run = Array(run)
        if run.count == 10, isLetter(run[0]), run[2...].allSatisfy(isDigit) {
            let second = run[1]
            let isNew = "1289".utf8.contains(second)
            let isOld = (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(second & 0xDF)
            return isNew || isOld
        }
        return run.allSatisfy(isDigit) && PhonePatterns.isMobile(run)
    }

    /// Whether this is a national ID or residence number with the right check digit.
    ///
    /// The letter counts as two digits, the weights are 1, 9, 8 … 1, 1 and the sum is a multiple of ten. Old
    /// residence numbers have a second letter, of which the last digit counts.
    package static func isNationalID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, let first = letterValue(bytes[0]), bytes[2...].allSatisfy(isDigit) else {
            return false
        }
        let second: Int
        if isDigit(bytes[1]) {
            second = Int(bytes[1]) - 48
            guard [1, 2, 8, 9].contains(second) else { return false }
        } else {
            guard (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(bytes[1]), let value = letterValue(bytes[1]) else {
                return false
            }
            second = value % 10
        }
        var sum = first / 10 + first % 10 * 9 + second * 8
        for index in 2...8 { sum += (Int(bytes[index]) - 48) * (9 - index) }
        return (sum + Int(bytes[9]) - 48) % 10 == 0
    }

    /// The two-digit value of the area letter, in the order in which the areas were given their letters.
    private static func letterValue(_ byte: UInt8) -> Int? {
        let order = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8)
        guard let index = order.firstIndex(of: byte) else { return nil }
        return index + 10
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte & 0xDF)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
