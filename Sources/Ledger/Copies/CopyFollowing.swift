package import EventLog
package import Transparency

/// Where a copy gets from what it follows.
package protocol CopySource: SegmentSource {
    /// The leader's newest signed head. Tells the leader how many records the copy has durably; `waiting` for a while
    /// until the log is longer than that.
    func head(having durable: UInt64, waiting: Bool) throws(LogError) -> [UInt8]
    /// The names of the files beside the log.
    func fileNames() throws(LogError) -> [String]
    /// The content of one of them; `nil` if it is gone.
    func content(of name: String) throws(LogError) -> [UInt8]?
}

/// Keeps a copy of a ledger up with its leader: each step brings it to the leader's newest signed head.
package final class CopyFollowing {
    private let directory: String
    private let keys: [VerifierKey]
    private let files = RealFileSystem()
    private var follower: LogFollower<RealFileSystem>?
    /// Files whose content never changes, and that the copy has.
    private var kept: Set<String> = []

    /// How far the copy is.
    package struct Step: Hashable, Sendable {
        /// Records that readers of the copy see.
        package let durable: UInt64
        /// The epoch of the writer that is followed.
        package let epoch: UInt32
        /// Whether there was anything new.
        package let hasGrown: Bool
    }

    /// - Parameters:
    ///   - directory: the copy; made at the first step if it is not there.
    ///   - keys: whose heads are believed: those of every ledger that may lead.
    package init(_ directory: String, believing keys: [VerifierKey]) {
        self.directory = directory
        self.keys = keys
    }

    /// Asks for the newest head and brings the copy to it.
    ///
    /// - Throws: `proof` if the head is not signed by a leader's key; `log`: `notTheWriter`, `diverged`, `inUse`,
    ///   `damaged`, `inputOutput`. Readers see what they saw before, then.
    package func step(from source: some CopySource) throws(LedgerError) -> Step {
        let before = follower?.durable
        var head = try head(source, having: before ?? 0, waiting: before != nil)
        let follower = try open(for: head)
        guard follower.ledgerID == head.ledgerID else {
            throw .log(LogError(.diverged, "the leader is another ledger than the one that \(directory) follows"))
        }
        if follower.durable != head.head.size {
            // Marks and checkpoints speak of records that are in the log; records speak of rulebooks that are kept.
            try takeFiles(source) { !CopiedFile.isFixed($0) }
            head = try self.head(source, having: follower.durable, waiting: false)
            try takeFiles(source, CopiedFile.isFixed)
        }
        try fromLog { () throws(LogError) in
            _ = try follower.follow(to: head.head, epoch: head.epoch, from: source)
        }
        bringIndexUp(from: before ?? 0, to: follower.durable)
        return Step(durable: follower.durable, epoch: follower.epoch, hasGrown: before != follower.durable)
    }

    /// Brings the index of positions up to the last full segment, as a writer does. Readers do without where that fails.
    private func bringIndexUp(from before: UInt64, to now: UInt64) {
        guard before / Format.positionsPerSegment != now / Format.positionsPerSegment,
            let reader = try? LogReader(opening: directory, files: files)
        else { return }
        try? SubjectIndexUpkeep(reader, ledger: directory, jobs: LedgerReader.defaultJobs).run()
    }

    private func head(
        _ source: some CopySource, having durable: UInt64, waiting: Bool
    ) throws(LedgerError) -> CopyHead {
        let note = try fromLog { () throws(LogError) in try source.head(having: durable, waiting: waiting) }
        return try CopyHead(parsing: note, signedByOneOf: keys)
    }

    private func open(for head: CopyHead) throws(LedgerError) -> LogFollower<RealFileSystem> {
        if let follower { return follower }
        let opened = try fromLog { () throws(LogError) in
            if try !files.exists("\(directory)/\(Format.descriptionFile)") {
                try LogFollower.create(
                    directory: directory, ledgerID: head.ledgerID, version: head.formatVersion, files: files)
            }
            return try LogFollower(opening: directory, files: files)
        }
        follower = opened
        return opened
    }

    private func takeFiles(_ source: some CopySource, _ isWanted: (String) -> Bool) throws(LedgerError) {
        try fromLog { () throws(LogError) in
            for name in try source.fileNames() where CopiedFile.isCopied(name) && isWanted(name) && !kept.contains(name)
            {
                let path = "\(directory)/\(name)"
                let isThere = try files.exists(path)
                if !(isThere && CopiedFile.isFixed(name)) { try take(name, path, isThere, source) }
                if CopiedFile.isFixed(name) { kept.insert(name) }
            }
        }
    }

    private func take(
        _ name: String, _ path: String, _ isThere: Bool, _ source: some CopySource
    ) throws(LogError) {
        guard let content = try source.content(of: name) else { return }
        if isThere, try files.content(path, limit: content.count + 1) == content { return }
        let parent = FilePath.parent(of: path)
        if try !files.exists(parent) {
            try files.makeDirectory(parent)
            try files.synchroniseDirectory(directory)
        }
        try files.replace(path, in: parent, with: content)
    }
}
