/// English words for what a clause lacks, and for keys and codes where their own words would not be understood.
enum EnglishTerms {
    private static let lacks: [String: String] = [
        "remainderDays": "remainder days", "remainderMinutes": "training in the remainder",
        "daysCounted": "days of participation", "withdrawal": "withdrawing from the overlapping class first",
        "unemployed": "being unemployed; found", "courses": "earlier courses that count",
        "insuredOnStartDay": "insurance in force on the start day", "unmarkedInsurance": "insurance without a mark",
        "category": "a category of the list", "employmentInsuranceFirst": "to be drawn from employment insurance first",
        "neitherInsuredNorAtWork": "insured or at work on the start day", "application": "a standing application",
        "attendedAllParts": "every part of the selection", "points": "points", "came": "persons who came",
        "insuranceVerification": "insurance verification", "insuranceStatement": "insurance statement",
        "householdRegister": "household register", "enrolment.started": "start of the enrolment",
        "sameNature": "aid of the same kind already drawn", "ttqs": "TTQS certificate",
        "certificateTo": "last day of the TTQS certificate", "yearsFounded": "years since founding",
        "remainingNTD": "remaining quota", "remainingHalfMonths": "remaining allowance",
        "absentMinutes": "absence", "truancyMinutes": "truancy", "leaveMinutes": "leave",
        "notWorking": "affidavit of not working", "completion": "completion",
        "allowance.applied": "application for the allowance", "class.scheduled": "timetable",
        "selection.scored": "marks of the selection",
    ]

    /// What a clause lacks: by its own word, as a category, paper or code, or as the key of a fact.
    static func lack(_ name: String) -> String {
        if let word = lacks[name] { return word }
        let code = Terms.code(name, .english)
        return code == name ? label(name) : code
    }

    private static let labels: [String: String] = [
        "absentMinutesLimit": "absence at most", "asOfDay": "as of", "atSequence": "events known",
        "halfMonths": "duration",
        "leaveMinutesLimit": "leave at most", "minutes": "time", "nationalId": "national ID", "retractsId": "retracts",
        "retractsSource": "of source", "truancyPercentLimit": "truancy at most %", "leavePercent": "leave at most %",
        "truancyPercent": "truancy at most %",
    ]

    private static let codes: [String: String] = [
        "true": "yes", "false": "no", "applicationClosed": "application closed", "notApplicable": "not applicable",
        "idCard": "ID card",
    ]

    /// A key beside a value that brings its own unit: `scheduledMinutes` is "scheduled".
    static func label(_ key: String) -> String {
        if let label = labels[key] { return label }
        let units = ["NTD", "HalfMonths", "Minutes"]
        let name = units.first { key.hasSuffix($0) }.map { key.dropLast($0.count) } ?? key[...]
        return spaced(name)
    }

    /// A code in its own words: `livingAllowance` is "living allowance". What is no code of the field stays as it is.
    static func code(_ code: String) -> String {
        if let word = codes[code] { return word }
        return ChineseTerms.codes[code] == nil || code.contains(".") ? code : spaced(code[...])
    }

    /// The words that a name in lowerCamelCase joins.
    private static func spaced(_ name: Substring) -> String {
        name.reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text.append(" ") }
            text += letter.lowercased()
        }
    }
}
