package import Explanations
import TrainingEvents

/// What a spreadsheet lists, a row each.
package enum SpreadsheetKind: String, CaseIterable, Sendable {
    /// Applications (報名): `application.submitted`.
    case applications
    /// Minutes present (出席): `attendance.recorded`. A row a trainee and day, or a row a trainee with a column a day.
    case attendance
    /// Marks of the selection (甄試成績): `selection.scored`.
    case selectionScores = "selection-scores"
    /// What the insurer found (投保勾稽結果): `insurance.verified`. A row a spell; the rows of a trainee and day are one
    /// verification.
    case insuranceResults = "insurance-results"
    /// Requests for leave (請假), with what was decided: `leave.requested`, `leave.approved`, `leave.rejected`.
    case leaveRequests = "leave-requests"

    /// The source of the events that rows become.
    package var source: String { "/trainledger/csv/\(rawValue)" }

    /// The columns, in the order of the template. Others are refused.
    package var columns: [SheetColumn] {
        switch self {
        case .applications:
            [
                .trainee, .class,
                SheetColumn("at", ["報名時間"], .instant, isRequired: true, example: "115-06-01 12:05"),
                SheetColumn("employer", ["投保單位", "雇主"], .text, example: ""),
                SheetColumn("identityClaimed", ["報名身分"], .code(Category.codes.all)),
                SheetColumn("specialProject", ["專案報名"], .flag, example: "否"),
                SheetColumn("documents", ["文件"], .list, example: "applicationForm;idCard"),
            ]
        case .attendance:
            [
                .trainee, .class, .day,
                SheetColumn("presentMinutes", ["出席分鐘"], .number, isRequired: true, example: "180"),
            ]
        case .selectionScores:
            [
                .trainee, .class, SheetColumn("on", ["甄試日期", "日期"], .day, isRequired: true, example: "115-06-08"),
                SheetColumn("written", ["筆試"], .number, example: "80"),
                SheetColumn("oral", ["口試"], .number, example: "75"),
                SheetColumn("interview", ["面試"], .number),
                SheetColumn("minutesLate", ["遲到分鐘"], .number, example: "0"),
            ]
        case .insuranceResults:
            [
                .trainee, SheetColumn("asOf", ["查核日"], .day, isRequired: true, example: "115-07-01"),
                SheetColumn("method", ["查核方式"], .code(VerificationMethod.codes.all), example: "系統勾稽"),
                SheetColumn("scheme", ["保險別", "保險"], .code(InsuranceScheme.codes.all), example: "勞工保險"),
                SheetColumn("from", ["加保日"], .day, example: "113-02-01"),
                SheetColumn("to", ["退保日"], .day), SheetColumn("mark", ["註記"], .code(InsuranceMark.codes.all)),
                SheetColumn("employer", ["投保單位", "雇主"], .text),
                SheetColumn("insuredSalary", ["投保薪資"], .number, example: "45800"),
            ]
        case .leaveRequests:
            [
                .trainee, .class, SheetColumn("request", ["假單編號", "假單"], .text, example: ""), .day,
                SheetColumn("from", ["起時"], .timeOfDay, example: "18:30"),
                SheetColumn("to", ["迄時"], .timeOfDay, example: "20:00"),
                SheetColumn("minutes", ["分鐘"], .number, isRequired: true, example: "90"),
                SheetColumn("kind", ["假別"], .code(LeaveKind.codes.all), isRequired: true, example: "事假"),
                SheetColumn(
                    "decision", ["准駁"], .word(["approved": "准假", "rejected": "不准假"]), example: "准假"),
            ]
        }
    }

    /// The header and a line of an example, as a file of comma-separated values.
    package func template(_ language: Language, marksUTF8: Bool) -> [UInt8] {
        var bytes = marksUTF8 ? CSVText.mark : []
        CSVText.append(columns.map { .text($0.header(language)) }, to: &bytes)
        CSVText.append(columns.map { $0.example.isEmpty ? .absent : .text($0.example) }, to: &bytes)
        return bytes
    }
}

extension SheetColumn {
    static let trainee = SheetColumn("trainee", ["學員編號", "學員"], .text, isRequired: true, example: "T-1001")
    /// May be left out where the whole file is about one class.
    static let `class` = SheetColumn("class", ["班次編號", "班次"], .text, example: "NTPC-115-COFFEE-2")
    static let day = SheetColumn("on", ["日期"], .day, isRequired: true, example: "115-07-06")
}
