import Access
package import EventLog
package import PersonalData
import TrainingEvents

/// What was mended in a damaged ledger from another copy of it, and a receipt of that.
package struct LedgerRepair: Sendable {
    /// The files, in the order in which they were mended.
    package let mended: [LogRepair<RealFileSystem>.Mended]
    /// The tree head of the ledger as it is now, every record of it read and hashed.
    package let head: TreeHead
    /// The receipt, relative to the ledger's directory; nil if nothing was damaged.
    package let receipt: String?

    /// Mends the ledger. A sound one is not touched.
    ///
    /// - Parameters:
    ///   - mirror: the directory of another copy of the same ledger, such as a backup, as far as it goes. A copy of the
    ///     keys may stand beside it, under the usual names.
    ///   - keyOptions: where the ledger's own keys are.
    /// - Throws: `log` – `inUse`, `outOfRange` for a copy of another ledger, `damaged` with what could not be mended;
    ///   `damagedRulebook`, `contradiction`, `personalData` likewise. What was mended before that stays mended.
    package init(
        of ledger: String, from mirror: String, keys keyOptions: KeyOptions = .ofEnvironment,
        for request: AccessRequest? = nil,
        progress: @escaping (LogRepair<RealFileSystem>.Mended) -> Void = { _ in }
    ) throws(LedgerError) {
        let mark = try AccessMarkRepair(of: ledger, from: mirror, for: request)
        let files = RealFileSystem()
        guard FilePath.real(ledger) != FilePath.real(mirror) else {
            throw .input(path: mirror, reason: "it is the ledger itself; repair needs another copy of it")
        }
        var mended = try fromLog { () throws(LogError) in
            try LogRepair(of: ledger, from: mirror, files: files).run(progress: progress)
        }
        // The writer's open settles a torn tail and the file in which it publishes what is durable.
        if !mended.isEmpty {
            do throws(LogError) { try LogWriter(opening: ledger, files: files).close() } catch {
                // A copy that follows, or a ledger under a lease: whoever may write settles them.
                guard error.code == .notTheWriter else { throw .log(error) }
            }
        }
        if let mendedMark = try mark.run() {
            progress(mendedMark)
            mended.append(mendedMark)
        }
        var verification = try LedgerVerification(everythingIn: ledger, keys: keyOptions)
        for file in verification.rulebooks.map(\.file) + verification.checkpoints.map(\.file) {
            let replaced = try Self.replace(file, in: ledger, from: mirror, files)
            progress(replaced)
            mended.append(replaced)
        }
        if !verification.rulebooks.isEmpty || !verification.checkpoints.isEmpty {
            verification = try LedgerVerification(everythingIn: ledger, keys: keyOptions)
        }
        try Self.requireSound(verification, butKeys: true)
        if let fault = verification.keys.faults.first {
            mended += try KeyRepair(of: ledger, from: mirror, keys: keyOptions).run(fault, progress)
            verification = try LedgerVerification(everythingIn: ledger, keys: keyOptions)
        }
        try Self.requireSound(verification)
        guard let head = verification.log.treeHead else {
            throw .log(LogError(.damaged, "the ledger has no tree head", .init()))
        }
        self.mended = mended
        self.head = head
        receipt = mended.isEmpty ? nil : try Self.writeReceipt(mended, head, in: ledger, files)
    }

    /// Takes a file beside the log from the copy, if it is right there; the damaged one is kept.
    private static func replace(
        _ file: String, in ledger: String, from mirror: String, _ files: RealFileSystem
    ) throws(LedgerError) -> LogRepair<RealFileSystem>.Mended {
        if let fault = try RulebookStore(ledger: mirror, files: files).faults().first(where: { $0.file == file }) {
            throw .damagedRulebook(file: fault.file, reason: "it is damaged in the copy as well: \(fault.reason)")
        }
        let parts = file.split(separator: "/").map(String.init)
        guard parts.count == 2 else { throw .contradiction("\(file) cannot be taken from a copy") }
        return try fromLog { () throws(LogError) in
            guard try files.exists("\(mirror)/\(file)") else {
                throw LogError(.damaged, "the copy lacks this file as well", .init(file: file))
            }
            let directory = "\(ledger)/\(parts[0])"
            let kept = try Quarantine(of: ledger, files: files).keep(damaged: file)
            if try !files.exists(directory) {
                try files.makeDirectory(directory)
                try files.synchroniseDirectory(ledger)
            }
            try files.copyFile("\(mirror)/\(file)", to: "\(ledger)/\(file)", in: directory)
            return .init(file: file, positions: [], keptAs: kept)
        }
    }

    private static func requireSound(
        _ verification: LedgerVerification, butKeys isWithoutKeys: Bool = false
    ) throws(LedgerError) {
        if let fault = verification.keys.faults.first, !isWithoutKeys {
            throw .personalData(PersonalDataError(.damaged, "\(fault.file): \(fault.reason)"))
        }
        if let fault = verification.rulebooks.first {
            throw .damagedRulebook(file: fault.file, reason: fault.reason)
        }
        if let fault = verification.checkpoints.first { throw .contradiction("\(fault.file): \(fault.reason)") }
        if let damage = verification.log.damages.first(where: { $0.kind != .torn }) {
            throw .log(LogError(.damaged, damage.message, damage.place))
        }
        if let fault = verification.access.first {
            throw .access(
                AccessError(.damaged, "\(fault.file): \(fault.reason); repair LEDGER.access/… from a copy of it"))
        }
        if let record = verification.records.first { throw .record(record.error, position: record.position) }
    }

    /// One JSON object: what was mended, where the damaged files are kept, and the head that was reached.
    private static func writeReceipt(
        _ mended: [LogRepair<RealFileSystem>.Mended], _ head: TreeHead, in ledger: String, _ files: RealFileSystem
    ) throws(LedgerError) -> String {
        let entries = mended.map { file in
            JSONValue.object([
                .init("file", .string(file.file)),
                .init(
                    "fromCopy",
                    .array(
                        file.positions.map { range in
                            .array([.number(range.lowerBound), .number(range.upperBound)])
                        })),
                .init("keptAs", file.keptAs.map { .string($0) } ?? .null),
            ])
        }
        let text = JSONValue.object([
            .init("mended", .array(entries)),
            .init(
                "treeHead",
                .object([.init("root", .string("sha256:\(head.root)")), .init("size", .number(head.size))])),
        ]).text
        return try fromLog { () throws(LogError) in
            let quarantine = Quarantine(of: ledger, files: files)
            let name = try quarantine.newName("repair", ending: ".json")
            try files.replace(
                "\(ledger)/\(name)", in: "\(ledger)/\(Format.quarantineDirectory)", with: Array((text + "\n").utf8))
            return name
        }
    }
}
