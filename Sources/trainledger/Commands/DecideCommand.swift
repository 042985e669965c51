import Access
import ArgumentParser
import CivilTime
import CommandKit
import Decisions
import Explanations
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// `trainledger decide`.
struct DecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Decide, and say why. 決定與理由",
        discussion: """
            Kinds: registration, admission, feeShare, tuitionSubsidy, attendance, livingAllowance, learningReward, \
            unitEligibility. Without --trainee, the whole class.

              trainledger decide L livingAllowance --class C --trainee T
              trainledger decide L livingAllowance --class C --trainee T --statement
              trainledger decide L admission --class C
              trainledger decide L unitEligibility --unit U --on 2026-03-31
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "What is decided.")
    var kind: String

    @Option(name: .customLong("class"), help: "The ID of the class.")
    var classID: String?

    @Option(help: "The ID of the trainee.")
    var trainee: String?

    @Option(help: "The ID of the unit (unitEligibility).")
    var unit: String?

    @Option(help: ArgumentHelp("The closing day of the call (unitEligibility).", valueName: "date"))
    var on: String?

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @Flag(help: "Print the written decision (行政處分書) in Chinese.")
    var statement = false

    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let known = DecisionKind.allCases.map(\.name)
        guard let kind = DecisionKind(named: kind) else {
            let near = Suggestion.nearest(to: kind, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
            throw ValidationError(
                "no decision \(shown(kind)): the kinds are \(known.joined(separator: ", "))\(near)")
        }
        if statement, output.json { throw ValidationError("--statement is text; it does not go with --json") }
        guard kind == .unitEligibility else {
            if classID == nil { throw ValidationError("--class is needed: the ID of the class") }
            if unit != nil || on != nil { throw ValidationError("--unit and --on belong to unitEligibility") }
            return
        }
        guard unit != nil, let on else {
            throw ValidationError("unitEligibility takes --unit and --on, the closing day of the call")
        }
        if CivilDate(on) == nil {
            throw ValidationError("--on \(shown(on)) is no date such as 2026-03-31 or 115-03-31")
        }
        if classID != nil || trainee != nil || statement {
            throw ValidationError("unitEligibility takes neither --class, --trainee nor --statement")
        }
    }

    func run() throws {
        guard let kind = DecisionKind(named: kind) else { return }
        var isRefused = false
        try reporting {
            let reader = try LedgerReader(opening: ledger, for: access.request(.decide, of: subject))
            let point = try point.point(in: reader)
            let histories = try load(reader, point, kind)
            let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            if let unit, let on, let day = CivilDate(on) {
                isRefused = try decideUnit(unit, on: day, histories, context)
                return
            }
            let number = try classNumber(histories)
            let question = EnrolmentQuestion(kind: kind, classNumber: number, traineeID: trainee)
            let decisions = question.decisions(histories, book)
            for decision in decisions {
                let issued = try IssuedComparison.all(for: decision, reader, histories, context, ledger: ledger)
                show(decision, issued, histories, context)
            }
            isRefused = trainee != nil && decisions.contains { $0.outcome == .refused }
        }
        if isRefused { throw ExitCode(1) }
    }

    /// Whose record is asked for.
    private var subject: AccessSubject {
        if let unit { return .unit(unit) }
        guard let classID else { return .everyone }
        return trainee.map { .enrolment(trainee: $0, class: classID) } ?? .class(classID)
    }

    private func load(
        _ reader: LedgerReader, _ point: LedgerPoint, _ kind: DecisionKind
    ) throws(LedgerError) -> LedgerHistories {
        // A rank is among all applicants.
        if let trainee, kind != .admission, let classID {
            let histories = try reader.histories(of: trainee, at: point, alsoOf: [classID]).histories
            if histories.registry.classes[classID] != nil { return histories }
        }
        let progress = Progress(Words("重播", "replaying")(output.language))
        defer { progress.end() }
        let histories = try reader.histories(at: point) { progress.show($0, of: point.eventCount) }
        if let trainee, histories.registry.trainees[trainee].flatMap({ histories.trainee($0) }) == nil {
            throw .unknown(
                noun: "trainee", id: trainee,
                suggestion: Suggestion.nearest(to: trainee, among: histories.registry.trainees.ids))
        }
        return histories
    }

    private func classNumber(_ histories: LedgerHistories) throws(LedgerError) -> ClassNumber {
        let id = classID ?? ""
        guard let number = histories.registry.classes[id], histories.class(number) != nil else {
            throw LedgerError.unknown(
                noun: "class", id: id,
                suggestion: Suggestion.nearest(to: id, among: histories.registry.classes.ids))
        }
        return number
    }

    private func decideUnit(
        _ unit: String, on day: CivilDate, _ histories: LedgerHistories, _ context: AnswerContext
    ) throws(LedgerError) -> Bool {
        let engine = DecisionEngine(histories: histories, rulebook: context.rulebook, for: [])
        guard let number = histories.registry.units[unit], let decision = engine.unitEligibility(number, on: day)
        else {
            throw LedgerError.unknown(
                noun: "unit", id: unit,
                suggestion: Suggestion.nearest(to: unit, among: histories.registry.units.ids))
        }
        if output.json {
            Console.print(decision.json(context))
        } else {
            for line in UnitDecisionRendering(decision, context, output.style).lines { Console.print(line) }
        }
        return decision.outcome == .refused
    }

    private func show(
        _ decision: Decision, _ issued: [IssuedComparison], _ histories: LedgerHistories, _ context: AnswerContext
    ) {
        if output.json {
            let more = issued.isEmpty ? [] : [JSONValue.Member("issued", .array(issued.map(\.json)))]
            return Console.print(decision.json(context, adding: more))
        }
        if statement {
            let written = WrittenDecision(decision, context, class: histories.class(decision.classNumber))
            for line in written.lines { Console.print(line) }
            return
        }
        let rendering = DecisionRendering(decision, context, output.style)
        guard trainee != nil else { return Console.print(rendering.headline) }
        for line in rendering.lines { Console.print(line) }
        for comparison in issued {
            for line in IssuedRendering(comparison, output.style).lines { Console.print(line) }
        }
    }
}
