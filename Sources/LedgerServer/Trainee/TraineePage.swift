import Access
import CivilTime
import Decisions
import Explanations
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// What a reviewer sees of one trainee: figures as pictures, decisions down to the clause and the event, and the
/// timeline with both clocks, all as the ledger knew it at one point.
struct TraineePage {
    /// What was asked for.
    struct Question: Sendable {
        let trainee: String
        /// A date, an instant or `@N`; empty for the head.
        let asOf: String
        /// A built-in rulebook; empty for the one adopted.
        let rulebook: String
        let style: ReadingStyle
        /// Whether whoever looks may open the audit page.
        let opensAudit: Bool
    }

    private let question: Question
    private let reader: LedgerReader
    private let ledger: String
    private let timeline: Ledger.Timeline
    private let histories: LedgerHistories
    private let context: AnswerContext
    private let person: PersonHistory
    private let engine: DecisionEngine
    private let reach: ClassReach

    /// Reads what the page shows, through one request for the trainee's timeline.
    ///
    /// - Throws: `access`, `unknown`, `asOf`, and what reading throws.
    init(_ question: Question, _ reader: LedgerReader, ledger: String) throws(LedgerError) {
        self.question = question
        self.reader = reader
        self.ledger = ledger
        let point = try reader.resolve(question.asOf.isEmpty ? .head : try AsOf(question.asOf))
        let chosen = question.rulebook.isEmpty ? nil : question.rulebook
        if let chosen, !BuiltInRulebooks.names.contains(chosen) { throw .noRulebook(chosen) }
        let (timeline, book) = try reader.timeline(of: question.trainee, at: point) {
            histories throws(LedgerError) in
            try RulebookChoice.resolve(chosen, adopted: histories.rulebooks, ledger: ledger)
        }
        self.timeline = timeline
        let (histories, members) = try reader.histories(of: question.trainee, at: point)
        self.histories = histories
        context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
        person = PersonHistory(joining: members.compactMap { histories.trainee($0) })
        engine = DecisionEngine(histories: histories, rulebook: book, for: members)
        reach = reader.reach(in: histories)
    }

    private var style: ReadingStyle { question.style }
    private var language: Language { style.language }

    /// What the template shows.
    func values() throws(LedgerError) -> [String: Any] {
        let path = "/trainees/\(PathText.encoded(question.trainee))"
        let chosen = question.rulebook
        let adopted = Words("帳本採用者", "the one adopted")(language)
        var values: [String: Any] = [
            "path": path, "asOf": question.asOf, "head": "\(reader.head)", "count": "\(context.point.eventCount)",
            "basis": context.basis(style),
            "rulebooks": ([("", adopted)] + BuiltInRulebooks.names.map { ($0, $0) }).map { id, name in
                ["id": id, "name": name, "isChosen": id == chosen] as [String: Any]
            },
            "classes": attendance, "entries": entries,
        ]
        values.merge(try decisions(path)) { $1 }
        values["quota"] = quota
        values["allowance"] = allowance
        return values
    }

    private func classID(_ number: ClassNumber) -> String { histories.registry.classes.id(of: number) }

    private var quota: [String: Any]? {
        guard let balance = engine.quotaBalance(of: person, on: engine.asOfDay) else { return nil }
        let payouts = person.payouts.filter { payout in
            guard payout.kind == .tuitionSubsidy, let start = histories.class(payout.classNumber)?.startsOn else {
                return false
            }
            return balance.windowFrom <= start && start <= balance.windowTo
        }
        let parts = payouts.map { payout in
            let id = classID(payout.classNumber)
            return QuotaDrawing.Part(
                amountNTD: payout.netNTD,
                label: reach.contains(id) ? id : Words("其他單位", "another unit")(language))
        }
        let days = "\(style.show(balance.windowFrom)) – \(style.show(balance.windowTo))"
        let (cap, left) = (Terms.money(balance.capNTD), Terms.money(balance.remainingNTD))
        let text = Words("\(days)：上限 \(cap)，剩餘 \(left)", "\(days): cap \(cap), left \(left)")(language)
        return ["text": text, "drawing": QuotaDrawing(balance, parts, language).svg]
    }

