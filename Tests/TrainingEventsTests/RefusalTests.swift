import Testing

@testable import TrainingEvents

/// Data that is refused: what the error says, in one line of a table.
struct Refused: Sendable, CustomTestStringConvertible {
    var type: String
    var data: String
    var code: EventError.Code
    var field: String
    var found: String
    var expected: String?
    var suggestion: String?

    var testDescription: String { "\(type) \(data.prefix(80))" }

    init(
        _ type: String, _ data: String, _ code: EventError.Code, _ field: String, found: String = "",
        expected: String? = nil, suggestion: String? = nil
    ) {
        self.type = type
        self.data = data
        self.code = code
        self.field = field
        self.found = found
        self.expected = expected
        self.suggestion = suggestion
    }
}

@Suite("Data that is refused")
struct RefusalTests {
    @Test("with code, field, what was found and what was expected", arguments: fields + dates + numbers + lists + rules)
    func refused(row: Refused) throws {
        let error = try TestDoor.refusal(of: row.type, row.data)
        #expect(error.code == row.code)
        #expect(error.field == row.field)
        #expect(error.found == row.found)
        if let expected = row.expected { #expect(error.expected == expected) }
        #expect(error.suggestion == row.suggestion)
    }

    static let fields = [
        Refused(
            "enrolment.started", #"{"class":"C-1","on":"2026-06-01","seat":1}"#, .unknownField, "data.seat",
            expected: "class, on"),
        Refused(
            "fee.paid", #"{"class":"C-1","amount":1,"on":"2026-06-01","requestedon":"2026-06-01"}"#, .unknownField,
            "data.requestedon", expected: "class, amount, on, requestedOn", suggestion: "requestedOn"),
        Refused(
            "enrolment.started", #"{"clas":"C-1","on":"2026-06-01"}"#, .unknownField, "data.clas", expected: "",
            suggestion: "class"),
        Refused(
            "attendance.recorded", #"{"class":"C-1","on":"2026-06-01","presentMinuets":1}"#, .unknownField,
            "data.presentMinuets", expected: "", suggestion: "presentMinutes"),
        Refused("enrolment.started", "{}", .missingField, "data.class"),
        Refused(
            "trainee.registered", #"{"birthDate":"2000-01-01","sex":"male","nationalId":"A123456789"}"#,
            .missingField, "data.nationality"),
        Refused(
            "enrolment.started", #"{"class":7,"on":"2026-06-01"}"#, .wrongType, "data.class",
            found: "a whole number", expected: "the ID of a class"),
        Refused(
            "enrolment.started", #"{"class":"C-2","on":"2026-06-01"}"#, .unknownReference, "data.class",
            found: "\"C-2\"", expected: "the ID of a class registered before", suggestion: "C-0"),
        Refused(
            "class.approved",
            #"{"programme":"preEmployment","courseName":"C","unit":"C-1","county":"c","fee":0,"seats":0,"startsOn":"2026-01-01","endsOn":"2026-01-01","selection":"interview"}"#,
            .unknownReference, "data.unit", found: "\"C-1\"", suggestion: "U-1"),
        Refused(
            "enrolment.completed", #"{"class":"C-1","on":"2026-06-01","certificate":1}"#, .wrongType,
            "data.certificate", found: "a whole number", expected: "true or false"),
        Refused(
            "enrolment.completed", #"{"class":"C-1","on":"2026-06-01","certificate":"true"}"#, .wrongType,
            "data.certificate", found: "a string", expected: "true or false"),
        Refused(
            "enrolment.admitted", #"{"class":"C-1","seat":"Extra"}"#, .invalidValue, "data.seat",
            found: "\"Extra\"", expected: "subsidised, extra, alternate", suggestion: "extra"),
        Refused(
            "enrolment.admitted", #"{"class":"C-1","seat":"reserved"}"#, .invalidValue, "data.seat",
            found: "\"reserved\"", expected: "subsidised, extra, alternate"),
        Refused(
            "identity.revoked", #"{"category":"indigenuos","on":"2026-06-01","reason":""}"#, .invalidValue,
            "data.category", found: "\"indigenuos\"", expected: "one of 27 codes", suggestion: "indigenous"),
        Refused(
            "affidavit.filed", #"{"class":"C-1","kind":"notWorkin","on":"2026-06-01"}"#, .invalidValue, "data.kind",
            found: "\"notWorkin\"", expected: "a known code", suggestion: "notWorking"),
        Refused(
            "affidavit.filed", #"{"class":"C-1","kind":"Not working","on":"2026-06-01"}"#, .invalidValue,
            "data.kind", found: "\"Not working\"", expected: "a code such as notWorking"),
        Refused(
            "affidavit.filed", #"{"class":"C-1","kind":"a123456789","on":"2026-06-01"}"#, .personalData, "data.kind"),
    ]

    static let dates = [
        Refused(
            "class.closed", #"{"on":"2026-02-29"}"#, .invalidValue, "data.on", found: "\"2026-02-29\"",
            expected: "a date such as 2026-06-01 or 115-06-01 that exists"),
        Refused("class.closed", #"{"on":"115-02-29"}"#, .invalidValue, "data.on", found: "\"115-02-29\""),
        Refused("class.closed", #"{"on":"1867-12-31"}"#, .invalidValue, "data.on", found: "\"1867-12-31\""),
        Refused("class.closed", #"{"on":"3000-01-01"}"#, .invalidValue, "data.on", found: "\"3000-01-01\""),
        Refused("class.closed", #"{"on":"2026-6-1"}"#, .invalidValue, "data.on", found: "\"2026-6-1\""),
        Refused(
            "class.closed", #"{"on":1150601}"#, .wrongType, "data.on", found: "a whole number",
            expected: "a date such as \"2026-06-01\""),
        Refused(
            "application.submitted", #"{"class":"C-1","at":"2026-05-01 12:00:00+08:00"}"#, .invalidValue, "data.at",
            found: "\"2026-05-01 12:00:00+08:00\"",
            expected: "an RFC 3339 time with an offset, such as 2026-06-01T09:00:00+08:00"),
        Refused(
            "application.submitted", #"{"class":"C-1","at":"2026-05-01T12:00:00"}"#, .invalidValue, "data.at",
            found: "\"2026-05-01T12:00:00\""),
        Refused(
            "class.scheduled", #"{"sessions":[{"on":"2026-06-01","from":"9:30","to":"12:30"}]}"#, .invalidValue,
            "data.sessions[0].from", found: "\"9:30\"", expected: "a time of day such as 09:30, up to 24:00"),
        Refused(
            "class.scheduled", #"{"sessions":[{"on":"2026-06-01","from":"09:30","to":"24:01"}]}"#, .invalidValue,
            "data.sessions[0].to", found: "\"24:01\""),
    ]

    static let numbers = [
        Refused(
            "fee.paid", #"{"class":"C-1","amount":-1,"on":"2026-06-01"}"#, .outOfRange, "data.amount", found: "-1",
            expected: "amount in whole NT$ from 0 to 100000000000"),
        Refused(
            "fee.paid", #"{"class":"C-1","amount":100000000001,"on":"2026-06-01"}"#, .outOfRange, "data.amount",
            found: "100000000001"),
        Refused(
            "fee.paid", #"{"class":"C-1","amount":3052.5,"on":"2026-06-01"}"#, .wrongType, "data.amount",
            found: "3052.5", expected: "a whole number (amount in whole NT$)"),
        Refused(
            "fee.paid", #"{"class":"C-1","amount":3052.0,"on":"2026-06-01"}"#, .wrongType, "data.amount",
            found: "3052.0"),
        Refused(
            "fee.paid", #"{"class":"C-1","amount":3e3,"on":"2026-06-01"}"#, .wrongType, "data.amount", found: "3e3"),
        Refused(
            "fee.paid", #"{"class":"C-1","amount":9223372036854775808,"on":"2026-06-01"}"#, .wrongType,
            "data.amount", found: "9223372036854775808"),
        Refused(
            "fee.paid", #"{"class":"C-1","amount":"3052","on":"2026-06-01"}"#, .wrongType, "data.amount",
            found: "a string"),
        Refused(
            "attendance.recorded", #"{"class":"C-1","on":"2026-06-01","presentMinutes":1441}"#, .outOfRange,
            "data.presentMinutes", found: "1441", expected: "minutes from 0 to 1440"),
        Refused(
            "selection.scored", #"{"class":"C-1","written":101}"#, .outOfRange, "data.written", found: "101",
            expected: "points from 0 to 100"),
        Refused(
            "enrolment.admitted", #"{"class":"C-1","seat":"extra","rank":0}"#, .outOfRange, "data.rank", found: "0",
            expected: "rank from 1 to 1000000"),
        Refused(
            "benefit.recorded", #"{"kind":"oldAgeBenefit","from":"2026-06-01","halfMonths":481}"#, .outOfRange,
            "data.halfMonths", found: "481", expected: "half-months from 0 to 480"),
        Refused(
            "class.amended", #"{"attendanceLimits":{"truancyPercent":101,"leavePercent":0},"reason":""}"#,
            .outOfRange, "data.attendanceLimits.truancyPercent", found: "101", expected: "percent from 0 to 100"),
    ]

    static let lists = [
        Refused(
            "class.scheduled", #"{"sessions":{}}"#, .wrongType, "data.sessions", found: "an object",
            expected: "an array"),
        Refused(
            "class.scheduled", #"{"sessions":["09:30"]}"#, .wrongType, "data.sessions[0]", found: "a string",
            expected: "an object"),
        Refused(
            "class.scheduled", #"{"sessions":[{"on":"2026-06-01","from":"09:30","too":"12:30"}]}"#, .unknownField,
            "data.sessions[0].too", suggestion: "to"),
        Refused(
            "identity.certified",
            #"{"category":"disabled","validFrom":"2026-06-01","documents":["idCard",{"code":"idCard","issuedon":"2026-01-01"}]}"#,
            .unknownField, "data.documents[1].issuedon", expected: "code, issuedOn", suggestion: "issuedOn"),
        Refused(
            "identity.certified", #"{"category":"disabled","validFrom":"2026-06-01","documents":["idcard"]}"#,
            .invalidValue, "data.documents[0]", found: "\"idcard\"", suggestion: "idCard"),
        Refused(
            "unit.amended", #"{"registeredTrades":["烘焙",""],"reason":""}"#, .outOfRange,
            "data.registeredTrades[1]", found: "0 bytes", expected: "1 to 500 bytes"),
        Refused(
            "trainee.erased", #"{"on":"2036-01-01","legalBasis":"","approvedBy":["a"]}"#, .outOfRange,
            "data.approvedBy", found: "1 approvers", expected: "two different names or roles"),
        Refused(
            "trainee.erased", #"{"on":"2036-01-01","legalBasis":"","approvedBy":["a","a"]}"#, .outOfRange,
            "data.approvedBy", found: "2 approvers"),
        Refused(
            "trainee.erased", #"{"on":"2036-01-01","legalBasis":"","approvedBy":["a",""]}"#, .outOfRange,
            "data.approvedBy", found: "2 approvers"),
    ]

    static let rules = [
        Refused(
            "class.scheduled",
            #"{"sessions":[{"on":"2026-06-01","from":"09:30","to":"12:30"},{"on":"2026-06-01","from":"08:30","to":"09:31"}]}"#,
            .outOfRange, "data.sessions[0].from", found: "09:30",
            expected: "a time from 09:31 on, when sessions[1] ends"),
        Refused(
            "class.scheduled", #"{"sessions":[{"on":"2026-06-01","from":"09:30","to":"09:30"}]}"#, .outOfRange,
            "data.sessions[0].to", found: "09:30", expected: "a time after 09:30"),
        Refused(
            "leave.requested",
            #"{"class":"C-1","request":"L","on":"2026-06-01","from":"10:00","to":"09:59","minutes":60,"kind":"sick"}"#,
            .outOfRange, "data.to", found: "09:59", expected: "a time after 10:00"),
        Refused(
            "work.reported", #"{"kind":"employed","from":"2026-06-02","to":"2026-06-01"}"#, .outOfRange, "data.to",
            found: "2026-06-01", expected: "a day from 2026-06-02 on"),
        Refused(
            "insurance.verified",
            #"{"asOf":"2026-06-01","method":"system","spells":[{"scheme":"labour","from":"2026-01-02","to":"2026-01-01"}]}"#,
            .outOfRange, "data.spells[0].to", found: "2026-01-01", expected: "a day from 2026-01-02 on"),
        Refused(
            "identity.certified",
            #"{"category":"disabled","validFrom":"2026-06-02","validTo":"2026-06-01","documents":[]}"#, .outOfRange,
            "data.validTo", found: "2026-06-01"),
        Refused(
            "unit.amended",
            #"{"ttqs":{"edition":"external","grade":"g","validFrom":"2026-06-02","validTo":"2026-06-01"},"reason":""}"#,
            .outOfRange, "data.ttqs.validTo", found: "2026-06-01"),
        Refused(
            "class.approved",
            #"{"programme":"preEmployment","courseName":"C","unit":"U-1","county":"c","fee":0,"seats":0,"startsOn":"2026-01-02","endsOn":"2026-01-01","selection":"interview"}"#,
            .outOfRange, "data.endsOn", found: "2026-01-01", expected: "a day from 2026-01-02 on"),
        Refused("rulebook.adopted", #"{"digest":"sha256:12","from":"2026-01-01"}"#, .invalidValue, "data.digest"),
        Refused(
            "rulebook.adopted",
            "{\"digest\":\"\(String(repeating: "A", count: 64))\",\"from\":\"2026-01-01\"}", .invalidValue,
            "data.digest"),
        // Twenty full-width digits and four others have 64 bytes too.
        Refused(
            "rulebook.adopted",
            "{\"digest\":\"\(String(repeating: "１", count: 20))1111\",\"from\":\"2026-01-01\"}", .invalidValue,
            "data.digest"),
        Refused(
            "event.retracted", #"{"retractsSource":"s","retractsId":"nothing","reason":""}"#, .unknownReference,
            "data.retractsId", found: "\"nothing\"", expected: "the source and id of an event in the ledger"),
    ]
}
