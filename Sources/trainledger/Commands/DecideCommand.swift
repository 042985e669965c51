import ArgumentParser
import Decisions
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// `trainledger decide`.
struct DecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Decide, and say why. 決定與理由",
        discussion: "Kinds: attendance, tuitionSubsidy, livingAllowance. Without --trainee, the whole class.")

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "What is decided.")
    var kind: String

    @Option(name: .customLong("class"), help: "The ID of the class.")
    var classID: String

    @Option(help: "The ID of the trainee.")
    var trainee: String?

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @OptionGroup var point: PointOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let known = DecisionEngine.kinds.map(\.name)
        guard known.contains(kind) else {
            let near = Suggestion.nearest(to: kind, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
            throw ValidationError(
                "no decision \(shown(kind)): this version decides \(known.joined(separator: ", "))\(near)")
        }
    }

    func run() throws {
        guard let kind = DecisionKind(named: kind) else { return }
        var isRefused = false
        try reporting {
            let reader = try LedgerReader(opening: ledger)
            let point = try point.point(in: reader)
            let histories = try load(reader, point)
            guard let number = histories.registry.classes[classID], histories.class(number) != nil else {
                throw LedgerError.unknown(
                    noun: "class", id: classID,
                    suggestion: Suggestion.nearest(to: classID, among: histories.registry.classes.ids))
            }
            let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            let decisions = try decide(kind, number, histories, book)
            for decision in decisions {
                if output.json { Console.print(decision.json(context)) } else { show(decision, context) }
            }
            isRefused = trainee != nil && decisions.contains { $0.outcome == .refused }
        }
        if isRefused { throw ExitCode(1) }
    }

    private func load(_ reader: LedgerReader, _ point: LedgerPoint) throws(LedgerError) -> LedgerHistories {
        if let trainee { return try reader.histories(of: trainee, at: point).histories }
        let progress = Progress(Words("重播", "replaying")(output.language))
        defer { progress.end() }
        return try reader.histories(at: point) { progress.show($0, of: point.eventCount) }
    }

    private func decide(
        _ kind: DecisionKind, _ number: ClassNumber, _ histories: LedgerHistories, _ book: Rulebook
    ) throws(LedgerError) -> [Decision] {
        let trainees: [TraineeNumber]
        if let trainee {
            trainees = histories.registry.trainees[trainee].map { [$0] } ?? []
        } else {
            trainees = histories.trainees.compactMap(\.self).filter { $0.enrolment(in: number) != nil }.map(\.number)
        }
        let members = trainees.flatMap { histories.linkedTrainees($0) }
        let engine = DecisionEngine(histories: histories, rulebook: book, for: members)
        return trainees.map { member in
            guard let decisionCase = engine.personCase(member, in: number),
                var decision = engine.decide(kind, decisionCase)
            else { return Decision(kind: kind, trainee: member, classNumber: number) }
            decision.trainee = member
            return decision
        }
    }

    private func show(_ decision: Decision, _ context: AnswerContext) {
        let rendering = DecisionRendering(decision, context, output)
        for line in trainee == nil ? [rendering.headline] : rendering.lines { Console.print(line) }
    }
}
