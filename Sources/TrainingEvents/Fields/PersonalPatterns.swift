/// National ID numbers (國民身分證統一編號), residence numbers (居留證統一證號) and phone numbers.
///
/// They may stand in the personal fields made for them and nowhere else (contract, section 1).
package enum PersonalPatterns {
    /// Whether an alphanumeric run of the text is a national ID, a residence number or a phone number by its
    /// form. Check digits do not matter here: a mistyped national ID is still one.
    package static func containsPersonalNumber(_ text: String) -> Bool {
        var run: [UInt8] = []
        var digitGroups: [[UInt8]] = []
        var found = false
        func endRun() {
            if isPersonal(run) { found = true }
            let isDigits = !run.isEmpty && run.allSatisfy(isDigit)
            if isDigits { digitGroups.append(run) } else if !run.isEmpty { digitGroups = [] }
            // A phone number is also written in groups: 0912-345-678, 02-2808-1612.
            if digitGroups.count >= 2, isPhone(Array(digitGroups.suffix(3).joined())), digitGroups.suffix(3).count == 3
            {
                found = true
            }
            run.removeAll(keepingCapacity: true)
        }
        for byte in text.utf8 {
            if isLetter(byte) || isDigit(byte) {
                run.append(byte)
                continue
            }
            endRun()
            if byte != UInt8(ascii: "-"), byte != UInt8(ascii: " ") { digitGroups = [] }
        }
        endRun()
        return found
    }

    private static func isPersonal(_ run: [UInt8]) -> Bool {
        if run.count == 10, isLetter(run[0]), run[2...].allSatisfy(isDigit) {
            let second = run[1]
            let isNew = [UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "8"), UInt8(ascii: "9")].contains(second)
            let isOld = (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(second & 0xDF)
            return isNew || isOld
        }
        return isMobile(run)
    }

    private static func isMobile(_ run: [UInt8]) -> Bool {
        run.allSatisfy(isDigit)
            && (run.count == 10 && run.starts(with: [0x30, 0x39])
                || run.count == 12 && run.starts(with: Array("8869".utf8)))
    }

    private static func isPhone(_ digits: [UInt8]) -> Bool {
        isMobile(digits) || ((9...10).contains(digits.count) && digits[0] == 0x30 && digits[1] != 0x30)
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

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
