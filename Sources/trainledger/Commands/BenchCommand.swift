import ArgumentParser
import CommandKit
import Explanations
import Foundation
import Ledger
import TrainingEvents

/// `trainledger bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure this machine on a ledger. 效能量測",
        discussion: """
            Reads the ledger and changes nothing in it; appends go to a log of their own beside it, which is removed \
            afterwards. Every step is run several times; the best run and the middle one are printed.

            EXAMPLES:
              trainledger bench ledger
              trainledger bench ledger --jobs 1 --repeats 5 --json
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("How many threads share the work; by default one a core.", valueName: "n"))
    var jobs: Int = LedgerReader.defaultJobs

    @Option(help: ArgumentHelp("How often each step is run.", valueName: "n"))
    var repeats: Int = 3

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
        guard (1...100).contains(repeats) else { throw ValidationError("--repeats takes a number from 1 to 100") }
    }

    func run() throws {
        try reporting {
            try LedgerBench(ledger: ledger, jobs: jobs, repeats: repeats, show: { show($0) }).run()
        }
    }

    private func show(_ measurement: Measurement) {
        if output.json { return Console.print(measurement.json) }
        let name = measurement.name.padding(toLength: 44, withPad: " ", startingAt: 0)
        let middle = measurement.median / 1_000
        let rate = "\(measurement.perSecond) \(measurement.unit)/s"
        let worst = measurement.nanoseconds.count >= 100 ? "  p99 \(measurement.percentile99 / 1_000) µs" : ""
        Console.print(
            "\(name) \(measurement.best / 1_000) µs (median \(middle))\(worst)  \(rate)  "
                + "\(Stopwatch.peakBytes >> 20) MiB")
    }
}
