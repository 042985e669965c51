import ArgumentParser
import CivilTime
import Ledger
import TrainingEvents

/// Which point of the log is asked about.
struct PointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the ledger knew: a date (2026-06-01 or 115-06-01), an instant, or @N (the first N events).",
            valueName: "point"))
    var asOf: String?

    @Option(help: ArgumentHelp("Leave out events that happened after this day.", valueName: "date"))
    var happenedBy: String?

    func point(in reader: LedgerReader) throws(LedgerError) -> LedgerPoint {
        try Self.point(asOf: asOf, happenedBy: happenedBy, in: reader)
    }

    /// The point that the texts of the two options mean; the head where there is no `asOf`.
    static func point(
        asOf: String?, happenedBy: String?, in reader: LedgerReader
    ) throws(LedgerError) -> LedgerPoint {
        var day: CivilDate?
        if let happenedBy {
            guard let date = CivilDate(happenedBy) else {
                throw .asOf("--happened-by \(shown(happenedBy)) is no date such as 2026-06-01 or 115-06-01")
            }
            day = date
        }
        return try reader.resolve(try asOf.map { text throws(LedgerError) in try AsOf(text) } ?? .head, happenedBy: day)
    }
}
