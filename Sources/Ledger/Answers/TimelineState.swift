import CivilTime
import Decisions
import Histories
import Rulebook
import TrainingEvents

/// What stands for one person at one point: the values whose changes a timeline shows.
struct TimelineState {
    /// One value, with what it is about.
    struct Value: Equatable {
        let key: Key
        let value: JSONValue

        var subject: String { key.subject }
        var classID: String? { key.classID }
        var name: String { key.name }
    }

    struct Key: Hashable {
        let subject: String
        let classID: String?
        let name: String
    }

    private(set) var values: [Value] = []
    private var valuesByKey: [Key: JSONValue] = [:]

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
            add("quota", nil, quota.json, except: [])
        }
        if let allowance = engine.allowanceUse(of: person, before: engine.asOfDay) {
            // The lookback moves on every day; that is no effect of an event.
            add("allowanceMonths", nil, allowance.json, except: ["lookbackFrom", "lookbackTo"])
        }
        for payout in person.payouts { addPayout(payout, histories.registry) }
    }

    private mutating func addEnrolment(
        _ enrolment: Enrolment, _ person: PersonHistory, _ engine: DecisionEngine, _ claims: QuotaClaims<NoEvidence>
    ) {
        let id = engine.histories.registry.classes.id(of: enrolment.classNumber)
        add("enrolment", id, enrolment.json, except: [])
        guard let decisionCase = engine.decisionCase(person, enrolment.trainee, in: enrolment.classNumber) else {
            return
        }
        if enrolment.started != nil, let history = engine.histories.class(enrolment.classNumber) {
            let summary = AttendanceSummary(of: enrolment, in: history)
            add("attendance", id, summary.json(classID: id), except: ["class"])
        }
        for kind in DecisionEngine.kinds {
            // Only figures are shown here: the reasons, which cost far more, are those of the decision at the end.
            guard let decision = engine.outcome(of: kind, decisionCase, sharing: claims),
                decision.outcome != .notApplicable
            else { continue }
            // The decision `attendance` stands beside the minutes of the same name.
            let subject = kind == .attendance ? "attendanceLimits" : kind.name
            add(subject, id, decision.summaryJSON, except: [])
        }
    }

    private mutating func addPayout(_ payout: Payout, _ registry: Registry) {
        let id = registry.classes.id(of: payout.classNumber)
        add(
            "payout", id,
            .members([
                "\(payout.id).kind": .string(payout.kind.name), "\(payout.id).amount": .integer(payout.amountNTD),
                "\(payout.id).net": .integer(payout.netNTD),
                "\(payout.id).repaid": .integer(payout.repayments.reduce(0) { $0 + $1.amountNTD }),
            ]), except: [])
    }

    private mutating func add(_ subject: String, _ classID: String?, _ json: JSONValue, except: [String]) {
        guard case .object(let members) = json else { return }
        for member in members where !except.contains(member.key) {
            let key = Key(subject: subject, classID: classID, name: member.key)
            values.append(Value(key: key, value: member.value))
            valuesByKey[key] = member.value
        }
    }

    /// What differs from an earlier state, in the order of this one; what is gone comes last.
    func effects(since earlier: TimelineState) -> [Timeline.Effect] {
        var effects: [Timeline.Effect] = []
        for value in values {
            let before = earlier.valuesByKey[value.key] ?? .null
            if before != value.value { effects.append(effect(value, from: before, to: value.value)) }
        }
        for value in earlier.values where valuesByKey[value.key] == nil && value.value != .null {
            effects.append(effect(value, from: value.value, to: .null))
        }
        return effects
    }

    private func effect(_ value: Value, from before: JSONValue, to after: JSONValue) -> Timeline.Effect {
        Timeline.Effect(
            subject: value.subject, classID: value.classID, value: value.name, before: before, after: after)
    }

    /// The values as one object: by subject, and by class where they are about one.
    var summary: JSONValue {
        var subjects: [JSONValue.Member] = []
        for subject in values.map(\.subject).uniqued {
            let own = values.filter { $0.subject == subject }
            let classes = own.compactMap(\.classID).uniqued
            let content: JSONValue
            if classes.isEmpty {
                content = .object(own.map { JSONValue.Member($0.name, $0.value) })
            } else {
                content = .array(
                    classes.map { id in
                        let members = own.filter { $0.classID == id }.map { JSONValue.Member($0.name, $0.value) }
                        return .object([JSONValue.Member("class", .string(id))] + members)
                    })
            }
            subjects.append(JSONValue.Member(subject, content))
        }
        return .object(subjects)
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
