/// Phone numbers of Taiwan as people write them: 0912345678, 0912-345-678, +886 912 345 678, (02) 2808-1612.
enum PhonePatterns {
    /// Whether these digits, written without a gap, are a mobile number. A landline number written so could be any
    /// running number and is not looked for.
    static func isMobile(_ digits: some Collection<UInt8>) -> Bool {
        digits.count == 10 && digits.starts(with: "09".utf8) || digits.count == 12 && digits.starts(with: "8869".utf8)
    }

    /// Whether groups of digits with single separators between them hold a phone number: all of them, or three
    /// that follow each other.
    static func isPhone(_ groups: [ArraySlice<UInt8>]) -> Bool {
        guard groups.count >= 2 else { return false }
        if groups.count <= 6 {
            let digits = Array(groups.joined())
            if isMobile(digits) || isLandline(digits) && !isDate(groups) { return true }
        }
        guard groups.count > 3 else { return false }
        return (0...(groups.count - 3)).contains { first in
            let digits = Array(groups[first..<(first + 3)].joined())
            return isMobile(digits) || isLandline(digits)
        }
    }

    /// Area codes with the lengths of the numbers behind them. Numbers begin with 2 to 9, which keeps serial
    /// numbers such as 02-00001234 apart.
    private static let areas: [(code: [UInt8], lengths: ClosedRange<Int>)] = [
        ("02", 8...8), ("03", 7...7), ("037", 6...6), ("04", 7...8), ("049", 7...7), ("05", 7...7), ("06", 7...7),
        ("07", 7...7), ("08", 7...7), ("082", 6...6), ("0826", 5...5), ("0836", 5...5), ("089", 6...6),
    ].map { (Array($0.0.utf8), $0.1) }

    private static func isLandline(_ digits: [UInt8]) -> Bool {
        guard (9...12).contains(digits.count) else { return false }
        let national = digits.starts(with: "886".utf8) ? Array("0".utf8) + digits.dropFirst(3) : digits
        return areas.contains { area in
            guard national.starts(with: area.code), area.lengths.contains(national.count - area.code.count) else {
                return false
            }
            return national[area.code.count] >= UInt8(ascii: "2")
        }
    }

    /// 02-20260601 is a month and a day before it is a number in Taipei.
    private static func isDate(_ groups: [ArraySlice<UInt8>]) -> Bool {
        guard groups.count == 2, let last = groups.last, last.count == 8 else { return false }
        let month = last.dropFirst(4).prefix(2)
        return (last.starts(with: "19".utf8) || last.starts(with: "20".utf8))
            && (month.starts(with: "0".utf8) || month.starts(with: "10".utf8) || month.starts(with: "11".utf8)
                || month.starts(with: "12".utf8))
    }
}
