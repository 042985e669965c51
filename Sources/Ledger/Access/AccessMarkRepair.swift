import Access
import EventLog

/// Mends the mark of access control from a copy of the ledger.
///
/// Who may repair is decided by the copy's mark then, whose logs have to be those beside the ledger: with a copy of their
/// own making somebody can bring nothing else in its place.
struct AccessMarkRepair {
    private let ledger: String
    private let mirror: String
    private let files = RealFileSystem()
    /// The copy's mark, where the ledger's own is damaged or missing.
    private let replacement: AccessMark?

    /// Looks at the mark, and lets the request pass.
    ///
    /// - Throws: `access`: `denied`; `damaged` if the copy's mark does not serve.
    init(of ledger: String, from mirror: String, for request: AccessRequest?) throws(LedgerError) {
        self.ledger = ledger
        self.mirror = mirror
        do throws(LedgerError) {
            _ = try AccessLogs(of: ledger)
            replacement = nil
        } catch {
            guard case .access(let reason) = error, let mark = try AccessMark.read(in: mirror, files) else {
                throw error
            }
            precondition(reason.code == .damaged, "only damage keeps the logs from being found")
            replacement = mark
        }
        if let replacement {
            try AccessGate.pass(request, for: .repairLedger, on: ledger, by: replacement)
        } else {
            try AccessGate.pass(request, for: .repairLedger, on: ledger)
        }
    }

    /// Puts the copy's mark in its place; the damaged one is kept.
    func run() throws(LedgerError) -> LogRepair<RealFileSystem>.Mended? {
        guard let replacement else { return nil }
        let path = "\(ledger)/\(AccessMark.fileName)"
        let kept = try fromLog { () throws(LogError) in
            try files.exists(path) ? try Quarantine(of: ledger, files: files).keep(damaged: AccessMark.fileName) : nil
        }
        try replacement.write(in: ledger, files)
        return .init(file: AccessMark.fileName, positions: [], keptAs: kept)
    }
}
