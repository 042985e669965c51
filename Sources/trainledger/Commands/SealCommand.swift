import Access
import ArgumentParser
import CommandKit
import Explanations
import Ledger
import TrainingEvents

/// `trainledger seal`.
struct SealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Rewrite written segments in their final, smaller and faster form. 封存區段",
        discussion: """
            Every record and every tree head stays what it was; that is checked before a segment is replaced. Full \
            segments are sealed by the commands that fill them; this one also ends the segment that is being written.

            EXAMPLES:
              trainledger seal ledger
              trainledger seal ledger --full-only
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Flag(help: "Leave the segment that is being written as it is.")
    var fullOnly = false

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let progress = Progress(Words("封存", "sealing")(output.language))
            let sealing = try SegmentSealing(
                ledger: ledger, includingOpen: !fullOnly, for: access.request(.sealSegments)
            ) { done, count in
                progress.show(UInt64(done), of: UInt64(count))
            }
            progress.end()
            if output.json {
                Console.print(.members(["sealed": .number(UInt64(sealing.sealed))]))
            } else {
                Console.print(
                    Words("已封存 \(sealing.sealed) 個區段", "sealed \(sealing.sealed) segments")(output.language))
            }
        }
    }
}
