import Access
import EventLog
import TrainingEvents

/// Something in the logs of access that is not as it was written.
package struct AccessFault: Hashable, Sendable {
    /// The file, relative to where the ledger lies.
    package let file: String
    package let reason: String
}

extension AccessLogs {
    /// Reads and checks both logs of access of a ledger: every byte, every record, and whether each grant can follow
    /// those before it. Nothing for a ledger that is not under access control.
    ///
    /// - Throws: `log` for failures of the disk.
    static func faults(of ledger: String) throws(LedgerError) -> [AccessFault] {
        let logs: AccessLogs?
        do throws(LedgerError) { logs = try AccessLogs(of: ledger) } catch {
            return [try fault(AccessMark.fileName, error)]
        }
        guard let logs else { return [] }
        var faults: [AccessFault] = []
        for (name, id) in [("grants", logs.mark.grants), ("reads", logs.mark.reads)] {
            faults += try Self.faults(inLog: "\(directory(of: ledger))/\(name)", id, name: name)
        }
        guard faults.isEmpty else { return faults }
        do throws(LedgerError) {
            _ = try logs.currentGrants()
            try logs.reads.forEach(logs.mark.reads) { _ in }
        } catch {
            faults.append(try fault("access", error))
        }
        return faults
    }

    private static func faults(
        inLog directory: String, _ id: LedgerID, name: String
    ) throws(LedgerError) -> [AccessFault] {
        do throws(LogError) {
            let report = try verifyLog(directory: directory, files: RealFileSystem())
            return report.damages.map { damage in
                AccessFault(file: "\(name)/\(damage.place.file ?? "")", reason: damage.description)
            }
        } catch {
            if case .inputOutput = error.code { throw .log(error) }
            return [AccessFault(file: name, reason: error.description)]
        }
    }

    /// A fault for what is damaged or missing; anything else is thrown on.
    private static func fault(_ file: String, _ error: LedgerError) throws(LedgerError) -> AccessFault {
        guard case .access(let reason) = error else { throw error }
        return AccessFault(file: file, reason: reason.reason)
    }
}
