extension EventExample {
    static let enrolments = [
        EventExample(
            "application.submitted", "T-1001",
            full: """
                {"class":"C-1","at":"2026-05-01T12:00:00.000001+08:00","employer":"大同公司","identityClaimed":"middleAged",
                "specialProject":false,"documents":["applicationForm",{"code":"idCard","issuedOn":"1970-01-01"}]}
                """,
            minimal: #"{"class":"C-0","at":"1970-01-01T08:00:00+08:00"}"#),
        EventExample(
            "application.withdrawn", "T-1001", full: #"{"class":"C-1","on":"2026-05-28","reason":"家庭因素"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "application.refused", "T-1001", full: #"{"class":"C-1","on":"2026-05-28","reason":"資料不全"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "selection.scored", "T-1001",
            full: #"{"class":"C-1","written":0,"oral":100,"interview":60,"minutesLate":15}"#,
            minimal: #"{"class":"C-0"}"#),
        EventExample(
            "enrolment.admitted", "T-1001", full: #"{"class":"C-1","seat":"alternate","rank":3}"#,
            minimal: #"{"class":"C-0","seat":"subsidised"}"#),
        EventExample(
            "fee.paid", "T-1001",
            full: #"{"class":"C-1","amount":3052,"on":"2026-05-20","requestedOn":"2026-05-19"}"#,
            minimal: #"{"class":"C-0","amount":0,"on":"1970-01-01"}"#),
        EventExample(
            "fee.refunded", "T-1001",
            full: #"{"class":"C-1","amount":3052,"on":"2026-05-31","requestedOn":"1970-01-01"}"#,
            minimal: #"{"class":"C-0","amount":0,"on":"1970-01-01"}"#),
        EventExample(
            "enrolment.started", "T-1001", full: #"{"class":"C-1","on":"2026-06-01"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "enrolment.forfeited", "T-1001", full: #"{"class":"C-1","on":"2026-06-01","reason":"未報到"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "enrolment.withdrawn", "T-1001",
            full: #"{"class":"C-1","on":"2026-06-09","reason":"illness","adaptationPeriod":true}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01","reason":"employment"}"#),
        EventExample(
            "enrolment.expelled", "T-1001", full: #"{"class":"C-1","on":"2026-06-20","reason":"conduct"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01","reason":"truancy"}"#),
        EventExample(
            "enrolment.completed", "T-1001", full: #"{"class":"C-1","on":"2026-07-14","certificate":true}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01","certificate":false}"#),
        EventExample(
            "survey.submitted", "T-1001", full: #"{"class":"C-1","on":"2026-07-14"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "inspection.evaded", "T-1001", full: #"{"class":"C-1","on":"2026-06-10"}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01"}"#),
    ]

    static let attendance = [
        EventExample(
            "leave.requested", "T-1001",
            full: """
                {"class":"C-1","request":"L-1","on":"2026-06-09","from":"09:00","to":"24:00","minutes":1440,
                "kind":"bereavement"}
                """,
            minimal: #"{"class":"C-0","request":"L","on":"1970-01-01","minutes":0,"kind":"personal"}"#),
        EventExample(
            "leave.approved", "T-1001", full: #"{"class":"C-1","request":"請假-1"}"#,
            minimal: #"{"class":"C-0","request":"L"}"#),
        EventExample(
            "leave.rejected", "T-1001", full: #"{"class":"C-1","request":"L-1"}"#,
            minimal: #"{"class":"C-0","request":"L"}"#),
        EventExample(
            "attendance.recorded", "T-1001", full: #"{"class":"C-1","on":"2026-06-09","presentMinutes":180}"#,
            minimal: #"{"class":"C-0","on":"1970-01-01","presentMinutes":0}"#),
    ]

    static let money = [
        EventExample(
            "allowance.applied", "T-1001",
            full: """
                {"kind":"learningReward","class":"C-1","on":"2026-06-01","category":"youthNotInSchoolOrWork",
                "documents":["bankBook"]}
                """,
            minimal: #"{"kind":"tuitionSubsidy","class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "payout.made", "T-1001",
            full: """
                {"payout":"P-1","kind":"livingAllowance","class":"C-1","amount":17280,"on":"2026-07-20","halfMonths":2,
                "from":"2026-06-01","to":"2026-06-30","payee":"trainee"}
                """,
            minimal: #"{"payout":"P","kind":"tuitionSubsidy","class":"C-0","amount":0,"on":"1970-01-01"}"#),
        EventExample(
            "payout.revoked", "T-1001",
            full: #"{"payout":"P-1","amount":17280,"on":"2026-09-01","reason":"falseClaim","repayBy":"2026-10-01"}"#,
            minimal: #"{"payout":"P","amount":0,"on":"1970-01-01","reason":"returned"}"#),
        EventExample(
            "repayment.received", "T-1001", full: #"{"payout":"P-1","amount":5000,"on":"2026-09-15"}"#,
            minimal: #"{"payout":"P","amount":0,"on":"1970-01-01"}"#),
        EventExample(
            "enforcement.referred", "T-1001", full: #"{"payout":"P-1","on":"2026-11-01"}"#,
            minimal: #"{"payout":"P","on":"1970-01-01"}"#),
        EventExample(
            "appeal.filed", "T-1001",
            full:
                #"{"appeal":"AP-1","kind":"tuitionSubsidy","class":"C-1","on":"2026-09-01","outcome":"—","note":"補充"}"#,
            minimal: #"{"appeal":"A","kind":"registration","class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "appeal.decided", "T-1001",
            full: #"{"appeal":"AP-1","kind":"attendance","class":"C-1","on":"2026-12-01","outcome":"駁回","note":"n"}"#,
            minimal: #"{"appeal":"A","kind":"admission","class":"C-0","on":"1970-01-01"}"#),
        EventExample(
            "decision.issued", "T-1001",
            full: """
                {"kind":"livingAllowance","class":"C-1","on":"2026-07-01","outcome":"reduced","amount":0,
                "rulebook":"base","atSequence":9007199254740992}
                """,
            minimal: """
                {"kind":"feeShare","class":"C-0","on":"1970-01-01","outcome":"granted","rulebook":"b","atSequence":0}
                """),
    ]

    static let ledger = [
        EventExample(
            "rulebook.adopted", "cap-2025",
            full: """
                {"digest":"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","from":"2026-01-01",
                "note":"公告"}
                """,
            minimal: """
                {"digest":"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff","from":"1970-01-01"}
                """),
        EventExample(
            "event.retracted", "T-1001",
            full: #"{"retractsSource":"/units/ntpc","retractsId":"late","reason":"登錄錯誤"}"#,
            minimal: #"{"retractsSource":"s","retractsId":"first","reason":""}"#),
    ]
}
