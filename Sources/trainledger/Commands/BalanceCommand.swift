import Access
import ArgumentParser
import CivilTime
import CommandKit
import Decisions
import Histories
import Ledger
import TrainingEvents
import Explanations

/// `trainledger balance`.
struct BalanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "What a trainee has left: quota, allowance months, attendance. 額度",
        discussion: """
            EXAMPLES:
              trainledger balance ledger T-TIP-15 --on 2026-06-01
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "The ID of the trainee.")
    var trainee: String

    @Option(
        help: ArgumentHelp("The day the balance is asked for (default: that of the last event).", valueName: "date"))
    var on: String?

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let on, CivilDate(on) == nil {
            throw ValidationError("--on \(shown(on)) is no date such as 2026-06-01 or 115-06-01")
        }
    }

    func run() throws {
        try reporting {
            let reader = try LedgerReader(
                opening: ledger, for: access.request(.readBalance, of: .trainee(trainee)))
            let point = try point.point(in: reader)
            let (histories, members) = try reader.histories(of: trainee, at: point)
            let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
            let engine = DecisionEngine(histories: histories, rulebook: book, for: members)
            let person = PersonHistory(joining: members.compactMap { histories.trainee($0) })
            let balance = BalanceAnswer(
                of: person, id: trainee, on: on.flatMap { CivilDate($0) }, by: engine,
                within: reader.reach(in: histories))
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            if output.json { Console.print(balance.json(context)) } else { show(balance) }
        }
    }

    private func show(_ balance: BalanceAnswer) {
        let language = output.language
        Console.print(
            Words(
                "學員 \(balance.trainee) 於 \(output.show(balance.on)) 的額度",
                "Balance of trainee \(balance.trainee) on \(output.show(balance.on))")(language))
        if let quota = balance.quota {
            let days = "\(output.show(quota.windowFrom)) – \(output.show(quota.windowTo))"
            let (cap, paid) = (Terms.money(quota.capNTD), Terms.money(quota.paidNTD))
            let (committed, left) = (Terms.money(quota.committedNTD), Terms.money(quota.remainingNTD))
            Console.print(
                Words(
                    "補助額度 \(days)：上限 \(cap)，已撥付 \(paid)，待撥付 \(committed)，剩餘 \(left)",
                    "Quota \(days): cap \(cap), paid \(paid), committed \(committed), left \(left)")(language))
        } else {
            Console.print(Words("補助額度：當日無三年期間", "Quota: no window holds that day")(language))
        }
        if let allowance = balance.allowance {
            let days = "\(output.show(allowance.from)) – \(output.show(allowance.to))"
            let used = Terms.months(allowance.usedHalfMonths, language)
            let cap = Terms.months(allowance.capHalfMonths, language)
            let left = Terms.months(allowance.remainingHalfMonths, language)
            Console.print(
                Words(
                    "生活津貼 \(days)：已領 \(used)，上限 \(cap)，剩餘 \(left)",
                    "Living allowance \(days): \(used) drawn of \(cap), \(left) left")(language))
        }
        showAttendance(balance)
    }

    private func showAttendance(_ balance: BalanceAnswer) {
        guard !balance.attendance.isEmpty else { return }
        let language = output.language
        var table = Table(
            [
                Words("班次", "Class")(language), Words("應到", "Scheduled")(language),
                Words("出席", "Present")(language), Words("請假", "Leave")(language),
                Words("曠課", "Truancy")(language), Words("缺課", "Absent")(language),
                Words("未登錄", "Unrecorded")(language),
            ], rightAligned: [1, 2, 3, 4, 5, 6])
        for (id, summary) in balance.attendance {
            table.add(
                [id]
                    + [
                        summary.minutesScheduled, summary.minutesPresent, summary.minutesLeave,
                        summary.minutesTruancy, summary.minutesAbsent, summary.minutesUnrecorded,
                    ].map(Terms.hours))
        }
        for line in table.lines { Console.print(line) }
    }
}
