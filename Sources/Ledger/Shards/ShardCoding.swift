import EventLog
import Histories

// What files of divided work hold beside facts. Reading checks every value, as that of facts does.
extension SnapshotCoder {
    mutating func code(_ hash: inout TreeHash) throws(SnapshotFault) {
        var bytes = hash.bytes
        try code(bytes: &bytes)
        guard let found = TreeHash(bytes) else { throw SnapshotFault(reason: "a hash that is none") }
        hash = found
    }

    mutating func code(_ ledgerID: inout LedgerID) throws(SnapshotFault) {
        var bytes = ledgerID.bytes
        try code(bytes: &bytes)
        guard let found = LedgerID(bytes) else { throw SnapshotFault(reason: "a ledger's ID that is none") }
        ledgerID = found
    }

    mutating func code(_ number: inout UInt32) throws(SnapshotFault) {
        var value = UInt64(number)
        try code(&value)
        guard let found = UInt32(exactly: value) else { throw SnapshotFault(reason: "a number out of range") }
        number = found
    }

    mutating func code(_ texts: inout [String]) throws(SnapshotFault) {
        let count = try count(texts.count)
        if Self.isReading { texts = [String](repeating: "", count: count) }
        for index in 0..<count { try code(&texts[index]) }
    }
}

extension LedgerID {
    /// 16 zero bytes, to read another one into.
    static var blank: LedgerID {
        guard let blank = LedgerID([UInt8](repeating: 0, count: length)) else {
            preconditionFailure("16 bytes make an ID")
        }
        return blank
    }
}
