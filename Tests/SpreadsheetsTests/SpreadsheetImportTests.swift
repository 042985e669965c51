import Explanations
import Testing

@testable import Spreadsheets

@Suite("A spreadsheet becomes events")
struct SpreadsheetImportTests {
    private static func faults(_ result: SpreadsheetImport) -> [String] {
        result.faults.map { "\($0.line) \($0.column) \($0.code)" }
    }

    @Test("once: the same file again adds nothing, a corrected row one event, and the first value again one more")
    func corrections() throws {
        try SpreadsheetFixture.with { fixture in
            try fixture.start()
            let before = try fixture.head
            func read(_ minutes: Int) throws -> SpreadsheetImport {
                try fixture.read(
                    "學員編號,日期,出席分鐘\nT-1,115-07-06,\(minutes)\nT-2,2026-07-06,170\n", as: .attendance)
            }
            for (minutes, new) in [(180, 2), (180, 0), (120, 1), (120, 0), (180, 1), (180, 0)] {
                let result = try read(minutes)
                #expect(result.faults.isEmpty, "\(result.faults)")
                #expect(result.appended == new)
                #expect(result.duplicates == 2 - new)
            }
            #expect(try fixture.head == before + 4)
            #expect(
                try fixture.last(1)
                    == [#"attendance.recorded T-1 {"class":"C-1","on":"2026-07-06","presentMinutes":180}"#])
        }
    }

    @Test("of attendance may have a column a day, empty fields saying nothing; both forms are one")
    func days() throws {
        try SpreadsheetFixture.with { fixture in
            try fixture.start()
            let sheet = "trainee,115/7/6,2026/7/7\r\nT-1,180,\r\nT-2,170,0\r\n"
            #expect(try fixture.read(sheet, as: .attendance).appended == 3)
            let long = "trainee,on,presentMinutes\nT-2,115-07-07,0\nT-1,115-07-06,180\n"
            let again = try fixture.read(long, as: .attendance)
            #expect(again.appended == 0)
            #expect(again.duplicates == 2)
            let wrong = try fixture.read("trainee,115/7/6,2026/7/7\nT-1,1x,5\nT-2,,1441\n", as: .attendance)
            #expect(Self.faults(wrong) == ["2 115/7/6 invalidValue", "3 2026/7/7 outOfRange"])
        }
    }

    @Test("all of it or nothing: every wrong row is named with its column, and nothing is recorded")
    func allOrNothing() throws {
        try SpreadsheetFixture.with { fixture in
            try fixture.start()
            let before = try fixture.head
            let sheet = """
                學員編號,日期,出席分鐘
                T-1,115-07-06,180
                T-9,115-07-06,180
                T-2,115-02-30,180
                T-2,,
                T-3,115-07-06,180
                A123456789,115-07-06,1.5
                T-1,2026-07-06,170
                """
            let expected = [
                "3 學員編號 unknownReference", "4 日期 invalidValue", "5 出席分鐘 missingField", "5 日期 missingField",
                "6  stepNotAllowed", "7 出席分鐘 invalidValue", "8  repeatedRow",
            ]
            let dry = try fixture.read(sheet, as: .attendance, isDryRun: true)
            #expect(Self.faults(dry) == expected)
            let result = try fixture.read(sheet, as: .attendance)
            #expect(Self.faults(result) == expected)
            #expect(!result.isRecorded)
            #expect(try fixture.head == before)
            #expect(result.head == before)
            // The rows that are right, if that is asked for.
            let going = try fixture.read(sheet, as: .attendance, keepsGoing: true)
            #expect(going.isRecorded)
            #expect(going.appended == 1)
            #expect(try fixture.head == before + 1)
        }
    }

    @Test("has a header of known columns, each once, in Chinese or English")
    func headers() throws {
        try SpreadsheetFixture.with { fixture in
            func code(_ text: String, class classID: String? = "C-1") throws -> [String] {
                Self.faults(try fixture.read(text, as: .attendance, class: classID))
            }
            #expect(try code("") == ["1  headerMissing"])
            #expect(try code("學員編號,日期,出席\n") == ["1 出席 unknownColumn"])
            #expect(try code("trainee,on\n") == ["1 出席分鐘 missingColumn"])
            #expect(try code("trainee,on,presentMinutes\n", class: nil) == ["1 班次編號 missingColumn"])
            #expect(try code("trainee,學員,on,presentMinutes\n") == ["1 學員 duplicateColumn"])
            #expect(try code("trainee,115-07-06,2026-07-06\n") == ["1 2026-07-06 duplicateColumn"])
            #expect(try code("trainee,on,presentMinutes\nT-1,115-07-06,1,2\n") == ["2  fieldCount"])
            #expect(try code("trainee,class,on,presentMinutes\nT-1,C-2,115-07-06,1\n") == ["2 class invalidValue"])
            let misspelt = try fixture.read("trainee,on,presentMinuts\n", as: .attendance)
            #expect(misspelt.faults.first?.suggestion == "presentMinutes")
        }
    }

    @Test("of leave brings the request and what was decided; another decision later is one event more")
    func leave() throws {
        try SpreadsheetFixture.with { fixture in
            try fixture.start()
            func read(_ minutes: Int, _ decision: String) throws -> SpreadsheetImport {
                try fixture.read(
                    "學員編號,日期,起時,迄時,分鐘,假別,准駁\nT-1,115/7/6,9:30,11:00,\(minutes),事假,\(decision)\n",
                    as: .leaveRequests)
            }
            #expect(try read(90, "").appended == 1)
            #expect(try read(90, "准假").appended == 1)
            #expect(try read(90, "准假").appended == 0)
            #expect(try read(90, "不准假").appended == 1)
            #expect(try fixture.last(1).first?.hasPrefix("leave.rejected T-1") == true)
            // Another length of the same request contradicts it.
            #expect(Self.faults(try read(60, "不准假")).map { $0.hasSuffix("conflict") } == [true])
        }
    }

    @Test("of insurance makes one verification of a trainee's rows, whatever their order")
    func insurance() throws {
        try SpreadsheetFixture.with { fixture in
            let header = "學員編號,查核日,查核方式,保險別,加保日,退保日,投保薪資\n"
            let first = "T-1,115-07-06,系統勾稽,勞工保險,105-02-01,,45800\n"
            let second = "T-1,115-07-06,系統勾稽,就業保險,105-02-01,110-01-31,\n"
            let none = "T-2,115-07-06,,,,,\n"
            let result = try fixture.read(header + first + second + none, as: .insuranceResults, class: nil)
            #expect(result.faults.isEmpty, "\(result.faults)")
            #expect(result.appended == 2)
            #expect(try fixture.last(1).first?.contains(#""spells":[]"#) == true)
            let again = try fixture.read(header + none + second + first, as: .insuranceResults, class: nil)
            #expect(again.appended == 0)
            // A spell that is wrong takes the whole verification with it, and is named by its own row.
            let wrong = header + first + "T-1,115-07-06,系統勾稽,勞工保險,110-02-01,109-01-31,\n" + none
            let refused = try fixture.read(wrong, as: .insuranceResults, class: nil, keepsGoing: true)
            #expect(Self.faults(refused) == ["3 退保日 outOfRange"])
            #expect(refused.appended == 0)
            let unread = header + first + "T-1,115-07-06,系統勾稽,勞保局,110-02-01,,\n"
            let poisoned = try fixture.read(unread, as: .insuranceResults, class: nil, keepsGoing: true)
            #expect(Self.faults(poisoned) == ["3 保險別 invalidValue"])
            #expect(poisoned.appended == 0)
        }
    }

    @Test("of applications and marks, with times and codes as people type them")
    func applications() throws {
        try SpreadsheetFixture.with { fixture in
            let sheet = """
                trainee,at,identityClaimed,specialProject,documents
                T-3,115/6/2 9:05,中高齡,否,applicationForm;idCard
                """
            let result = try fixture.read(sheet, as: .applications)
            #expect(result.faults.isEmpty, "\(result.faults)")
            let event = try fixture.last(1).first ?? ""
            #expect(event.contains(#""at":"2026-06-02T09:05:00+08:00""#) && event.contains("middleAged"), "\(event)")
            #expect(try fixture.read(sheet, as: .applications).duplicates == 1)
            let scores = "學員編號,甄試日期,筆試,口試\nT-3,115-06-08,80,101\n"
            #expect(Self.faults(try fixture.read(scores, as: .selectionScores)) == ["2 口試 outOfRange"])
            #expect(
                try fixture.read("學員編號,甄試日期,筆試,口試\nT-3,115-06-08,80,75\n", as: .selectionScores).appended == 1)
            #expect(
                try fixture.read("學員編號,甄試日期,筆試,口試\nT-3,115-06-08,80,76\n", as: .selectionScores).appended == 1)
        }
    }

    @Test("whose template is taken by its own kind", arguments: SpreadsheetKind.allCases)
    func templates(kind: SpreadsheetKind) {
        for language in [Language.chinese, .english] {
            let reading = SheetReading(kind, classID: nil, kind.template(language, marksUTF8: true))
            #expect(reading.faults.isEmpty, "\(reading.faults)")
            #expect(reading.rows.count == 1)
        }
    }
}
