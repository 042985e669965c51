/// What a whole number counts, as the key tells under which it stands.
enum Quantity {
    case minutes, halfMonths, money

    /// `nil` for a plain number.
    init?(of key: String) {
        if key.hasSuffix("inutes") || key.hasSuffix("inutesLimit") {
            self = .minutes
        } else if key.hasSuffix("alfMonths") {
            self = .halfMonths
        } else if key.hasSuffix("NTD") || Self.amounts.contains(key) {
            self = .money
        } else {
            return nil
        }
    }

    /// Amounts in NT$ whose keys do not say so.
    private static let amounts: Set<String> = [
        "amount", "cap", "committed", "due", "expectedAmount", "fee", "net", "paid", "remaining", "repaid", "used",
    ]

    /// The number with the unit in which people count.
    func text(_ number: Int64, _ language: Language) -> String {
        switch self {
        case .minutes: Self.hours(number, language)
        case .halfMonths: Terms.months(number, language)
        case .money: Terms.money(number)
        }
    }

    private static func hours(_ minutes: Int64, _ language: Language) -> String {
        let (hour, rest) = (minutes / 60, minutes % 60)
        guard rest != 0 else { return Words("\(hour)小時", "\(hour) h")(language) }
        return hour == 0
            ? Words("\(rest)分", "\(rest) min")(language)
            : Words("\(hour)小時\(rest)分", "\(hour) h \(rest) min")(language)
    }
}

extension Terms {
    /// A key beside a value that brings its own unit: 應到時數 156小時 rather than 應到分鐘 156小時.
    package static func label(_ key: String, _ language: Language) -> String {
        guard language == .chinese else { return EnglishTerms.label(key) }
        return withoutUnit(self.key(key, .chinese), of: key)
    }

    /// A Chinese name without the unit in which the ledger counts, where the value is shown in another.
    static func withoutUnit(_ name: String, of key: String) -> String {
        guard Quantity(of: key) != nil else { return name }
        return name.replacing("（半個月數）", with: "").replacing("半個月數", with: "月數").replacing("分鐘", with: "時數")
    }

    /// Half-months as months with their unit: 1.5個月, 1 month.
    package static func months(_ halfMonths: Int64, _ language: Language) -> String {
        let number = months(halfMonths)
        return Words("\(number)個月", halfMonths == 2 ? "1 month" : "\(number) months")(language)
    }
}
