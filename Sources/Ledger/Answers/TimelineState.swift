import CivilTime
import Decisions
import Histories
import Rulebook
import TrainingEvents

/// What stands for one person at one point: the values whose changes a timeline shows, in sections.
struct TimelineState {
    /// The values that are about the same.
    private struct Section: Equatable {
        let key: Key
        let members: [JSONValue.Member]

        func value(_ name: String) -> JSONValue? { members.first { $0.key == name }?.value }
    }

    fileprivate struct Key: Equatable {
        let subject: String
        let classID: String?
        /// Which of several about the same class: the trainee ID of an enrolment, the payout.
        let part: String
    }

    private var sections: [Section] = []

    init() {}

    /// The values of a person; none where no ID of theirs stands.
    ///
    /// - Parameter rules: rules of the rulebook that are resolved already; takes in what is resolved here.
    init(
        _ histories: LedgerHistories, _ members: [TraineeNumber], _ rulebook: Rulebook,
        _ rules: inout [CivilDate: DatedRules]
    ) {
        let standing = members.compactMap { histories.trainee($0) }
        guard !standing.isEmpty else { return }
        let person = PersonHistory(joining: standing)
        let engine = DecisionEngine(histories: histories, rulebook: rulebook, for: members, known: rules)
        rules = engine.rulesByStart
        let claims = engine.outcomeClaims(of: engine.cases(of: person))
        for enrolment in person.enrolments { addEnrolment(enrolment, person, engine, claims) }
        if let quota = engine.quotaBalance(of: person, on: engine.asOfDay) {
            add("quota", nil, "", quota.json)
        }
        if let allowance = engine.allowanceUse(of: person, before: engine.asOfDay) {
            // The lookback moves on every day; that is no effect of an event.
            add("allowanceMonths", nil, "", allowance.json, except: ["lookbackFrom", "lookbackTo"])
        }
        for payout in person.payouts { addPayout(payout, histories.registry) }
    }

    private mutating func addEnrolment(
        _ enrolment: Enrolment, _ person: PersonHistory, _ engine: DecisionEngine, _ claims: QuotaClaims<NoEvidence>
    ) {
        let id = engine.histories.registry.classes.id(of: enrolment.classNumber)
        let trainee = engine.histories.registry.trainees.id(of: enrolment.trainee)
        add("enrolment", id, trainee, enrolment.json)
        guard let decisionCase = engine.decisionCase(person, enrolment.trainee, in: enrolment.classNumber) else {
            return
        }
        if enrolment.started != nil, let history = engine.histories.class(enrolment.classNumber) {
            let summary = AttendanceSummary(of: enrolment, in: history)
            add("attendance", id, trainee, summary.json(classID: id), except: ["class"])
        }
        for kind in DecisionEngine.kinds {
            // A timeline shows figures and no reasons, which cost far more to build.
            guard let decision = engine.outcome(of: kind, decisionCase, sharing: claims),
                decision.outcome != .notApplicable
            else { continue }
            // The decision `attendance` stands beside the minutes of the same name.
            let subject = kind == .attendance ? "attendanceLimits" : kind.name
            add(subject, id, trainee, decision.summaryJSON)
        }
    }

    private mutating func addPayout(_ payout: Payout, _ registry: Registry) {
        let id = registry.classes.id(of: payout.classNumber)
        add(
            "payout", id, payout.id,
            .members([
                "\(payout.id).kind": .string(payout.kind.name), "\(payout.id).amount": .integer(payout.amountNTD),
                "\(payout.id).net": .integer(payout.netNTD),
                "\(payout.id).repaid": .integer(payout.repayments.reduce(0) { $0 + $1.amountNTD }),
            ]))
    }

    private mutating func add(
        _ subject: String, _ classID: String?, _ part: String, _ json: JSONValue, except: [String] = []
    ) {
        guard case .object(var members) = json else { return }
        if !except.isEmpty { members.removeAll { except.contains($0.key) } }
        sections.append(Section(key: Key(subject: subject, classID: classID, part: part), members: members))
    }

    /// What differs from an earlier state, in the order of this one; what is gone comes last.
    func effects(since earlier: TimelineState) -> [Timeline.Effect] {
        var (effects, gone): ([Timeline.Effect], [Timeline.Effect]) = ([], [])
        for (place, section) in sections.enumerated() {
            // Most of what stands is what stood, at the same place.
            if place < earlier.sections.count, earlier.sections[place] == section { continue }
            let before = earlier.section(section.key)
            for member in section.members {
                let old = before?.value(member.key) ?? .null
                if old != member.value { effects.append(section.key.effect(member.key, from: old, to: member.value)) }
            }
        }
        for (place, section) in earlier.sections.enumerated() {
            if place < sections.count, sections[place] == section { continue }
            let after = self.section(section.key)
            for member in section.members where member.value != .null && after?.value(member.key) == nil {
                gone.append(section.key.effect(member.key, from: member.value, to: .null))
            }
        }
        return effects + gone
    }

    private func section(_ key: Key) -> Section? { sections.first { $0.key == key } }

    /// The values as one object: by subject, and by class where they are about one.
    var summary: JSONValue {
        var subjects: [JSONValue.Member] = []
        for subject in sections.map(\.key.subject).uniqued {
            let own = sections.filter { $0.key.subject == subject }
            let classes = own.compactMap(\.key.classID).uniqued
            let content: JSONValue
            if classes.isEmpty {
                content = .object(own.flatMap(\.members))
            } else {
                content = .array(
                    classes.map { id in
                        let members = own.filter { $0.key.classID == id }.flatMap(\.members)
                        return .object([JSONValue.Member("class", .string(id))] + members)
                    })
            }
            subjects.append(JSONValue.Member(subject, content))
        }
        return .object(subjects)
    }
}

extension TimelineState.Key {
    fileprivate func effect(_ name: String, from before: JSONValue, to after: JSONValue) -> Timeline.Effect {
        Timeline.Effect(subject: subject, classID: classID, value: name, before: before, after: after)
    }
}

extension [String] {
    /// The elements without repetitions, in the order of their first appearance.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Enrolment {
    /// Where the enrolment stands.
    fileprivate var json: JSONValue {
        .members([
            "state": .string(stateName),
            "appliedAt": application.map { .string("\($0.at)") },
            "seat": admission.map { .string($0.seat.name) },
            "joinedOn": started.map { .string("\($0.on)") },
            "endedOn": ending.map { .string("\($0.on)") },
            "survey": started == nil ? nil : .bool(survey != nil),
            "feesPaidNTD": fees.isEmpty ? nil : .integer(fees.reduce(0) { $0 + $1.amountNTD }),
        ])
    }

    private var stateName: String {
        if let ending { return "\(ending.kind)" }
        if started != nil { return "started" }
        if forfeited != nil { return "forfeited" }
        if application?.closed != nil { return "applicationClosed" }
        if admission != nil { return "admitted" }
        return application == nil ? "none" : "applied"
    }
}

extension Decision {
    /// The figures of a decision without its reasons.
    fileprivate var summaryJSON: JSONValue {
        .members([
            "outcome": .string(outcome.name), "amount": .integer(amountNTD), "halfMonths": .integer(halfMonths),
            "expectedAmount": outcome == .pending ? .integer(expectedAmountNTD) : nil, "paid": .integer(paidNTD),
            "due": .integer(dueNTD), "missing": missing.isEmpty ? nil : .array(missing.map { .string($0) }),
        ])
    }
}
