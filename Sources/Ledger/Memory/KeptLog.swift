import EventLog

/// A reader of a ledger's log and its index of subjects, open from one question to the next.
///
/// Sendable: it is used by one thread at a time, whichever took it out of ``LedgerMemory``.
final class KeptLog: @unchecked Sendable {
    let directory: String
    let log: LogReader<RealFileSystem>
    private(set) var index: SubjectIndex<RealFileSystem>
    /// The ledger's files as they were before the log was last looked at.
    private var look: FilesLook?
    private var derivedLook: FilesLook?
    /// What is known of the files that the reader was opened on.
    let knowledge: LedgerKnowledge

    /// - Parameter knowledge: of the files that stood there before the opening.
    /// - Throws: `log`.
    init(opening directory: String, knowing knowledge: LedgerKnowledge) throws(LedgerError) {
        self.directory = directory
        self.knowledge = knowledge
        look = Self.settled(.ofLog(in: directory))
        log = try fromLog { () throws(LogError) in try LogReader(opening: directory, files: RealFileSystem()) }
        derivedLook = Self.settled(Self.derived(directory))
        index = Self.index(of: log, in: directory)
    }

    /// Moves on to what is durable now. Costs a look at four files where nothing was written since.
    ///
    /// - Returns: `false` if something else stands where this reader was opened: then it is of no more use.
    /// - Throws: `log`.
    func refresh() throws(LedgerError) -> Bool {
        guard let place = knowledge.place, let now = Self.place(directory), now.isOfSameFiles(as: place) else {
            return false
        }
        let look = FilesLook.ofLog(in: directory)
        if look == nil || look != self.look {
            let durable = try fromLog { () throws(LogError) in try log.refresh() }
            guard durable >= log.head else { return false }
            self.look = Self.settled(look)
        }
        let derivedLook = Self.derived(directory)
        if derivedLook == nil || derivedLook != self.derivedLook {
            self.derivedLook = Self.settled(derivedLook)
            index = Self.index(of: log, in: directory)
        }
        return true
    }

    /// Closes files where many are open: a process may have but so many.
    func closeFiles() { log.closeSegments(ifMoreThan: Self.openFiles) }

    private static let openFiles = 24

    private static func index(
        of log: LogReader<RealFileSystem>, in directory: String
    ) -> SubjectIndex<RealFileSystem> {
        SubjectIndex(of: log, in: DerivedDirectory(ledger: directory, files: RealFileSystem()))
    }

    /// What tells one ledger in a directory from another that takes its place.
    static func place(_ directory: String) -> FilesLook? {
        FilesLook(at: ["ledger.json", "segments"], in: directory)
    }

    private static func derived(_ directory: String) -> FilesLook? {
        FilesLook(at: [DerivedDirectory<RealFileSystem>.name], in: directory)
    }

    /// A look that shows every later change; `nil` for one that may not.
    private static func settled(_ look: FilesLook?) -> FilesLook? { look?.isSettled == true ? look : nil }
}
