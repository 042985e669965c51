import EventLog

/// The file `access.json` of a ledger under access control: which two logs belong to it. Where it stands, nobody is
/// answered without them.
struct AccessMark: Hashable, Sendable {
    static let fileName = "access.json"
    private static let limit = 4_096

    /// The ID of the log of grants.
    let grants: LedgerID
    /// The ID of the log of reads.
    let reads: LedgerID

    /// One line: `{"grants":"<32 hex digits>","reads":"<32 hex digits>","crc32c":"<8 hex digits>"}`. The checksum is of
    /// everything before `,"crc32c"`.
    var encoded: [UInt8] {
        let start = Array("{\"grants\":\"\(grants)\",\"reads\":\"\(reads)\"".utf8)
        let digits = String(start.withUnsafeBytes { crc32c($0) }, radix: 16)
        let padded = String(repeating: "0", count: 8 - digits.utf8.count) + digits
        return start + Array(",\"crc32c\":\"\(padded)\"}\n".utf8)
    }

    /// The mark of a ledger; `nil` if it is not under access control.
    ///
    /// - Throws: `access` if the file is there and not as it was written; `log`.
    static func read(in ledger: String, _ files: some FileSystem) throws(LedgerError) -> AccessMark? {
        let path = "\(ledger)/\(fileName)"
        let bytes: [UInt8]
        do throws(LogError) { bytes = try files.content(path, limit: limit) } catch {
            if error.isNotFound { return nil }
            throw .log(error)
        }
        guard let mark = AccessMark(bytes) else {
            throw .access(AccessError(.damaged, "\(path) is not as it was written"))
        }
        return mark
    }

    init(grants: LedgerID, reads: LedgerID) {
        self.grants = grants
        self.reads = reads
    }

    /// Reads the file's bytes, of which exactly one form is right.
    init?(_ bytes: [UInt8]) {
        let quoted = bytes.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        guard quoted.count > 7, let grants = LedgerID(hexadecimal: quoted[3]),
            let reads = LedgerID(hexadecimal: quoted[7])
        else { return nil }
        self.init(grants: grants, reads: reads)
        guard encoded == bytes else { return nil }
    }

    /// Puts the mark into a ledger, durably.
    func write(in ledger: String, _ files: some FileSystem) throws(LedgerError) {
        try fromLog { () throws(LogError) in
            try files.replace("\(ledger)/\(Self.fileName)", in: ledger, with: encoded)
        }
    }
}
