import Rulebook
import CivilTime
import Decisions
import Explanations
import Histories
import Ledger
import TrainingEvents

/// What a clerk sees of one class: the roster, the days to enter, leave that waits, and what to look into.
struct ClassPage {
    private let roster: RosterList
    private let classID: String
    private let style: ReadingStyle
    /// The day whose attendance is shown for entry.
    private let day: CivilDate?

    /// - Parameters:
    ///   - asked: the day that was asked for; else the first day that somebody's attendance is missing for.
    init(_ roster: RosterList, _ classID: String, on asked: CivilDate?, _ style: ReadingStyle) {
        self.roster = roster
        self.classID = classID
        self.style = style
        let days = roster.classHistory.daySchedules.map(\.on)
        let joined = roster.entries.filter { $0.enrolment.started != nil }
        day =
            asked.flatMap { asked in days.first { $0 == asked } }
            ?? days.first { day in joined.contains { Self.isExpected($0, on: day) && Self.record($0, on: day) == nil } }
            ?? days.last
    }

    private var language: Language { style.language }
    private var history: ClassHistory { roster.classHistory }

    /// Whether somebody had joined by a day, and had not left.
    static func isExpected(_ entry: RosterList.Entry, on day: CivilDate) -> Bool {
        guard let started = entry.enrolment.started, started.on <= day else { return false }
        return entry.enrolment.leavingDay.map { day < $0 } ?? true
    }

    private static func record(_ entry: RosterList.Entry, on day: CivilDate) -> Int64? {
        entry.enrolment.attendance.record(on: day).map { Int64($0.minutesPresent) }
    }

    var values: [String: Any] {
        let fields = history.fields
        let days = "\(style.show(history.startsOn)) – \(style.show(history.endsOn))"
        let seats = roster.entries.count { $0.standing == .started || $0.standing == .admitted }
        let alternates = roster.entries.count { $0.standing == .alternate }
        let about = Words(
            "\(days)，\(Terms.hours(history.minutesScheduled)) 小時，名額 \(fields.seats.map { "\($0)" } ?? "–")，"
                + "正取與在訓 \(seats)，備取 \(alternates)",
            "\(days), \(Terms.hours(history.minutesScheduled)) hours, \(fields.seats.map { "\($0)" } ?? "–") seats, "
                + "\(seats) admitted or in training, \(alternates) alternates")
        var values: [String: Any] = [
            "path": "/classes/\(PathText.encoded(classID))", "courseName": fields.courseName ?? classID,
            "about": about(language), "roster": roster.entries.map(row), "leave": waitingLeave,
            "days": history.daySchedules.map { schedule in
                [
                    "value": "\(schedule.on)", "text": style.show(schedule.on), "isChosen": schedule.on == day,
                    "minutes": "\(schedule.minutes)",
                ] as [String: Any]
            },
        ]
        if let day { values["entry"] = entry(on: day) }
        return values
    }

    private func row(_ entry: RosterList.Entry) -> [String: Any] {
        var row: [String: Any] = [
            "trainee": entry.trainee, "path": "/trainees/\(PathText.encoded(entry.trainee))",
            "name": style.show(entry.name), "standing": Terms.standing(entry.standing, language),
            "rank": entry.enrolment.admission?.rank.map { "\($0)" } ?? "–",
            "joined": entry.enrolment.started.map { style.show($0.on) } ?? "–",
        ]
        for name in ["present", "leave", "truancy", "unrecorded"] { row[name] = "" }
        guard let summary = entry.attendance else { return row }
        row["present"] = Terms.hours(summary.minutesPresent)
        row["leave"] = Terms.hours(summary.minutesLeave)
        row["truancy"] = Terms.hours(summary.minutesTruancy)
        row["unrecorded"] = Terms.hours(summary.minutesUnrecorded)
        return row
    }

    private func entry(on day: CivilDate) -> [String: Any] {
        let minutes = history.daySchedules.first { $0.on == day }?.minutes ?? 0
        let rows = roster.entries.filter { Self.isExpected($0, on: day) }.map { entry in
            let recorded = Self.record(entry, on: day)
            let leave = entry.enrolment.leaveRequests.filter { $0.on == day && $0.isApproved }.reduce(0) {
                $0 + $1.minutes
            }
            return [
                "trainee": entry.trainee, "name": style.show(entry.name), "minutes": recorded.map { "\($0)" } ?? "",
                "isRecorded": recorded != nil, "leave": leave > 0 ? "\(leave)" : "–",
            ] as [String: Any]
        }
        return [
            "day": "\(day)", "dayText": style.show(day), "minutes": "\(minutes)", "rows": rows,
            "hasRows": !rows.isEmpty,
        ]
    }

