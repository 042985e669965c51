import CivilTime
import Decisions
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// The answer to one expectation, and how it differs.
struct CaseAnswer {
    private(set) var differences: [String] = []
    private let expectation: JSONValue
    private let engine: DecisionEngine
    private let context: AnswerContext

    /// Keys that say what is asked, not what is answered.
    private static let questionKeys: Set<String> = [
        "decide", "class", "trainee", "unit", "on", "asOf", "rulebook", "clauses", "failed", "pending", "balance",
        "attendance", "deadlines", "finding", "lacks",
    ]

    init(
        _ expectation: JSONValue, _ engine: DecisionEngine, _ context: AnswerContext,
        _ decided: (Decision, AnswerContext) -> Void
    ) throws {
        self.expectation = expectation
        self.engine = engine
        self.context = context
        if let kind = expectation["decide"]?.scalar {
            try decide(kind, decided)
        } else if let trainee = expectation["balance"]?.scalar {
            try balance(trainee)
        } else if let trainee = expectation["attendance"]?.scalar {
            try attendance(trainee)
        } else if let day = expectation["deadlines"]?.scalar {
            try deadlines(try CaseEvents.day(day))
        } else {
            throw CorpusError("nothing is asked: \(expectation)")
        }
    }

    // MARK: Decisions

    private mutating func decide(_ kind: String, _ decided: (Decision, AnswerContext) -> Void) throws {
        guard let kind = DecisionKind(named: kind) else { throw CorpusError("no kind \(kind)") }
        guard kind != .unitEligibility else { return try decideUnit() }
        guard let number = context.registry.classes[expectation["class"]?.scalar ?? ""] else {
            throw CorpusError("no class \(expectation["class"] ?? .null)")
        }
        let question = EnrolmentQuestion(kind: kind, classNumber: number, traineeID: expectation["trainee"]?.scalar)
        let decisions = question.decisions(engine.histories, context.rulebook)
        guard !decisions.isEmpty else { return differences.append("no decision") }
        for decision in decisions {
            decided(decision, context)
            hold(decision.json(context), decision.reasons)
        }
    }

    private mutating func decideUnit() throws {
        guard let unit = context.registry.units[expectation["unit"]?.scalar ?? ""],
            let decision = engine.unitEligibility(unit, on: try CaseEvents.day(expectation["on"]?.scalar ?? ""))
        else { throw CorpusError("no unit \(expectation["unit"] ?? .null)") }
        hold(decision.json(context), decision.reasons)
    }

    private mutating func hold(_ answer: JSONValue, _ reasons: [Reason]) {
        compare(expectation, answer, where: { !Self.questionKeys.contains($0) })
        let cited = Set(reasons.map(\.clause))
        for clause in texts("clauses") ?? [] where !cited.contains(clause) {
            differences.append("\(clause) is not cited; cited \(cited.sorted())")
        }
        if let failed = texts("failed") {
            let found = Set(reasons.filter { $0.result == .failed }.map(\.clause))
            if found != Set(failed) { differences.append("failed \(found.sorted()), expected \(failed.sorted())") }
        }
        if let pending = texts("pending") {
            let found = Set(reasons.filter { $0.result == .pending }.map(\.clause))
            if !Set(pending).isSubset(of: found) {
                differences.append("pending \(found.sorted()), expected \(pending.sorted())")
            }
        }
        if let finding = expectation["finding"]?.scalar { holdCheck(finding, reasons) }
        if let lacks = expectation["lacks"] {
            let found = reasons.compactMap { reason in reason.lack?.json.sorted }
            if !found.contains(lacks.sorted) { differences.append("lacks \(found), expected \(lacks)") }
        }
    }

    /// `confirmed`, `contradicted` or `unclear`: what the derived checks say of the certificates (LIV-13).
    private mutating func holdCheck(_ wanted: String, _ reasons: [Reason]) {
        let checks = reasons.filter { $0.clause == "LIV-13" }.flatMap(\.facts).flatMap { $0.value.elements ?? [] }
        let contradicted = checks.contains { $0["contradictions"]?.elements?.isEmpty == false }
        let unclear = checks.contains { $0["questions"]?.elements?.isEmpty == false }
        let found = contradicted ? "contradicted" : unclear ? "unclear" : checks.isEmpty ? "none" : "confirmed"
        if found != wanted { differences.append("the certificate is \(found), expected \(wanted): \(checks)") }
    }

    private func texts(_ key: String) -> [String]? { expectation[key]?.elements?.compactMap(\.scalar) }

    // MARK: Balances, attendance, deadlines

    private mutating func balance(_ trainee: String) throws {
        guard let person = context.registry.trainees[trainee].flatMap({ engine.histories.person($0) }) else {
            throw CorpusError("no trainee \(trainee)")
        }
        let day = try expectation["on"]?.scalar.map(CaseEvents.day)
        let answer = BalanceAnswer(of: person, id: trainee, on: day, by: engine).json(context)
        compare(expectation, answer, where: { $0 == "quota" || $0 == "livingAllowance" })
    }

    private mutating func attendance(_ trainee: String) throws {
        guard let number = context.registry.trainees[trainee],
            let classNumber = context.registry.classes[expectation["class"]?.scalar ?? ""],
            let classHistory = engine.histories.class(classNumber),
            let enrolment = engine.histories.person(number)?.enrolment(of: number, in: classNumber)
        else { throw CorpusError("no enrolment of \(trainee)") }
        let summary = AttendanceSummary(of: enrolment, in: classHistory).json(classID: "")
        compare(expectation, summary, where: { !Self.questionKeys.contains($0) })
    }

    private mutating func deadlines(_ day: CivilDate) throws {
        let found = try engine.overdue(on: day).map { item in
            JSONValue.members([
                "class": .string(context.registry.classes.id(of: item.classNumber)),
                "trainee": item.trainee.map { .string(context.registry.trainees.id(of: $0)) },
                "what": .string(item.what.rawValue),
            ]).sorted
        }
        let wanted = (expectation["overdue"]?.elements ?? []).map(\.sorted)
        let (left, right) = (found.map(\.text).sorted(), wanted.map(\.text).sorted())
        if left != right { differences.append("overdue \(left), expected \(right)") }
    }

    // MARK: Comparing

    /// Holds every member that is expected to the answer's.
    private mutating func compare(_ wanted: JSONValue, _ found: JSONValue, where isCompared: (String) -> Bool) {
        for member in wanted.members ?? [] where isCompared(member.key) {
            difference(member.key, member.value, found[member.key])
        }
    }

    private mutating func difference(_ key: String, _ wanted: JSONValue, _ found: JSONValue?) {
        if let members = wanted.members, found?.members != nil {
            for member in members { difference("\(key).\(member.key)", member.value, found?[member.key]) }
            return
        }
        let (left, right) = ((found ?? .null).sorted, wanted.sorted)
        if left != right { differences.append("\(key) \(left.text), expected \(right.text)") }
    }
}
