import Access
import CivilTime
import Decisions
import Explanations
import Histories
import HTTPTypes
import Hummingbird
import Ledger
import Rulebook
import Spreadsheets
import TrainingEvents

/// The pages about one class: roster and findings, attendance for a day, decisions on leave.
struct ClassPages: Sendable {
    let desk: Desk
    let site: Site
    let metrics: ServerMetrics

    /// Bytes of a form at most: a day of a class of some hundred.
    private static let formLimit = 128 << 10

    func show(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let day = try AnswersAPI.day(query["day"])
        return try await page(try context.id("class"), on: day, nil, context)
    }

    private func page(
        _ classID: String, on day: CivilDate?, _ message: String?, _ context: LedgerRequestContext,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let style = context.style
        let roster = try await desk.read(.readRoster, of: .class(classID), context) { reader throws(LedgerError) in
            let point = try reader.resolve(.head)
            let list = try RosterList(of: classID, reader, try reader.histories(at: point), at: point)
            return PageValues(ClassPage(list, classID, on: day, style).values)
        }
        var values = roster.values
        values["findings"] = try await findings(classID, context).values["rows"]
        values["notice"] = message
        values["here"] = "/classes/\(PathText.encoded(classID))" + (day.map { "?day=\($0)" } ?? "")
        values["mayRecord"] = try site.rights(context).mayDo(.recordEvents)
        values["maySettle"] = try site.rights(context).mayDo(.settleClass)
        values["sheets"] = SpreadsheetKind.allCases.map { ["kind": $0.rawValue, "name": $0.title(context.language)] }
        return site.page("class", title: classID, values, context, status: status)
    }

    private func findings(_ classID: String, _ context: LedgerRequestContext) async throws -> PageValues {
        let (style, basis) = (context.style, AnswersAPI.Basis(FormFields(""), ledger: desk.options.ledger))
        return try await desk.read(.decide, of: .class(classID), context) { reader throws(LedgerError) in
            let point = try reader.resolve(.head)
            let histories = try reader.histories(at: point)
            let number = try histories.number(ofClass: classID)
            let book = try basis.book(histories)
            let engine = DecisionEngine(histories: histories, rulebook: book)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            return PageValues(["rows": try ClassFindings(number, engine, histories, context, style).rows()])
        }
    }

    /// Records the attendance of one day: the rows that were filled in and say something else than the ledger holds,
    /// whichever source it has it from.
    func recordAttendance(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let form = try await Forms.checked(request, context, limit: Self.formLimit)
        let classID = try context.id("class")
        guard let day = CivilDate(form["day"]) else { throw HTTPError(.badRequest) }
        let (trainees, minutes) = (form.all("trainee"), form.all("minutes"))
        guard trainees.count == minutes.count else { throw HTTPError(.badRequest) }
        var bytes: [UInt8] = []
        CSVText.append(["trainee", "class", "on", "presentMinutes"].map { .text($0) }, to: &bytes)
        let known = try await minutesHeld(of: classID, on: day, context)
        let rows = zip(trainees, minutes).filter { !$1.isEmpty }
        let filled = rows.filter { trainee, minutes in known[trainee].map { $0 != Int64(minutes) } ?? true }
        for (trainee, minutes) in filled {
            CSVText.append([.text(trainee), .text(classID), .text("\(day)"), .text(minutes)], to: &bytes)
        }
        let sheet = Sheet(bytes: bytes, kind: .attendance, classID: classID)
        let outcome = try await SheetRecording(desk: desk, metrics: metrics).run(sheet, keeps: true, context)
        let language = context.language
        guard outcome.faultCount == 0 else {
            let faults = outcome.faults.map { fault in
                // The first line is the header.
                let trainee = filled.indices.contains(fault.line - 2) ? filled[fault.line - 2].0 : ""
                return "\(trainee) \(Terms.reason(fault, language))"
            }
            let message = Words("未登錄：", "nothing was recorded: ")(language) + faults.joined(separator: "；")
            return try await page(classID, on: day, message, context, status: .unprocessableContent)
        }
        let unchanged = outcome.duplicates + rows.count - filled.count
        let message = Words(
            "\(context.style.show(day))：新增 \(outcome.appended) 筆，已登錄 \(unchanged) 筆",
            "\(context.style.show(day)): \(outcome.appended) recorded, \(unchanged) known already")
        return try await page(classID, on: form["next"] == "1" ? nil : day, message(language), context)
    }

    /// The minutes that the ledger holds for a day of a class, by trainee.
    private func minutesHeld(
        of classID: String, on day: CivilDate, _ context: LedgerRequestContext
    ) async throws -> [String: Int64] {
        try await desk.read(.readRoster, of: .class(classID), context) { reader throws(LedgerError) in
            let point = try reader.resolve(.head)
            let roster = try RosterList(of: classID, reader, try reader.histories(at: point), at: point)
            return roster.entries.reduce(into: [:]) { held, entry in
                held[entry.trainee] = entry.enrolment.attendance.record(on: day).map { Int64($0.minutesPresent) }
            }
        }
    }

    /// Records a decision on a request for leave.
    func decideLeave(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let form = try await Forms.checked(request, context)
        let classID = try context.id("class")
        let types = ["approve": EventType.leaveApproved, "reject": .leaveRejected]
        guard let type = types[form["decision"]] else { throw HTTPError(.badRequest) }
        let (trainee, leave, now) = (form["trainee"], form["request"], desk.now())
        // The same click twice is the same event: what was decided of which request.
        let json = JSONValue.members([
            "specversion": .string("1.0"), "source": .string("/trainledger/pages/leave"),
            "id": .string(SheetEvent.digest(["leave", classID, trainee, leave, type.name])),
            "type": .string(type.name), "subject": .string(trainee),
            "time": .string("\(now.taipeiDate)T00:00:00+08:00"),
            "data": .members(["class": .string(classID), "request": .string(leave)]),
        ])
        let recorded = try await desk.record(context) { recorder, request throws(EventRecorder.Failure) in
            let draft: EventDraft
            do throws(EventError) { draft = try EventDraft(json: json) } catch { throw .refused(index: 0, error) }
            return try recorder.record([draft], for: request)
        }
        metrics.countRecorded(recorded.admissions)
        return .redirect(to: "/classes/\(PathText.encoded(classID))#leave", type: .normal)
    }
}
