import ArgumentParser
import Glibc

/// The command line: parses, asks the ledger, prints.
@main
struct TrainLedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trainledger",
        abstract: "An append-only ledger of vocational training, and what it says each trainee is owed. 職業訓練帳本",
        discussion: """
            LEDGER is a directory. Answers go to standard output, as text or with --json; progress and complaints \
            go to standard error. Exit status: 0 done, 1 a check or decision says no, 64 usage, 65 bad data, 66 \
            something is missing, 73 cannot create, 74 input or output failed, 75 another writer has the ledger, 77 denied.
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, AppendCommand.self, EventsCommand.self, TimelineCommand.self, BalanceCommand.self,
            ReportCommand.self,
            DecideCommand.self, CompareCommand.self, SettleCommand.self, RebuildCommand.self, SealCommand.self,
            PlanCommand.self, FoldShardCommand.self, MergeCommand.self,
            VerifyCommand.self, BenchCommand.self, CheckpointCommand.self, CosignCommand.self, ProveCommand.self,
            VerifyProofCommand.self, AuditCommand.self, ExportCommand.self, KeyCommand.self, BackupCommand.self,
            RepairCommand.self, FollowCommand.self, PromoteCommand.self, EraseCommand.self, FindCommand.self,
            DeadlinesCommand.self, BranchCommand.self,
            RulebookCommand.self, GenerateCommand.self, AccessCommand.self, PrincipalCommand.self, ServeCommand.self,
            ListCommand.self, CSVTemplateCommand.self, ImportCSVCommand.self,
        ])

    /// A reader that went away and a file that grew too large are errors to be told, not ends of the program.
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        main(nil)
    }
}
