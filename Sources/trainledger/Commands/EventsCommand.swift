import Access
import ArgumentParser
import CivilTime
import CommandKit
import Ledger
import TrainingEvents
import Explanations

/// `trainledger events`.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Print events in the order of the log. 列出事件",
        discussion: """
            EXAMPLES:
              trainledger events ledger --subject T-COFFEE-01 --as-of 2026-06-30
              trainledger events ledger --type payout.made --json
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: "Only events about this trainee, class, unit or rulebook.")
    var subject: String?

    @Option(name: .customLong("class"), help: "Only events about this class or in it.")
    var classID: String?

    @Option(parsing: .upToNextOption, help: "Only events of these types, such as enrolment.started.")
    var type: [String] = []

    @Option(
        help: ArgumentHelp(
            "Whose complaints to show with their authors: a confidential one names its author to its handler alone.",
            valueName: "name"))
    var handler: String?

    @Flag(help: "Leave personal texts sealed, as whoever has no keys sees them.")
    var sealed = false

    @OptionGroup var keys: KeyArguments
    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for name in type where EventType(named: name) == nil {
            let near = Suggestion.nearest(to: name, among: EventType.names).map { "; did you mean \"\($0)\"?" } ?? ""
            throw ValidationError("no event type \(shown(name))\(near)")
        }
    }

    func run() throws {
        let types = Set(type.compactMap(EventType.init(named:)))
        var lines = LineBuffer()
        try reporting {
            let selection = EventSelection(subject: subject, classID: classID, types: types, opensTexts: !sealed)
            let reader = try LedgerReader(
                opening: ledger, keys: keys.use, for: access.request(.readEvents, of: selection.accessSubject))
            let point = try point.point(in: reader)
            try reader.forEachEvent(selection, at: point) { position, event, registry throws(LedgerError) in
                let event = event.withholdingAuthor(from: handler)
                if output.json {
                    lines.add(event.json(sequence: position, registry: registry))
                } else {
                    lines.add(text(position, event, registry))
                }
            }
        }
        lines.flush()
    }

    private func text(_ position: UInt64, _ event: Event, _ registry: Registry) -> String {
        var data = ""
        if case .object(let members) = event.data(registry: registry) {
            data = output.show(members)
        }
        let day = output.show(event.envelope.time.taipeiDate)
        let type = Terms.eventType(event.type.name, output.language)
        return "\(position)  \(day)  \(type)  \(event.subject.id(in: registry))  \(data)"
    }
}
