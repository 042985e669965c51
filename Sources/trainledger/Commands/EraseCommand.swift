import Access
import ArgumentParser
import CivilTime
import CommandKit
import Explanations
import Ledger
import PersonalData
import TrainingEvents

/// `trainledger erase`.
struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Destroy the personal data of a trainee, for good. 刪除個人資料",
        discussion: """
            Records the erasure, destroys the keys that the trainee's names, numbers and texts are sealed under, and \
            prints a certificate of what is gone and what stays until when. Refused while a hold stands. With \
            --apply-register, brings ledger, keys and register to the same erasures again after a restore or a crash.

            EXAMPLES:
              trainledger erase ledger T-COFFEE-01 --legal-basis "PDPA art. 11" \\
                  --approved-by head --approved-by officer
              trainledger erase ledger --apply-register
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "The ID of the trainee.")
    var trainee: String?

    @Option(help: ArgumentHelp("The law and ground by which the data are erased.", valueName: "text"))
    var legalBasis: String?

    @Option(help: ArgumentHelp("Who approved it; give it twice, with different names or roles.", valueName: "name"))
    var approvedBy: [String] = []

    @Option(help: ArgumentHelp("The day of the erasure (default: today).", valueName: "date"))
    var on: String?

    @Flag(help: "Erase again what the register of erasures says, wherever an older copy was put back.")
    var applyRegister = false

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if applyRegister {
            guard trainee == nil, legalBasis == nil, approvedBy.isEmpty else {
                throw ValidationError("--apply-register takes no trainee")
            }
            return
        }
        guard trainee != nil, legalBasis != nil, approvedBy.count == 2, approvedBy[0] != approvedBy[1] else {
            throw ValidationError("a trainee, --legal-basis, and --approved-by twice, by two different persons")
        }
        if let on, CivilDate(on) == nil { throw ValidationError("--on \(shown(on)) is no date such as 2026-06-01") }
    }

    func run() throws {
        try reporting {
            if applyRegister { return try showApplied(try apply()) }
            guard let trainee, let legalBasis else { return }
            let isNew = try erase(trainee, legalBasis)
            let certificate = try LedgerReader(
                opening: ledger, keys: keys.use, for: access.request(.erase, of: .trainee(trainee))
            ).erasureCertificate(of: trainee)
            if output.json {
                Console.print(certificate.json)
            } else {
                for line in CertificateRendering(certificate, output).lines(isNew: isNew) { Console.print(line) }
            }
        }
    }

    /// Erases, after finishing what an erasure that was cut off left undone.
    private func erase(_ trainee: String, _ legalBasis: String) throws(LedgerError) -> Bool {
        do throws(LedgerError) {
            return try eraseOnce(trainee, legalBasis)
        } catch {
            guard case .personalData(let reason) = error, reason.code == .erasuresNotApplied else { throw error }
        }
        _ = try apply()
        return try eraseOnce(trainee, legalBasis)
    }

    private func eraseOnce(_ trainee: String, _ legalBasis: String) throws(LedgerError) -> Bool {
        let writer = try LedgerWriter(
            opening: ledger, keys: keys.use, for: access.request(.erase, of: .trainee(trainee)), now: systemNow)
        let isNew: Bool
        do throws(LedgerError) {
            isNew = try writer.erase(
                trainee, legalBasis: legalBasis, approvedBy: approvedBy, on: on.flatMap { CivilDate($0) })
        } catch {
            try writer.close()
            throw error
        }
        try writer.close()
        return isNew
    }

    private func apply() throws(LedgerError) -> LedgerWriter.AppliedErasures {
        try LedgerWriter.applyErasures(
            to: ledger, keys: keys.options, for: access.request(.applyErasures), now: systemNow)
    }

    private func showApplied(_ applied: LedgerWriter.AppliedErasures) throws {
        if output.json {
            Console.print(
                JSONValue.members([
                    "erasures": .number(applied.erasures), "recordedAgain": .number(applied.recordedAgain),
                    "restoredToRegister": .number(applied.restoredToRegister),
                    "notRecorded": .array(applied.notRecorded.map { .string($0.code.rawValue) }),
                ]))
        } else {
            Console.print(
                Words(
                    "登記簿有 \(applied.erasures) 筆刪除，均已執行；重新登錄 \(applied.recordedAgain) 筆，補登 \(applied.restoredToRegister) 筆",
                    "\(applied.erasures) erasures in the register, all carried out; recorded again "
                        + "\(applied.recordedAgain), taken back into the register \(applied.restoredToRegister)")(
                        output.language))
            for reason in applied.notRecorded {
                Console.complain("trainledger: \(Terms.refusal(reason, output.language))")
            }
        }
        if !applied.notRecorded.isEmpty { throw ExitCode(1) }
    }
}
