import EventLog
import PersonalData
import TrainingEvents

/// Mends the files of a ledger's keys; its log is sound.
struct KeyRepair {
    private let ledger: String
    private let copy: KeyPlaces
    private let options: KeyOptions
    private let files = RealFileSystem()

    init(of ledger: String, from mirror: String, keys options: KeyOptions) {
        self.ledger = ledger
        copy = .beside(mirror)
        self.options = options
    }

    /// Mends one fault after the other until there is none.
    ///
    /// - Throws: `personalData`: `damaged` with what cannot be mended, `inUse`.
    func run(
        _ first: KeyFileFault, _ progress: (LogRepair<RealFileSystem>.Mended) -> Void
    ) throws(LedgerError) -> [LogRepair<RealFileSystem>.Mended] {
        let id = try fromLog { () throws(LogError) in try LogReader(opening: ledger, files: files) }.ledgerID.bytes
        return try fromKeys { () throws(PersonalDataError) in
            guard let places = try options.places(of: ledger, id: id, files: files) else {
                throw PersonalDataError(.noKeys, "\(first.file): \(first.reason); mending it needs the keys")
            }
            let check = KeyFilesCheck(of: ledger, ledger: id, at: places, files: files)
            var mended: [LogRepair<RealFileSystem>.Mended] = []
            var before: KeyFileFault?
            while let fault = try check.report().faults.first {
                guard fault != before else { throw PersonalDataError(.damaged, "\(fault.file): \(fault.reason)") }
                before = fault
                try check.mend(fault, from: copy, erasedInLog: erasedInLog)
                let file = LogRepair<RealFileSystem>.Mended(file: fault.file, positions: [], keptAs: nil)
                mended.append(file)
                progress(file)
            }
            return mended
        }
    }

    /// Whose erasure the log holds. A walk over the log.
    private func erasedInLog() throws(PersonalDataError) -> [String] {
        do throws(LedgerError) {
            let reader = try LedgerReader(forOwnUse: ledger, keys: nil)
            var erased: [String] = []
            try reader.forEachEvent(at: try reader.resolve(.head)) { _, event, registry throws(LedgerError) in
                if case .traineeErased = event.body { erased.append(event.subject.id(in: registry)) }
            }
            return erased
        } catch {
            throw PersonalDataError(.damaged, error.message)
        }
    }
}
