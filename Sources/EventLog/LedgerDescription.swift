/// The file `ledger.json`: one line that says the format version and the ledger's ID, with a checksum.
package struct LedgerDescription: Hashable, Sendable {
    /// The format version of the whole ledger.
    package var version: UInt16
    /// The ledger's ID.
    package var ledgerID: LedgerID

    /// The file's bytes: `{"format":1,"ledger":"<32 hex digits>","crc32c":"<8 hex digits>"}` and a newline. The
    /// checksum is of everything before `,"crc32c"`.
    var encoded: [UInt8] { Self.text(version: UInt64(version), ledger: ledgerID.description) }

    private static func text(version: UInt64, ledger: String) -> [UInt8] {
        let start = Array("{\"format\":\(version),\"ledger\":\"\(ledger)\"".utf8)
        let checksum = start.withUnsafeBytes { crc32c($0) }
        let digits = String(checksum, radix: 16)
        let padded = String(repeating: "0", count: 8 - digits.utf8.count) + digits
        return start + Array(",\"crc32c\":\"\(padded)\"}\n".utf8)
    }

    /// Reads the description of the ledger in `directory`.
    ///
    /// - Throws: `notALedger`, `damaged`, `formatTooNew`, `inputOutput`.
    static func read<Files: FileSystem>(_ directory: String, _ files: Files) throws(LogError) -> LedgerDescription {
        let path = directory + "/" + Format.descriptionFile
        let bytes: [UInt8]
        do {
            bytes = try files.content(path, limit: 4_096)
        } catch {
            if error.isNotFound {
                throw LogError(.notALedger, "\(directory) holds no ledger: there is no \(Format.descriptionFile)")
            }
            throw error
        }
        return try LedgerDescription(decoding: bytes)
    }

    /// The description of the ledger with this ID.
    init(version: UInt16, ledgerID: LedgerID) {
        self.version = version
        self.ledgerID = ledgerID
    }

    /// Reads the file's bytes, of which exactly one form is right.
    init(decoding bytes: [UInt8]) throws(LogError) {
        let prefix = Array("{\"format\":".utf8)
        let digits = bytes.dropFirst(prefix.count).prefix { $0 >= 0x30 && $0 <= 0x39 }
        let rest = bytes.dropFirst(prefix.count + digits.count + 11)
        guard bytes.starts(with: prefix), let version = UInt64(String(decoding: digits, as: UTF8.self)),
            let ledgerID = LedgerID(hexadecimal: rest.prefix(32)),
            bytes == Self.text(version: version, ledger: ledgerID.description)
        else {
            throw LogError(
                .damaged, "\(Format.descriptionFile) is not as it was written",
                .init(file: Format.descriptionFile, bytes: 0..<UInt64(bytes.count)))
        }
        guard version <= UInt64(Format.version) else {
            throw LogError(
                .formatTooNew,
                "format version \(version) is later than \(Format.version), the latest that this program knows",
                .init(file: Format.descriptionFile))
        }
        self.version = UInt16(version)
        self.ledgerID = ledgerID
    }
}