    private var allowance: [String: Any]? {
        guard let use = engine.allowanceUse(of: person, before: engine.asOfDay.adding(days: 1)) else { return nil }
        let spans = person.payouts.compactMap { payout -> MonthsDrawing.Span? in
            guard payout.kind == .livingAllowance, let from = payout.from, let to = payout.to else { return nil }
            return MonthsDrawing.Span(from: from, to: to, halfMonths: payout.halfMonths)
        }
        let benefits = person.benefits.compactMap { benefit -> MonthsDrawing.Span? in
            guard benefit.halfMonths > 0 else { return nil }
            return MonthsDrawing.Span(
                from: benefit.from, to: benefit.to ?? benefit.from, halfMonths: benefit.halfMonths)
        }
        let days = "\(style.show(use.from)) – \(style.show(use.to))"
        let used = Terms.months(use.usedHalfMonths, language)
        let cap = Terms.months(use.capHalfMonths, language)
        let text = Words("\(days)：已請領 \(used)，上限 \(cap)", "\(days): \(used) drawn of \(cap)")(language)
        return ["text": text, "drawing": MonthsDrawing(use.from...max(use.from, use.to), spans + benefits, style).svg]
    }

    private var attendance: [[String: Any]] {
        person.enrolments.compactMap { enrolment in
            let id = classID(enrolment.classNumber)
            guard enrolment.started != nil, reach.contains(id), let history = histories.class(enrolment.classNumber)
            else { return nil }
            let summary = AttendanceSummary(of: enrolment, in: history)
            let (scheduled, present) = (Terms.hours(summary.minutesScheduled), Terms.hours(summary.minutesPresent))
            let (leave, truancy) = (Terms.hours(summary.minutesLeave), Terms.hours(summary.minutesTruancy))
            let text = Words(
                "課程 \(scheduled) 小時，到課 \(present)，請假 \(leave)，曠課 \(truancy)",
                "\(scheduled) hours scheduled, \(present) present, \(leave) on leave, \(truancy) truant")(language)
            return ["id": id, "text": text, "drawing": AttendanceDrawing(enrolment, history, style).svg]
        }
    }

    private func decisions(_ path: String) throws(LedgerError) -> [String: Any] {
        let links = EventLinks(shown: Set(timeline.entries.map(\.position)), opensAudit: question.opensAudit)
        var shown: [[String: Any]] = []
        var hasReading = false
        for enrolment in person.enrolments where reach.contains(classID(enrolment.classNumber)) {
            for kind in DecisionEngine.kinds where kind != .admission {
                let question = EnrolmentQuestion(
                    kind: kind, classNumber: enrolment.classNumber, traineeID: question.trainee)
                for decision in question.decisions(histories, context.rulebook) where decision.outcome != .notApplicable
                {
                    let issued = try IssuedComparison.all(for: decision, reader, histories, context, ledger: ledger)
                    let view = DecisionView(decision, context, style, links)
                    shown.append(view.values(issued, path))
                    hasReading = hasReading || view.hasReading
                }
            }
        }
        return ["decisions": shown, "hasReading": hasReading]
    }

    private var entries: [[String: Any]] {
        timeline.entries.map { entry in
            let (time, recorded) = (entry.event.envelope.time.taipeiDate, entry.event.envelope.recordedTime.taipeiDate)
            var data = ""
            if case .object(let members) = entry.event.data(registry: timeline.registry) { data = style.show(members) }
            let effects = entry.effects.compactMap { EffectRendering($0, style).line }
            return [
                "position": "\(entry.position)", "happened": style.show(time), "recorded": style.show(recorded),
                "isLate": recorded > time.adding(days: 1), "type": Terms.eventType(entry.event.type.name, language),
                "data": data, "effects": effects, "hasEffects": !effects.isEmpty,
            ]
        }
    }
}
