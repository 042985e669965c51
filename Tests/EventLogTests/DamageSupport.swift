import EventLog
import LedgerTestKit

let segmentPath = ledgerPath + "/segments/00000000000000000000.seg"

/// A small closed ledger on a simulated disk: batches of 1, 3, 30 and 2 records.
func smallLedger(closes: Bool = true) throws -> (files: SimulatedFileSystem, witness: Witness) {
    let files = SimulatedFileSystem()
    var witness = Witness()
    try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
    witness.isCreated = true
    try append([1, 3, 30, 2], to: files, &witness, closes: closes)
    return (files, witness)
}

/// The byte ranges of the commits in a segment's bytes, the last being the closing marker if there is one.
///
/// Written from docs/segment-format.md, not from the code under test: a commit begins at a sector whose tag has
/// its highest bit set.
func commitRanges(_ segment: [UInt8]) -> [Range<Int>] {
    let starts = stride(from: 2_048, to: segment.count, by: 512).filter { segment[$0 + 507] & 0x80 != 0 }
    return zip(starts, starts.dropFirst() + [segment.count]).map { $0..<$1 }
}

/// Gives the sector at `offset` a right checksum for its content.
func reseal(_ segment: inout [UInt8], sectorAt offset: Int) {
    let secret = Array(segment[16..<32])
    let place = (0..<8).map { UInt8(truncatingIfNeeded: offset >> (8 * $0)) }
    let checksum = (secret + place + segment[offset..<offset + 508]).withUnsafeBytes { crc32c($0) }
    for index in 0..<4 { segment[offset + 508 + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index)) }
}

extension VerificationReport {
    /// Whether some damage other than a torn tail is named in this file at this byte.
    func names(_ file: String, byte: Int) -> Bool {
        damages.contains { damage in
            damage.kind != .torn && damage.place.file == file
                && damage.place.bytes?.contains(UInt64(byte)) ?? true
        }
    }
}
