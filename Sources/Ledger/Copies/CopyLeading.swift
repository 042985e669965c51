import Access
import PersonalData
package import EventLog
package import Transparency

/// What a ledger gives to those who follow its log: signed heads, segment files, and the small files beside the log.
package final class CopyLeading: Sendable {
    private let ledger: String
    private let key: SigningKey
    private let files = RealFileSystem()
    private let segments: DirectorySegments<RealFileSystem>
    private let log: GrowingLog<RealFileSystem>
    /// Bytes of a file beside the log at most.
    private static let fileLimit = 16 << 20

    /// - Parameter key: signs heads; not a key that signs the ledger's checkpoints.
    /// - Throws: `log`; `contradiction` if the key signs checkpoints.
    package init(_ ledger: String, signingWith key: SigningKey) throws(LedgerError) {
        let files = files
        guard try !CheckpointStore(ledger: ledger, files: files).keys().contains(key.verifier(.note)) else {
            throw .contradiction(
                "\(key.name) signs this ledger's checkpoints; heads for those who follow take a key of their own")
        }
        self.ledger = ledger
        self.key = key
        (segments, log) = try fromLog { () throws(LogError) in
            (
                try DirectorySegments(of: ledger, files: files),
                try GrowingLog(opening: ledger, files: files)
            )
        }
    }

    /// Lets somebody follow, and writes it down.
    ///
    /// - Throws: `access`.
    package func admit(_ request: AccessRequest) throws(LedgerError) {
        try AccessGate.pass(request, for: .copyLedger, on: ledger)
    }

    /// What is durable now, signed.
    ///
    /// - Throws: `log`.
    package func head() throws(LedgerError) -> (size: UInt64, note: [UInt8]) {
        let (head, epoch) = try fromLog { () throws(LogError) in try log.head() }
        let copyHead = CopyHead(
            ledgerID: log.ledgerID, formatVersion: log.formatVersion, epoch: epoch, head: head)
        return (head.size, try copyHead.signed(with: key))
    }

    /// The first positions of the segment files.
    package func segmentStarts() throws(LedgerError) -> [UInt64] {
        try fromLog { () throws(LogError) in try segments.segmentStarts() }
    }

    /// Bytes of a segment file.
    ///
    /// - Throws: `log` with `outOfRange` if none begins there.
    package func bytes(ofSegmentAt first: UInt64, from offset: UInt64) throws(LedgerError) -> SegmentPiece {
        try fromLog { () throws(LogError) in try segments.bytes(ofSegmentAt: first, from: offset) }
    }

    /// The names of the files beside the log that a copy has too, relative to the ledger.
    package func fileNames() throws(LedgerError) -> [String] {
        try fromLog { () throws(LogError) in try CopiedFile.names(in: ledger, files) }
    }

    /// The content of one of them; `nil` if it is not there, or not for copies.
    package func content(of name: String) throws(LedgerError) -> [UInt8]? {
        guard CopiedFile.isCopied(name) else { return nil }
        do throws(LogError) {
            return try files.content("\(ledger)/\(name)", limit: Self.fileLimit)
        } catch {
            if error.isNotFound { return nil }
            throw .log(error)
        }
    }
}

/// Which files beside the log a copy has: rulebooks, checkpoints, and the marks of access control and erasures.
package enum CopiedFile {
    /// Files of these may be added; what is in them does not change, but for checkpoints, which get cosignatures.
    private static let directories = [RulebookFile.directory, CheckpointStore<RealFileSystem>.name]
    private static let single = [AccessMark.fileName, erasureStampFile]

    /// Whether a name, relative to the ledger, is one of them. Nothing that leads elsewhere is.
    package static func isCopied(_ name: String) -> Bool {
        if single.contains(name) { return true }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, directories.contains(String(parts[0])), let first = parts[1].utf8.first,
            parts[1].utf8.count <= 200, !name.hasSuffix(".tmp")
        else { return false }
        let isPlain = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return first != UInt8(ascii: ".") && parts[1].utf8.allSatisfy(isPlain)
    }

    /// Whether the content of a file of that name never changes.
    package static func isFixed(_ name: String) -> Bool { name.hasPrefix(RulebookFile.directory + "/") }

    static func names(in ledger: String, _ files: some FileSystem) throws(LogError) -> [String] {
        var names: [String] = []
        for name in single where try files.exists("\(ledger)/\(name)") { names.append(name) }
        for directory in directories where try files.exists("\(ledger)/\(directory)") {
            names += try files.list("\(ledger)/\(directory)").map { "\(directory)/\($0)" }.filter(isCopied)
        }
        return names
    }
}
