import Decisions
import EventLog
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// A training unit.
struct UnitRow: Sendable {
    let source: ExportSource
    let history: UnitHistory
}

/// What the tables were made from, and the training units.
extension ExportTable {
    static let ledger = ExportTable(
        "ledger", "what the tables were made from; one row",
        key: ["ledger_id"],
        columns: [
            .text("ledger_id", "the ID of the ledger, 32 hexadecimal digits") { "\($0.ledgerID)" },
            .integer("events", "how many events the tables rest on: the first so many of the log") {
                Int64(clamping: $0.context.point.eventCount)
            },
            .text("tree_root", "SHA-256 root of the transparency tree over these events") { "\($0.treeRoot)" },
            .text("recorded_time", "when the last of them was recorded", isOptional: true) { source in
                source.context.point.recordedTime.map { "\($0)" }
            },
            .day("as_of_day", "the day of that in Taipei; quotas and overdue items are as of it") {
                $0.engine.asOfDay
            },
            .day("happened_by", "later events are left out", isOptional: true) { $0.context.point.happenedBy },
            .text("rulebook", "the rulebook that everything is decided by") { $0.context.rulebook.id },
            .text("rulebook_digest", "its digest") { $0.context.rulebook.digest },
            .text("facts_digest", "what rebuild prints for the facts") { "sha256:\($0.rebuild.factsDigest)" },
            .text("decisions_digest", "what rebuild prints for the decisions") {
                "sha256:\($0.rebuild.decisionsDigest)"
            },
            .text("digest", "what rebuild prints for both") { "sha256:\($0.rebuild.digest)" },
        ] as [ExportColumn<ExportSource>],
        rows: { source, body throws(LedgerError) in try body(source) })

    static let units = ExportTable(
        "units", "a training unit (訓練單位)",
        key: ["unit"],
        columns: [
            .text("unit", "its ID") { $0.source.unitID($0.history.number) },
            .text("name", "its name", isOptional: true) { $0.history.fields.name },
            .code("kind", "what it is", isOptional: true) { $0.history.fields.kind },
            .text("county", "where it is", isOptional: true) { $0.history.fields.county },
            .day("founded_on", "when it was founded", isOptional: true) { $0.history.fields.foundedOn },
        ] as [ExportColumn<UnitRow>],
        rows: { source, body throws(LedgerError) in
            for case .some(let history) in source.histories.units {
                try body(UnitRow(source: source, history: history))
            }
        })
}
