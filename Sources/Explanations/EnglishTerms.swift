/// English words for what a clause lacks, where the code alone would not be understood.
enum EnglishTerms {
    static let lacks: [String: String] = [
        "remainderDays": "remainder days", "remainderMinutes": "training minutes in the remainder",
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
        "remainingNTD": "remaining quota in NT$", "remainingHalfMonths": "remaining half-months",
        "absentMinutes": "absent minutes", "truancyMinutes": "truancy minutes", "leaveMinutes": "leave minutes",
        "notWorking": "affidavit of not working", "completion": "completion",
    ]
}
