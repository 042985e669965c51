internal import Glibc

/// The file `durable`: one sector in which the living writer says how far the log is durable.
///
/// It is written after each commit's sync and is not synced itself, except at a clean close. What it says was
/// true when it was written, so a log that ends before it has lost acknowledged records.
package struct Publication: Hashable, Sendable {
    /// The ledger it speaks of.
    package var ledgerID: LedgerID
    /// All records before this position were durable.
    package var durable: UInt64
    /// The writer's epoch.
    package var epoch: UInt32

    private static let magic: [UInt8] = Array("TLDURABL".utf8)
    private static let checksumOffset = 508

    /// The sector.
    package var encoded: [UInt8] {
        var bytes = Self.magic + ledgerID.bytes
        withUnsafeBytes(of: durable.littleEndian) { bytes += $0 }
        withUnsafeBytes(of: epoch.littleEndian) { bytes += $0 }
        bytes += [UInt8](repeating: 0, count: Self.checksumOffset - bytes.count)
        let checksum = bytes.withUnsafeBytes { crc32c($0) }
        withUnsafeBytes(of: checksum.littleEndian) { bytes += $0 }
        return bytes
    }

    /// What the file turns out to hold.
    package enum Found: Hashable, Sendable {
        case valid(Publication)
        /// No such file: somebody removed it.
        case none
        /// Not as written; the reason.
        case damaged(String)

        /// The durable position, 0 if none is known.
        var durable: UInt64 { if case .valid(let publication) = self { publication.durable } else { 0 } }
    }

    /// A publication from its fields.
    package init(ledgerID: LedgerID, durable: UInt64, epoch: UInt32) {
        self.ledgerID = ledgerID
        self.durable = durable
        self.epoch = epoch
    }

    /// Reads the publication of `ledgerID`'s writer, or of any if that is nil.
    static func read<Files: FileSystem>(
        _ directory: String, _ files: Files, ledgerID: LedgerID?
    ) throws(LogError) -> Found {
        let path = directory + "/" + Format.publicationFile
        // A read may meet a write half done; a second look a moment later meets it done.
        for attempt in 0..<20 {
            let bytes: [UInt8]
            do {
                bytes = try files.content(path, limit: 4_096)
            } catch {
                if error.isNotFound { return .none }
                throw error
            }
            let found = decode(bytes, ledgerID)
            guard case .damaged = found, attempt < 19 else { return found }
            sched_yield()
        }
        preconditionFailure("the last attempt returns")
    }

    private static func decode(_ bytes: [UInt8], _ ledgerID: LedgerID?) -> Found {
        bytes.withUnsafeBytes { memory in
            guard memory.count == Format.sectorSize else { return .damaged("it is not 512 bytes long") }
            guard memory.integer(at: checksumOffset) == crc32c(memory.part(0..<checksumOffset)),
                memory.part(0..<8).elementsEqual(magic), memory.part(36..<checksumOffset).isZero,
                let owner = LedgerID([UInt8](memory.part(8..<24)))
            else { return .damaged("its checksum does not match") }
            guard ledgerID == nil || owner == ledgerID else { return .damaged("it belongs to another ledger") }
            return .valid(
                Publication(ledgerID: owner, durable: memory.integer(at: 24), epoch: memory.integer(at: 32)))
        }
    }
}
