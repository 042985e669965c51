import Testing

/// Data of one event type, with every field given and with the required ones only.
struct EventExample: Sendable, CustomTestStringConvertible {
    var type: String
    var subject: String
    var full: String
    var minimal: String

    var testDescription: String { type }

    init(_ type: String, _ subject: String, full: String, minimal: String) {
        self.type = type
        self.subject = subject
        self.full = full
        self.minimal = minimal
    }

    /// Both examples.
    var each: [String] { [full, minimal] }

    /// The example of a type.
    static func of(_ type: String) throws -> EventExample {
        try #require(all.first { $0.type == type }, "no example of \(type)")
    }

    /// One for every type of contract.md, section 1.1, in its order.
    static let all = units + classes + trainees + statuses + enrolments + attendance + money + ledger

    private static let units = [
        EventExample(
            "unit.registered", "U-9",
            full: """
                {"name":"臺北市烘焙協會","kind":"industryAssociation","county":"臺北市","foundedOn":"1998-03-01",
                "ttqs":{"edition":"external","grade":"通過","validFrom":"2025-01-01","validTo":"2027-12-31"},
                "reviewGrade":"A","insuranceArrears":false,"registeredPlace":"臺北市中山區","registeredTrades":["烘焙","咖啡"]}
                """,
            minimal: #"{"name":"N","kind":"cramSchool","county":"新北市","foundedOn":"1970-01-01"}"#),
        EventExample(
            "unit.amended", "U-1",
            full: """
                {"name":"新名稱","kind":"foundation","county":"臺南市","foundedOn":"1999-12-31",
                "ttqs":{"edition":"trainingInstitution","grade":"銀牌","validFrom":"2026-01-01","validTo":"2026-01-01"},
                "reviewGrade":"D","insuranceArrears":true,"registeredPlace":"臺南市東區","registeredTrades":["冷凍空調"],
                "reason":"更名\\n第二行"}
                """,
            minimal: #"{"reason":""}"#),
        EventExample(
            "complaint.filed", "C-1",
            full: """
                {"complaint":"CP-1","on":"2026-06-05","county":"臺中市","confidential":true,"author":"王小明",
                "handler":"陳科長","text":"講師遲到\\t三次"}
                """,
            minimal: #"{"complaint":"CP-2","on":"1970-01-01","county":"臺中市","confidential":false}"#),
    ]

    private static let classes = [
        EventExample(
            "class.approved", "C-9",
            full: """
                {"programme":"preEmployment","courseName":"咖啡調配技巧職能專班","batch":"2","unit":"U-1","county":"新北市",
                "trade":"餐飲","fee":15260,"seats":30,"startsOn":"2026-06-01","endsOn":"2026-07-14",
                "applicationClosesOn":"2026-05-20","recruitsFrom":"2026-04-01","selection":"interview",
                "feeCollection":"half","delivery":"localGovernment","creditCourse":true,
                "attendanceLimits":{"truancyPercent":4,"leavePercent":10}}
                """,
            minimal: """
                {"programme":"industryTalent","courseName":"C","unit":"U-0","county":"c","fee":0,"seats":0,
                "startsOn":"1970-01-01","endsOn":"1970-01-01","selection":"firstCome"}
                """),
        EventExample(
            "class.amended", "C-1",
            full: """
                {"programme":"takeoff","courseName":"半導體","batch":"1","unit":"U-0","county":"桃園市","trade":"電子",
                "fee":100000000000,"seats":100000,"startsOn":"2026-06-02","endsOn":"2026-07-15",
                "applicationClosesOn":"1970-01-01","recruitsFrom":"1969-12-31","selection":"writtenOral",
                "feeCollection":"full","delivery":"commissioned","creditCourse":false,
                "attendanceLimits":{"truancyPercent":0,"leavePercent":0},"reason":"延後一日"}
                """,
            minimal: #"{"reason":"r"}"#),
        EventExample(
            "class.scheduled", "C-1",
            full: """
                {"sessions":[{"on":"2026-06-01","from":"09:30","to":"12:30"},{"on":"2026-06-01","from":"12:30","to":"24:00"},
                {"on":"1970-01-01","from":"00:00","to":"00:01"}]}
                """,
            minimal: #"{"sessions":[]}"#),
        EventExample(
            "class.cancelled", "C-1", full: #"{"on":"2026-05-30","reason":"人數不足"}"#,
            minimal: #"{"on":"1970-01-01","reason":""}"#),
        EventExample("class.closed", "C-1", full: #"{"on":"2026-08-01"}"#, minimal: #"{"on":"1970-01-01"}"#),
    ]

    private static let trainees = [
        EventExample(
            "trainee.registered", "T-9",
            full: """
                {"birthDate":"1985-02-28","sex":"female","nationality":"newResident","name":"阮氏梅",
                "nationalId":"A123456789","phone":"0912-345-678","bankAccount":"700-0012345-0678901"}
                """,
            minimal: #"{"birthDate":"1970-01-01","sex":"male","nationality":"national"}"#),
        EventExample(
            "trainee.amended", "T-1001",
            full: """
                {"birthDate":"1868-01-01","sex":"male","nationality":"stateless","name":"","nationalId":"F812345676",
                "phone":"+886 2 2808-1612","bankAccount":"1234","reason":"證件更正"}
                """,
            minimal: #"{"reason":"r"}"#),
        EventExample(
            "trainee.linked", "T-1001", full: #"{"other":"T-1002","evidence":"同一人","on":"2026-06-01"}"#,
            minimal: #"{"other":"T-1000","evidence":"","on":"1970-01-01"}"#),
        EventExample(
            "trainee.unlinked", "T-1001", full: #"{"other":"T-1002","evidence":"不同人","on":"2026-06-02"}"#,
            minimal: #"{"other":"T-1000","evidence":"","on":"1970-01-01"}"#),
        EventExample(
            "trainee.erased", "T-1001",
            full: #"{"on":"2036-01-01","legalBasis":"個資法第11條","approvedBy":["林主任","稽核"]}"#,
            minimal: #"{"on":"1970-01-01","legalBasis":"","approvedBy":["a","b"]}"#),
        EventExample(
            "hold.placed", "T-1001", full: #"{"hold":"H-1","on":"2026-06-01","reason":"訴訟中"}"#,
            minimal: #"{"hold":"H","on":"1970-01-01","reason":""}"#),
        EventExample(
            "hold.released", "T-1001", full: #"{"hold":"H-1","on":"2027-06-01","reason":"結案"}"#,
            minimal: #"{"hold":"H","on":"1970-01-01","reason":""}"#),
    ]

    private static let statuses = [
        EventExample(
            "identity.certified", "T-1001",
            full: """
                {"category":"registeredHomeless","validFrom":"2026-01-01","validTo":"2026-12-31",
                "documents":["idCard",{"code":"lowIncomeProof","issuedOn":"2026-01-05"},"ourOwnPaper7"]}
                """,
            minimal: #"{"category":"involuntaryUnemployed","validFrom":"1970-01-01","documents":[]}"#),
        EventExample(
            "identity.revoked", "T-1001", full: #"{"category":"other","on":"2026-06-01","reason":"資格不符"}"#,
            minimal: #"{"category":"disabled","on":"1970-01-01","reason":""}"#),
        EventExample(
            "affidavit.filed", "T-1001", full: #"{"class":"C-1","kind":"notWorking","on":"2026-06-01"}"#,
            minimal: #"{"class":"C-0","kind":"ownKind","on":"1970-01-01"}"#),
        EventExample(
            "insurance.verified", "T-1001",
            full: """
                {"asOf":"2026-06-01","method":"document","spells":[{"scheme":"labour","from":"2020-01-01","to":"2020-01-01",
                "mark":"laidOff","employer":"大同公司","insuredSalary":45800},{"scheme":"nationalPension","from":"2021-01-01"}]}
                """,
            minimal: #"{"asOf":"1970-01-01","method":"system","spells":[]}"#),
        EventExample(
            "jobSearch.registered", "T-1001", full: #"{"on":"2026-05-01"}"#, minimal: #"{"on":"1970-01-01"}"#),
        EventExample(
            "work.reported", "T-1001", full: #"{"kind":"daySchool","from":"2026-06-01","to":"2026-06-30"}"#,
            minimal: #"{"kind":"employed","from":"1970-01-01"}"#),
        EventExample(
            "referral.issued", "T-1001", full: #"{"class":"C-1","on":"2026-05-01"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "benefit.recorded", "T-1001",
            full: """
                {"kind":"employmentInsuranceTrainingAllowance","from":"2025-01-01","to":"2025-03-31","halfMonths":6,
                "amount":75000}
                """,
            minimal: #"{"kind":"oldAgeBenefit","from":"1970-01-01"}"#),
    ]
}