    /// Requests for leave without a decision.
    private var waitingLeave: [[String: Any]] {
        roster.entries.flatMap { entry in
            entry.enrolment.leaveRequests.filter { $0.decision == nil }.map { request in
                [
                    "trainee": entry.trainee, "name": style.show(entry.name), "request": request.request,
                    "day": style.show(request.on), "minutes": "\(request.minutes)",
                    "kind": Terms.code(request.kind.name, language),
                ] as [String: Any]
            }
        }
    }
}

/// What the clerk of a class has to look into: findings of decisions, whoever is over a limit of attendance, deadlines.
struct ClassFindings {
    private let engine: DecisionEngine
    private let histories: LedgerHistories
    private let context: AnswerContext
    private let number: ClassNumber
    private let style: ReadingStyle

    init(
        _ number: ClassNumber, _ engine: DecisionEngine, _ histories: LedgerHistories, _ context: AnswerContext,
        _ style: ReadingStyle
    ) {
        self.number = number
        self.engine = engine
        self.histories = histories
        self.context = context
        self.style = style
    }

    /// - Throws: `rulebook` where the rulebook gives no deadline.
    func rows() throws(LedgerError) -> [[String: Any]] {
        var rows: [[String: Any]] = []
        var seen: Set<[String]> = []
        for kind in DecisionEngine.kinds where kind != .admission {
            let question = EnrolmentQuestion(kind: kind, classNumber: number, traineeID: nil)
            for decision in question.decisions(histories, context.rulebook) where decision.outcome != .notApplicable {
                for reason in decision.reasons where isToLookInto(reason, decision) {
                    let trainee = context.registry.trainees.id(of: decision.trainee)
                    guard seen.insert([trainee, reason.clause]).inserted else { continue }
                    rows.append(row(reason, decision, trainee))
                }
            }
        }
        let overdue = try OverdueAnswer(engine, on: engine.asOfDay, context)
        for item in overdue.items where item.classNumber == number {
            let what = item.what == .close ? Words("逾期未辦理結訓", "not closed in time") : Words("逾期未撥款", "not paid in time")
            rows.append([
                "trainee": overdue.traineeID(item) ?? "–", "isPerson": false, "clause": "TIP-16",
                "title": what(style.language),
                "facts": Words("期限 \(style.show(item.dueBy))", "due by \(style.show(item.dueBy))")(style.language),
            ])
        }
        return rows
    }

    private func isToLookInto(_ reason: Reason, _ decision: Decision) -> Bool {
        if reason.isFinding {
            return reason.result != .met && reason.result != .notApplicable && raisesQuestion(reason)
        }
        return decision.kind == .attendance && reason.result == .failed
    }

    /// Findings that are told in any case are to be looked into only where they found something: an identity that its own
    /// facts contradict or leave open (LIV-13), a withdrawal that came too late (PRE-17).
    private func raisesQuestion(_ reason: Reason) -> Bool {
        let facts = JSONValue.object(reason.facts)
        switch reason.clause {
        case "LIV-13":
            guard case .array(let checks) = facts["checks"] else { return true }
            return checks.contains { check in
                ["contradictions", "questions"].contains { check[$0] != nil && check[$0] != .array([]) }
            }
        case "PRE-17": return facts["isLate"] != .bool(false)
        default: return true
        }
    }

    private func row(_ reason: Reason, _ decision: Decision, _ trainee: String) -> [String: Any] {
        let clause = context.rulebook.clause(reason.clause)
        let title = clause.map { style.language == .chinese ? $0.title.chinese : $0.title.english } ?? ""
        return [
            "trainee": trainee, "isPerson": true, "path": "/trainees/\(PathText.encoded(trainee))",
            "clause": reason.clause, "title": title,
            "facts": reason.facts.isEmpty ? "" : style.show(reason.facts),
        ]
    }
}
