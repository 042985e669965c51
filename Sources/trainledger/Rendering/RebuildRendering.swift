import CommandKit
import Explanations
import Ledger
import Rulebook
import TrainingEvents

/// What a rebuild comes to, as JSON and as text.
struct RebuildRendering {
    let rebuild: Rebuild
    let context: AnswerContext
    let milliseconds: UInt64

    var json: JSONValue {
        .members([
            "events": .number(rebuild.eventCount), "trainees": .number(rebuild.traineeCount),
            "classes": .number(rebuild.classCount), "digest": .string("sha256:\(rebuild.digest)"),
            "factsDigest": .string("sha256:\(rebuild.factsDigest)"),
            "decisionsDigest": .string("sha256:\(rebuild.decisionsDigest)"), "rulebook": context.rulebookJSON,
            "asOf": context.asOf, "trialBalance": TrialBalanceRendering(trialBalance: rebuild.trialBalance).json,
            "seconds": .otherNumber(Self.seconds(milliseconds)),
        ])
    }

    static func seconds(_ milliseconds: UInt64) -> String {
        let rest = String(milliseconds % 1_000 + 1_000).dropFirst()
        return "\(milliseconds / 1_000).\(rest)"
    }

    func lines(_ language: Language) -> [String] {
        let seconds = Self.seconds(milliseconds)
        return [
            Words(
                "\(rebuild.eventCount) 筆事件，\(rebuild.traineeCount) 位學員，\(rebuild.classCount) 個班次，\(seconds) 秒",
                "\(rebuild.eventCount) events, \(rebuild.traineeCount) trainees, \(rebuild.classCount) classes, "
                    + "\(seconds) s")(language),
            Words("總雜湊", "digest   ")(language) + "  sha256:\(rebuild.digest)",
            Words("事實　", "facts    ")(language) + "  sha256:\(rebuild.factsDigest)",
            Words("決定　", "decisions")(language) + "  sha256:\(rebuild.decisionsDigest)",
            Words("規則　", "rulebook ")(language) + "  \(context.rulebook.id)  \(context.rulebook.digest)",
        ] + TrialBalanceRendering(trialBalance: rebuild.trialBalance).lines(language)
    }
}
