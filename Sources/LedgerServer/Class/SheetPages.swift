import Access
import Explanations
import HTTPTypes
import Hummingbird
import Ledger
import Spreadsheets
import Synchronization
import TrainingEvents

/// A spreadsheet that came in.
struct Sheet: Sendable {
    let bytes: [UInt8]
    let kind: SpreadsheetKind
    let classID: String
}

/// Tries a spreadsheet at the ledger's door, and records it.
struct SheetRecording: Sendable {
    let desk: Desk
    let metrics: ServerMetrics

    /// Written within the recorder's turn, read after it.
    private final class Outcome: Sendable {
        let value = Mutex<SpreadsheetImport?>(nil)
    }

    /// - Parameter keeps: whether to record it if nothing is wrong; else it is only tried.
    func run(_ sheet: Sheet, keeps: Bool, _ context: LedgerRequestContext) async throws -> SpreadsheetImport {
        let outcome = Outcome()
        _ = try await desk.record(context) { recorder, request throws(EventRecorder.Failure) in
            try recorder.record(for: request) { writer throws(LedgerError) in
                let tried = try SpreadsheetImport(
                    sheet.bytes, as: sheet.kind, classID: sheet.classID, into: writer, keepsGoing: false, records: keeps
                )
                outcome.value.withLock { $0 = tried }
                return tried.isRecorded
            }
        }
        guard let tried = outcome.value.withLock({ $0 }) else { throw HTTPError(.internalServerError) }
        if tried.isRecorded { metrics.countRecorded(tried.appended, duplicates: tried.duplicates) }
        return tried
    }
}

/// Spreadsheets into the ledger: paste, see what each row is, confirm.
struct SheetPages: Sendable {
    let desk: Desk
    let site: Site
    let metrics: ServerMetrics

    /// Bytes of a pasted spreadsheet at most, as a form carries it.
    private static let limit = 1 << 20

    func form(_ request: Request, _ context: LedgerRequestContext) throws -> Response {
        guard let kind = SpreadsheetKind(rawValue: try context.id("kind")) else { throw HTTPError(.notFound) }
        return page(kind, try context.id("class"), [:], context)
    }

    /// The template of a kind, to be opened by a spreadsheet program.
    func template(_ request: Request, _ context: LedgerRequestContext) throws -> Response {
        guard let kind = SpreadsheetKind(rawValue: try context.id("kind")) else { throw HTTPError(.notFound) }
        var bytes = CSVText.mark
        CSVText.append(kind.columns.map { .text($0.header(context.language)) }, to: &bytes)
        return Self.download(bytes, named: "\(kind.rawValue).csv")
    }

    static func download(_ bytes: [UInt8], named name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    func take(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let form = try await Forms.checked(request, context, limit: Self.limit)
        guard let kind = SpreadsheetKind(rawValue: try context.id("kind")) else { throw HTTPError(.notFound) }
        let classID = try context.id("class")
        let sheet = Sheet(bytes: Array(form["text"].utf8), kind: kind, classID: classID)
        let isConfirmed = form["step"] == "record"
        let outcome = try await SheetRecording(desk: desk, metrics: metrics).run(sheet, keeps: isConfirmed, context)
        let language = context.language
        let counts = Words(
            "新 \(outcome.appended) 筆，已登錄 \(outcome.duplicates) 筆，錯誤 \(outcome.faultCount) 項",
            "\(outcome.appended) new, \(outcome.duplicates) known already, \(outcome.faultCount) wrong")
        return page(
            kind, classID,
            [
                "text": form["text"], "counts": counts(language), "isTried": true, "isRecorded": outcome.isRecorded,
                "isRight": outcome.faultCount == 0 && !outcome.isRecorded,
                "faults": outcome.faults.map { fault in
                    [
                        "line": "\(fault.line)", "column": fault.column.isEmpty ? "–" : fault.column,
                        "why": Terms.reason(fault, language),
                    ]
                },
            ], context, status: outcome.faultCount == 0 ? .ok : .unprocessableContent)
    }

    private func page(
        _ kind: SpreadsheetKind, _ classID: String, _ values: [String: Any], _ context: LedgerRequestContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let path = "/classes/\(PathText.encoded(classID))"
        let own: [String: Any] = [
            "path": "\(path)/sheets/\(kind.rawValue)", "here": "\(path)/sheets/\(kind.rawValue)", "back": path,
            "columns": kind.columns.map { column in
                ["name": column.name, "also": column.chinese.joined(separator: "、"), "isRequired": column.isRequired]
                    as [String: Any]
            },
        ]
        return site.page(
            "sheet", title: "\(classID) · \(kind.title(context.language))", own.merging(values) { $1 }, context,
            status: status)
    }
}

extension SpreadsheetKind {
    /// What a person calls it.
    func title(_ language: Language) -> String {
        let words =
            switch self {
            case .applications: Words("報名", "applications")
            case .attendance: Words("出席", "attendance")
            case .selectionScores: Words("甄試成績", "marks of the selection")
            case .insuranceResults: Words("投保勾稽結果", "insurance results")
            case .leaveRequests: Words("請假", "leave requests")
            }
        return words(language)
    }
}
