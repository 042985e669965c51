import ArgumentParser
import CivilTime
import Explanations
import Foundation
import Glibc
import Ledger
import TrainingEvents

/// How answers are printed.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON: one object, or one a line.")
    var json = false

    @Option(help: ArgumentHelp("Language of the text: zh-TW or en (default: by LANG).", valueName: "language"))
    var lang: Language?

    @Flag(help: "Show dates in the ROC calendar (民國).")
    var roc = false

    var language: Language { lang ?? .ofEnvironment }

    /// The same for everything that is rendered.
    var style: ReadingStyle { ReadingStyle(language: language, usesROCDates: roc) }

    func show(_ day: CivilDate) -> String { style.show(day) }

    func show(_ json: JSONValue) -> String { style.show(json) }

    func show(_ members: [JSONValue.Member]) -> String { style.show(members) }
}

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

/// Runs a command; what goes wrong is printed and becomes the exit status.
func reporting(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let error as LedgerError {
        complain(error)
        throw ExitCode(error.exitStatus)
    }
}

func complain(_ error: LedgerError) {
    Console.complain("trainledger: \(error.message)")
}

/// The clock that stamps recorded times.
func systemNow() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000) ?? .earliest
}
