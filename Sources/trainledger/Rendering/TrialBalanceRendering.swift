import CommandKit
import Explanations
import Histories
import TrainingEvents

/// The trial balance (試算表) as JSON and as a table.
struct TrialBalanceRendering {
    let trialBalance: TrialBalance

    /// Balances in whole NT$, debits positive; the two columns of the trial balance, which are equal.
    var json: JSONValue {
        .members([
            "accounts": Self.json(trialBalance.total),
            "credit": .integer(trialBalance.total.columns?.creditNTD ?? 0),
            "debit": .integer(trialBalance.total.columns?.debitNTD ?? 0),
            "lines": .array(
                trialBalance.lines.map { line in
                    .members([
                        "accounts": Self.json(line.balances), "kind": .string(line.kind.name),
                        "programme": line.programme.map { .string($0.name) } ?? .null,
                    ])
                }),
        ])
    }

    private static func json(_ balances: AccountBalances) -> JSONValue {
        .object(BookAccount.allCases.map { JSONValue.Member($0.name, .integer(balances[$0])) })
    }

    /// A row for every account that is not empty, and the two sums; nothing where no money ever moved.
    func lines(_ language: Language) -> [String] {
        guard let sums = trialBalance.total.columns, !trialBalance.lines.isEmpty else { return [] }
        var table = Table(
            [
                Words("計畫", "Programme"), Words("項目", "Kind"), Words("科目", "Account"), Words("借方", "Debit"),
                Words("貸方", "Credit"),
            ].map { $0(language) }, rightAligned: [3, 4])
        for line in trialBalance.lines {
            var place = [
                line.programme.map { Terms.code($0.name, language) } ?? "–", Terms.code(line.kind.name, language),
            ]
            for account in BookAccount.allCases where line.balances[account] != 0 {
                let balance = line.balances[account]
                table.add(
                    place + [
                        Self.name(account, language), balance > 0 ? Terms.money(balance) : "",
                        balance < 0 ? Terms.money(-balance) : "",
                    ])
                place = ["", ""]
            }
        }
        table.add([Words("合計", "Total")(language), "", "", Terms.money(sums.debitNTD), Terms.money(sums.creditNTD)])
        return table.lines
    }

    private static func name(_ account: BookAccount, _ language: Language) -> String {
        let words =
            switch account {
            case .assessedBenefits: Words("核定補助", "assessed benefits")
            case .payable: Words("應付補助款", "payable")
            case .fundDisbursed: Words("基金撥付", "disbursed by the fund")
            case .recoverable: Words("應收繳回款", "recoverable")
            case .revokedBenefits: Words("撤銷補助", "revoked benefits")
            case .fundRecovered: Words("基金收回", "recovered by the fund")
            }
        return words(language)
    }
}
