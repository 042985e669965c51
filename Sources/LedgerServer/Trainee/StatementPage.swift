import Decisions
import Explanations
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// The written decisions (行政處分書) of one kind for a trainee in a class.
enum StatementPage {
    /// - Returns: each document as text.
    /// - Throws: `unknown`, `asOf`, and what reading throws.
    static func documents(
        _ kind: DecisionKind, of trainee: String, in classID: String, asOf: String, _ reader: LedgerReader,
        ledger: String
    ) throws(LedgerError) -> [String] {
        let point = try reader.resolve(asOf.isEmpty ? .head : try AsOf(asOf))
        let histories = try reader.histories(of: trainee, at: point, alsoOf: [classID]).histories
        guard let number = histories.registry.classes[classID] else {
            throw .unknown(noun: "class", id: classID, suggestion: nil)
        }
        let book = try RulebookChoice.resolve(nil, adopted: histories.rulebooks, ledger: ledger)
        let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
        let question = EnrolmentQuestion(kind: kind, classNumber: number, traineeID: trainee)
        return question.decisions(histories, book).map { decision in
            WrittenDecision(decision, context, class: histories.class(number)).lines.joined(separator: "\n")
        }
    }
}
