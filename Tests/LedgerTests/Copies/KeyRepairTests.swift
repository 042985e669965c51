import EventLog
import Foundation
import PersonalData
import Testing

@testable import Ledger

@Suite struct `Damaged files of keys` {
    private static let besides = [".keys", ".keys.kek", ".keys.register"]

    /// A ledger with keys, and a copy of both from before an erasure or from after it.
    private func withCopy(ofAfterErasure isAfter: Bool = true, _ work: (_ ledger: String, String) throws -> Void) throws
    {
        try PersonalFixture.withLedger { ledger in
            let copy = ledger + "-copy"
            if isAfter { try PersonalFixture.erase(ledger) }
            _ = try LedgerCopy(of: ledger, to: copy)
            for beside in Self.besides {
                try FileManager.default.copyItem(atPath: ledger + beside, toPath: copy + beside)
            }
            if !isAfter { try PersonalFixture.erase(ledger) }
            try work(ledger, copy)
        }
    }

    private func path(_ ledger: String, _ name: String) throws -> String {
        let id = try LedgerReader(forOwnUse: ledger, keys: nil).log.ledgerID.description
        switch name {
        case "register": return "\(ledger).keys.register/\(id)"
        case "kek": return ledger + ".keys.kek"
        case "stamp of the ledger": return ledger + "/erasures"
        default: return "\(ledger).keys/\(id)/\(name)"
        }
    }

    private func flip(_ byte: Int, _ path: String) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(byte))
        let old = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: UInt64(byte))
        try handle.write(contentsOf: Data([old ^ 1]))
    }

    private func verification(_ ledger: String) throws -> LedgerVerification {
        try LedgerVerification(of: ledger) { _, _ in }
    }

    private func refusal(_ ledger: String, _ copy: String) throws -> String {
        try #require(throws: LedgerError.self) { try LedgerRepair(of: ledger, from: copy) }.message
    }

    @Test(arguments: ["keys.1", "national-ids.2", "register", "kek", "erasures", "stamp of the ledger"])
    func `are named and mended, and no damaged one is kept`(name: String) throws {
        try withCopy { ledger, copy in
            let shown = try PersonalFixture.shown(ledger)
            let file = try path(ledger, name)
            try flip(20, file)
            #expect(try verification(ledger).keys.faults.map(\.file) == [file])
            let repair = try LedgerRepair(of: ledger, from: copy)
            #expect(repair.mended.map(\.file) == [file])
            #expect(repair.mended.map(\.keptAs) == [nil])
            let found = try verification(ledger)
            #expect(found.isSound)
            #expect(try PersonalFixture.shown(ledger) == shown)
            let kept = try FileManager.default.contentsOfDirectory(atPath: ledger + "/quarantine")
            #expect(kept == ["repair-1.json"])
        }
    }

    @Test func `a row that is damaged in both files is named in both, and not mended`() throws {
        try withCopy { ledger, copy in
            for name in ["keys.1", "keys.2"] { try flip(128 + 40, try path(ledger, name)) }
            let found = try verification(ledger)
            let expected = try [path(ledger, "keys.1"), path(ledger, "keys.2")]
            #expect(found.keys.faults.map(\.file) == expected)
            #expect(found.keys.faults.allSatisfy { $0.reason.contains("row 1, bytes 128..<256, is damaged; so it is") })
            #expect(try refusal(ledger, copy).contains("row 1 is damaged in both files"))
        }
    }

    @Test func `a register is not mended from a copy of before the last erasure`() throws {
        try withCopy(ofAfterErasure: false) { ledger, copy in
            try flip(40, try path(ledger, "register"))
            #expect(try refusal(ledger, copy).contains("does not stand at the last erasure"))
            #expect(throws: LedgerError.self) { try LedgerReader(opening: ledger) }
        }
    }

    @Test func `a stamp is not mended beside keys of before the last erasure`() throws {
        try withCopy(ofAfterErasure: false) { ledger, copy in
            let (stamp, id) = (try path(ledger, "erasures"), try path(ledger, "keys.1"))
            let kept = try Data(contentsOf: URL(filePath: stamp))
            try FileManager.default.removeItem(atPath: ledger + ".keys")
            try FileManager.default.copyItem(atPath: copy + ".keys", toPath: ledger + ".keys")
            try kept.write(to: URL(filePath: stamp))
            try flip(30, stamp)
            #expect(try refusal(ledger, copy).contains("the keys hold one of somebody erased"))
            #expect(FileManager.default.fileExists(atPath: id))
        }
    }

    @Test func `a key-encryption key is not taken from another ledger's`() throws {
        try withCopy { ledger, copy in
            try flip(1, try path(ledger, "kek"))
            try flip(2, copy + ".keys.kek")
            #expect(try refusal(ledger, copy).contains("the copy's is not the right one either"))
        }
    }

    @Test func `without a key-encryption key at hand the rest is looked at, and a note says so`() throws {
        try withCopy { ledger, copy in
            try FileManager.default.removeItem(atPath: ledger + ".keys.kek")
            let found = try verification(ledger)
            #expect(found.isSound && found.keys.notes.count == 1)
            try flip(130, try path(ledger, "keys.2"))
            #expect(try verification(ledger).keys.faults.count == 1)
            #expect(try !LedgerRepair(of: ledger, from: copy).mended.isEmpty)
        }
    }
}
