/// What is fixed about a person: worked out from the seed and the person's number whenever it is needed, so that
/// a million people take no memory.
struct Traits {
    private let hash: UInt64
    /// The trainee number that the person first came with; a twin ID has the traits of the one before it.
    let person: Int

    /// The traits of the person behind a trainee ID.
    init(trainee: Int, seed: UInt64) {
        person = Traits.isSecondID(trainee, seed: seed) ? trainee - 1 : trainee
        hash = SplitMix64.mix(seed ^ SplitMix64.mix(UInt64(person) &+ 0x5EED))
    }

    /// Whether this ID was given by mistake to the person of the ID before it (重複建檔).
    static func isSecondID(_ trainee: Int, seed: UInt64) -> Bool {
        guard trainee % 2 == 1 else { return false }
        return SplitMix64.mix(seed ^ SplitMix64.mix(UInt64(trainee) &+ 0x7E57)) % 80 == 0
    }

    /// A number below `bound`; `salt` tells one trait from another.
    private func draw(_ salt: UInt64, below bound: Int) -> Int {
        Int(SplitMix64.mix(hash ^ (salt &* 0x9E37_79B9_7F4A_7C15)).multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Between 1952 and 2003, more often in the middle.
    var birthDay: Int {
        dayNumber(birthYear, 1, 1) + draw(3, below: 365)
    }

    private var birthYear: Int { 1_952 + draw(1, below: 27) + draw(2, below: 26) }

    /// Sex as registered.
    var isFemale: Bool { draw(4, below: 100) < 57 }

    /// As events spell it.
    var nationality: String {
        switch draw(5, below: 1_000) {
        case ..<955: "national"
        case ..<985: "newResident"
        case ..<999: "foreign"
        default: "stateless"
        }
    }

    /// Whether the sender knows the name and the national ID; about a third do.
    var isNamed: Bool { draw(6, below: 3) == 0 }

    /// A made-up name.
    var name: String {
        let family = Places.familyNames[draw(7, below: Places.familyNames.count)]
        let first = Places.givenNames[draw(8, below: Places.givenNames.count)]
        let second = Places.givenNames[draw(9, below: Places.givenNames.count)]
        return family + first + second
    }

    /// A made-up number with a right check digit: national ID (1, 2) or residence number (8, 9).
    var nationalID: String {
        let order = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8)
        let letter = draw(10, below: 26)
        var digits = [nationality == "national" ? (isFemale ? 2 : 1) : (isFemale ? 9 : 8)]
        var rest = draw(11, below: 10_000_000)
        for _ in 0..<7 {
            digits.append(rest % 10)
            rest /= 10
        }
        let value = letter + 10
        var sum = value / 10 + value % 10 * 9
        for (index, digit) in digits.enumerated() { sum += digit * (8 - index) }
        digits.append((10 - sum % 10) % 10)
        var text = [order[letter]]
        for digit in digits { text.append(UInt8(ascii: "0") + UInt8(digit)) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The county the person lives in.
    var county: Int {
        var left = draw(12, below: 110)
        for (index, weight) in Places.countyWeights.enumerated() {
            if left < weight { return index }
            left -= weight
        }
        return 0
    }

    /// The scheme that insures the person when in work.
    var scheme: String {
        switch draw(13, below: 100) {
        case ..<86: "labour"
        case ..<93: "occupationalUnion"
        case ..<96: "farmers"
        case ..<97: "fishersAssociation"
        case ..<99: "civilServant"
        default: "nationalPension"
        }
    }

    /// Whether the insurance counts for the tuition subsidy.
    var isTuitionScheme: Bool { draw(13, below: 100) < 97 }

    /// Whether the insurance is one of members of a union or association, which the jobless keep.
    var isInsuredWithoutWork: Bool { (86..<97).contains(draw(13, below: 100)) }

    /// A made-up employer, of which there are some thousands.
    var employer: String {
        let number = draw(14, below: 40)
        return Places.tradeNames[draw(15, below: Places.tradeNames.count)]
            + Places.employerKinds[draw(16, below: Places.employerKinds.count)] + "第\(number + 1)廠"
    }

    /// The insured salary in NT$.
    var insuredSalary: Int { 24_000 + draw(17, below: 22) * 1_000 }

    /// When the present employment began, in days before 2019.
    var daysInWork: Int { 200 + draw(18, below: 3_000) }

    /// The avid trainee near another one: every 32nd comes again and again, and fills the quota.
    static func avid(near trainee: Int) -> Int { trainee - trainee % 32 }

    /// The category that the person may be certified in, if any.
    var category: Standing? {
        let roll = draw(19, below: 1_000)
        if nationality == "newResident" { return roll < 800 ? .newResident : nil }
        if birthYear <= 1_953 { return roll < 700 ? .elder : nil }
        if birthYear <= 1_973, birthYear >= 1_961, roll < 450 { return .middleAged }
        switch roll {
        case ..<120: return .involuntaryUnemployed
        case ..<160: return .lowIncome
        case ..<200: return .disabled
        case ..<240: return .indigenous
        case ..<280: return .longTermUnemployed
        case ..<300: return .soleBreadwinner
        case ..<320: return isFemale ? .returningWoman : nil
        case ..<330: return .domesticViolenceVictim
        case ..<340: return .rehabilitatedOffender
        case ..<344: return .crimeVictim
        case ..<348: return .economicHardship
        default: return nil
        }
    }
}

/// A category with its papers and how long a certificate of it runs.
enum Standing {
    case involuntaryUnemployed, lowIncome, disabled, indigenous, longTermUnemployed, soleBreadwinner, returningWoman
    case domesticViolenceVictim, rehabilitatedOffender, crimeVictim, economicHardship, newResident, elder, middleAged

    /// As events spell it, and the papers of the tables.
    var entry: (code: String, papers: [String]) {
        switch self {
        case .involuntaryUnemployed:
            ("involuntaryUnemployed", ["idCard", "involuntarySeparationProof", "referralLetter"])
        case .lowIncome: ("lowIncome", ["idCard", "lowIncomeProof"])
        case .disabled: ("disabled", ["idCard", "disabilityCard"])
        case .indigenous: ("indigenous", ["idCard", "householdRegister"])
        case .longTermUnemployed: ("longTermUnemployed", ["idCard", "jobSeekerProof", "employmentHistory"])
        case .soleBreadwinner: ("soleBreadwinner", ["idCard", "householdRegister", "inSchoolProof"])
        case .returningWoman: ("returningWoman", ["idCard", "familyReasonProof", "serviceProof"])
        case .domesticViolenceVictim: ("domesticViolenceVictim", ["idCard", "protectionOrder"])
        case .rehabilitatedOffender: ("rehabilitatedOffender", ["idCard", "releaseProof"])
        case .crimeVictim: ("crimeVictim", ["idCard", "victimCertificate"])
        case .economicHardship: ("economicHardship", ["idCard", "referralLetter"])
        case .newResident: ("newResident", ["residencePermit"])
        case .elder: ("elder", ["idCard"])
        case .middleAged: ("middleAged", ["idCard"])
        }
    }

    /// The days a certificate runs, `nil` for good.
    var validDays: Int? {
        switch self {
        case .lowIncome, .economicHardship: 365
        case .involuntaryUnemployed, .longTermUnemployed: 270
        case .disabled: 5 * 365
        case .soleBreadwinner, .domesticViolenceVictim, .crimeVictim: 2 * 365
        default: nil
        }
    }

    /// Whether tuition is subsidised in full for it.
    var hasFullTuition: Bool {
        switch self {
        case .involuntaryUnemployed, .economicHardship: false
        default: true
        }
    }

    /// Whether the living allowance lists it.
    var hasLivingAllowance: Bool {
        switch self {
        case .involuntaryUnemployed, .crimeVictim, .economicHardship: false
        default: true
        }
    }
}
