import Access
import ArgumentParser
import CommandKit
import EventLog
import Explanations
import Ledger
import TrainingEvents

/// `trainledger promote`.
struct PromoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Make a copy that follows a ledger one that is written. 升格備援帳本",
        discussion: """
            Stop following first. Of several copies, promote the one that is furthest: the command prints how far it is. \
            What lies behind the last signed head is dropped. Whoever wrote before must not write any more: under a lease \
            (trainledger serve --lease) it cannot.

            EXAMPLES:
              trainledger promote copy --credential operator.credential
              trainledger promote copy --show
            """)

    @Argument(help: "The directory of the copy.")
    var copy: String

    @Flag(help: "Say how far the copy is, and change nothing.")
    var show = false

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let promotion = try Promotion(of: copy, for: access.request(.copyLedger), changing: !show)
            if output.json {
                Console.print(
                    .members([
                        "epoch": .number(promotion.epoch), "promoted": .bool(!show),
                        "treeHead": .members([
                            "root": .string("sha256:\(promotion.head.root)"), "size": .number(promotion.head.size),
                        ]),
                    ]))
            } else {
                Console.print(
                    Words(
                        "\(promotion.head.size) 筆事件，寫入者第 \(promotion.epoch) 任",
                        "\(promotion.head.size) events, epoch \(promotion.epoch)")(output.language)
                        + "\nsha256:\(promotion.head.root)")
            }
        }
    }
}
