import Access
import ArgumentParser
import CommandKit
import Decisions
import Histories
import Ledger
import Rulebook
import TrainingEvents
import Explanations

/// `trainledger settle`.
struct SettleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: "The payouts due of a class; --commit records them. 核撥",
        discussion: """
            Pays what is assessed and not paid yet, each person once. What was paid too much and what waits is \
            listed and never recorded. Run twice, it pays once.

            EXAMPLES:
              trainledger settle ledger --class NTPC-115-COFFEE-2
              trainledger settle ledger --class NTPC-115-COFFEE-2 --commit
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(name: .customLong("class"), help: "The ID of the class.")
    var classID: String

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @Flag(help: "Record the payouts, all of them or none.")
    var commit = false

    @Option(help: ArgumentHelp("Settle only if the ledger holds this many events.", valueName: "n"))
    var expectSequence: UInt64?

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let settlement = try settled()
            let isRecorded = commit && !settlement.payouts.isEmpty
            let head = settlement.context.point.eventCount + UInt64(isRecorded ? settlement.payouts.count : 0)
            if output.json {
                var lines = LineBuffer()
                for entry in settlement.entries { lines.add(entry.json(settlement.context)) }
                lines.add(settlement.summaryJSON(isRecorded: isRecorded, head: head))
                lines.flush()
            } else {
                let rendering = SettlementRendering(settlement, output)
                for line in rendering.lines(isRecorded: isRecorded) { Console.print(line) }
            }
        }
    }

    /// The settlement, recorded if that is asked for. Where the ledger grew in between it is settled anew, unless a
    /// position was expected.
    private func settled() throws(LedgerError) -> Settlement {
        var attempts = 0
        while true {
            let settlement = try settle()
            guard commit, !settlement.payouts.isEmpty else { return settlement }
            do throws(LedgerError) {
                try record(settlement)
                return settlement
            } catch {
                attempts += 1
                guard case .unexpectedSequence = error, expectSequence == nil, attempts < Self.attempts else {
                    throw error
                }
            }
        }
    }

    private static let attempts = 8

    private func settle() throws(LedgerError) -> Settlement {
        let reader = try LedgerReader(opening: ledger, for: access.request(.settleClass, of: .class(classID)))
        let point = try reader.resolve(.head)
        if let expectSequence, point.eventCount != expectSequence {
            throw .unexpectedSequence(expected: expectSequence, head: point.eventCount)
        }
        let progress = Progress(Words("重播", "replaying")(output.language))
        defer { progress.end() }
        let histories = try reader.histories(at: point) { progress.show($0, of: point.eventCount) }
        guard let number = histories.registry.classes[classID], histories.class(number) != nil else {
            throw .unknown(
                noun: "class", id: classID,
                suggestion: Suggestion.nearest(to: classID, among: histories.registry.classes.ids))
        }
        let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
        return Settlement(
            of: number, histories, taken: try reader.payoutIDs(of: number, at: point),
            AnswerContext(rulebook: book, point: point, registry: histories.registry))
    }

    private func record(_ settlement: Settlement) throws(LedgerError) {
        let progress = Progress(Words("登錄", "recording")(output.language))
        defer { progress.end() }
        let writer = try LedgerWriter(
            opening: ledger, for: access.request(.settleClass, of: .class(classID)), now: systemNow
        ) { progress.show($0) }
        do throws(LedgerError) {
            try writer.record(settlement)
        } catch {
            try writer.close()
            throw error
        }
        try writer.close()
    }
}
