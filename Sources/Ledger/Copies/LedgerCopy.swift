import Access
package import EventLog
import PersonalData
import Transparency

/// A copy of a ledger: its log up to a position, and what lies beside it. Derived files are left out, since whoever uses
/// the copy makes them anew, and keys never lie in a ledger.
package struct LedgerCopy: Sendable {
    /// The copy's last position and tree head, which are the original's.
    package let head: TreeHead
    /// Whether the copy carries the checkpoints. One that ends before the last of them does not: what was signed
    /// is not in it, and nothing may be signed there again.
    package let hasCheckpoints: Bool

    /// Makes the copy, beside a living writer or without one.
    ///
    /// - Parameters:
    ///   - point: what the copy ends with; nil for everything that is durable.
    ///   - target: where it will be; nothing is there yet.
    /// - Throws: `notCreated` for a place inside a ledger; `log` – `alreadyExists`, `damaged` with the place in the original, `noSpace`, `inputOutput`; `asOf`.
    ///   There is no copy then, or one named `….partial`.
    package init(
        of ledger: String, to target: String, upTo point: AsOf? = nil, for request: AccessRequest? = nil,
        progress: @escaping (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(LedgerError) {
        try AccessGate.pass(request, for: .copyLedger, on: ledger)
        let files = RealFileSystem()
        guard !FilePath.isInLedger(target) else {
            throw .notCreated(
                "\(target) lies inside a ledger; a copy has to stand beside it, or better on another disk")
        }
        // Before the log is looked at: it then holds every erasure that the stamp counts.
        let stamp = point == nil ? try Self.erasureStamp(of: ledger, files) : nil
        let reader = try LedgerReader(forOwnUse: ledger)
        let end = try point.map { point throws(LedgerError) in try reader.resolve(point).eventCount } ?? reader.head
        let rulebooks = RulebookStore(ledger: ledger, files: files)
        if let fault = try rulebooks.faults().first {
            throw .damagedRulebook(file: fault.file, reason: fault.reason)
        }
        let last = try CheckpointStore(ledger: ledger, files: files).lastSigned()
        let hasCheckpoints = last.map { $0.head.size <= end } ?? false
        let directories = [RulebookFile.directory] + (hasCheckpoints ? [CheckpointStore<RealFileSystem>.name] : [])
        head = try fromLog { () throws(LogError) in
            try LogCopy(of: reader.log, to: target, files: files).run(
                upTo: end, progress: { progress($0, end) },
                furnish: { place throws(LogError) in
                    for name in directories {
                        try files.copyDirectory("\(ledger)/\(name)", to: "\(place)/\(name)", in: place)
                    }
                    if try files.exists("\(ledger)/\(AccessMark.fileName)") {
                        try files.copyFile(
                            "\(ledger)/\(AccessMark.fileName)", to: "\(place)/\(AccessMark.fileName)", in: place)
                    }
                    guard let stamp else { return }
                    try files.replace("\(place)/\(erasureStampFile)", in: place, with: stamp)
                })
        }
        self.hasCheckpoints = hasCheckpoints
    }

    /// What says how far erasures were carried out; a copy that ends earlier has to have them applied.
    private static func erasureStamp(of ledger: String, _ files: RealFileSystem) throws(LedgerError) -> [UInt8]? {
        try fromLog { () throws(LogError) in
            let path = "\(ledger)/\(erasureStampFile)"
            return try files.exists(path) ? files.content(path, limit: 4_096) : nil
        }
    }
}

extension FileSystem {
    /// Bytes of a file beside the log at most: rulebooks and checkpoints are far smaller.
    private static var fileLimit: Int { 16 << 20 }

    /// Copies the files of a directory, durably; nothing if it is not there. Unfinished ones are passed over.
    func copyDirectory(_ source: String, to target: String, in parent: String) throws(LogError) {
        guard try exists(source) else { return }
        try makeDirectory(target)
        try synchroniseDirectory(parent)
        for name in try list(source) where !name.hasSuffix(".tmp") {
            try copyFile("\(source)/\(name)", to: "\(target)/\(name)", in: target)
        }
    }

    /// Copies a small file in one step, durably.
    func copyFile(_ source: String, to target: String, in directory: String) throws(LogError) {
        try replace(target, in: directory, with: try content(source, limit: Self.fileLimit))
    }
}
