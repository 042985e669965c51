import Access
import ArgumentParser
import CivilTime
import CommandKit
import Histories
import Ledger
import TrainingEvents
import Explanations

/// `trainledger timeline`.
struct TimelineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline", abstract: "One trainee's events, and what each of them changed. 學員歷程",
        discussion: """
            EXAMPLES:
              trainledger timeline ledger T-COFFEE-09 --lang en
              trainledger timeline ledger T-COFFEE-09 --as-of @940
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "The ID of the trainee; linked IDs are shown as one person.")
    var trainee: String

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @OptionGroup var keys: KeyArguments
    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let reader = try LedgerReader(
                opening: ledger, keys: keys.use, for: access.request(.readTimeline, of: .trainee(trainee)))
            let point = try point.point(in: reader)
            let (timeline, book) = try reader.timeline(of: trainee, at: point) { histories throws(LedgerError) in
                try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
            }
            let context = AnswerContext(rulebook: book, point: point, registry: timeline.registry)
            if output.json {
                Console.print(timeline.json(trainee: trainee, context))
            } else {
                show(timeline)
            }
        }
    }

    private func show(_ timeline: Timeline) {
        let language = output.language
        Console.print(Words("學員 \(trainee) 的歷程", "Timeline of trainee \(trainee)")(language))
        for entry in timeline.entries {
            let happened = output.show(entry.event.envelope.time.taipeiDate)
            let recorded = output.show(entry.event.envelope.recordedTime.taipeiDate)
            let late = happened == recorded ? "" : Words("（登錄 \(recorded)）", " (recorded \(recorded))")(language)
            let subject = entry.event.trainee == nil ? " \(entry.event.subject.id(in: timeline.registry))" : ""
            var data = ""
            if case .object(let members) = entry.event.data(registry: timeline.registry) {
                data = output.show(members)
            }
            let type = Terms.eventType(entry.event.type.name, language)
            Console.print("\(happened)\(late)  #\(entry.position)  \(type)\(subject)  \(data)")
            for effect in entry.effects {
                if let line = EffectRendering(effect, output.style).line { Console.print("    → \(line)") }
            }
        }
    }
}
