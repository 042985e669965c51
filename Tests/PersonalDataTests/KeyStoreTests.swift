import EventLog
import LedgerTestKit
import Testing
import TrainingEvents

@testable import PersonalData

@Suite("The keys of a ledger")
struct KeyStoreTests {
    private static let paths = ["1", "2"].map { "/l.keys/\(String(repeating: "03", count: 16))/keys.\($0)" }

    private func name(_ sealed: PersonalText, of trainee: String, _ keys: SimulatedKeys) throws -> PersonalText {
        try keys.open(sealed, StoreFixture.name, of: StoreFixture.event(trainee))
    }

    @Test("open tomorrow what was sealed today, and seal it to the same bytes")
    func reopening() throws {
        let files = try StoreFixture.disk()
        let sealed = try StoreFixture.seal("王小明", of: "T-1", try StoreFixture.open(files))
        let again = try StoreFixture.open(files)
        #expect(try name(sealed, of: "T-1", again) == "王小明")
        #expect(try StoreFixture.seal("王小明", of: "T-1", again) == sealed)
        #expect(try name(sealed, of: "T-1", try StoreFixture.open(files, forWriting: false)) == "王小明")
    }

    @Test("of two trainees, or of two classes of one, do not open each other's texts")
    func apart() throws {
        let keys = try StoreFixture.open(try StoreFixture.disk())
        let sealed = try StoreFixture.seal("王小明", of: "T-1", keys)
        try StoreFixture.seal("林大同", of: "T-2", keys)
        #expect(throws: PersonalDataError.self) { try name(sealed, of: "T-2", keys) }
        #expect(throws: PersonalDataError.self) {
            _ = try keys.seal("0912", StoreFixture.phone, of: StoreFixture.event("T-1"))
            _ = try keys.open(sealed, StoreFixture.phone, of: StoreFixture.event("T-1"))
        }
    }

    @Test("are of no use under another key-encryption key")
    func wrongKey() throws {
        let files = try StoreFixture.disk()
        let sealed = try StoreFixture.seal("王小明", of: "T-1", try StoreFixture.open(files))
        let stranger = try StoreFixture.open(files, under: KeyEncryptionKey([UInt8](repeating: 6, count: 32)))
        let error = #expect(throws: PersonalDataError.self) { try name(sealed, of: "T-1", stranger) }
        #expect(error?.code == .wrongKey)
    }

    @Test("leave what they cannot open sealed: an older copy lacks the key")
    func olderCopy() throws {
        let files = try StoreFixture.disk()
        let older = files.copy()
        let sealed = try StoreFixture.seal("王小明", of: "T-1", try StoreFixture.open(files))
        #expect(try name(sealed, of: "T-1", try StoreFixture.open(older)) == sealed)
    }

    @Test("a changed byte in one of the two files changes nothing, and the writer mends it")
    func oneCopy() throws {
        let files = try StoreFixture.disk()
        let sealed = try StoreFixture.seal("王小明", of: "T-1", try StoreFixture.open(files))
        let whole = try #require(files.bytes(of: Self.paths[0]))
        for offset in whole.indices {
            for path in Self.paths {
                let disk = files.copy()
                disk.flip(path, bit: offset * 8 + offset % 8)
                let keys = try StoreFixture.open(disk)
                #expect(try name(sealed, of: "T-1", keys) == "王小明", "byte \(offset) of \(path)")
                #expect(try StoreFixture.seal("王小明", of: "T-1", keys) == sealed, "byte \(offset) of \(path)")
                // A key at hand is not looked for: another one makes the writer go through all.
                try StoreFixture.seal("林大同", of: "T-2", keys)
                #expect(Array((disk.bytes(of: path) ?? []).prefix(whole.count)) == whole, "byte \(offset) of \(path)")
            }
        }
    }

    @Test("a row changed in both files is named: nothing is sealed, and what its key sealed is not served")
    func bothCopies() throws {
        let files = try StoreFixture.disk()
        let sealed = try StoreFixture.seal("王小明", of: "T-1", try StoreFixture.open(files))
        let other = try StoreFixture.seal("林大同", of: "T-2", try StoreFixture.open(files))
        for path in Self.paths { files.flip(path, bit: (KeyRow.length + 60) * 8) }
        let error = #expect(throws: PersonalDataError.self) {
            try StoreFixture.seal("新", of: "T-3", try StoreFixture.open(files))
        }
        #expect(error?.code == .damaged)
        #expect(throws: PersonalDataError.self) {
            try name(sealed, of: "T-1", try StoreFixture.open(files, forWriting: false))
        }
        #expect(try name(other, of: "T-2", try StoreFixture.open(files, forWriting: false)) == "林大同")
        #expect(error?.reason.contains("row 1") == true)
    }

    @Test("a key whose event was acknowledged survives a crash at any operation")
    func crashes() throws {
        let prepared = try StoreFixture.disk()
        var number = 1
        while true {
            let disk = prepared.copy()
            disk.crash(at: disk.operations + number)
            var acknowledged: [(trainee: String, sealed: PersonalText)] = []
            do {
                let keys = try StoreFixture.open(disk)
                for trainee in ["T-1", "T-2", "T-3"] {
                    acknowledged.append((trainee, try StoreFixture.seal("王\(trainee)", of: trainee, keys)))
                }
            } catch {
                #expect(error is PersonalDataError || error is LogError)
            }
            guard disk.hasCrashed else { break }
            for survivor in disk.survivors {
                let keys = try StoreFixture.open(survivor)
                for (trainee, sealed) in acknowledged {
                    #expect(try name(sealed, of: trainee, keys) == .plain("王\(trainee)"), "operation \(number)")
                }
                // What was torn is no obstacle to the next key.
                let fresh = try StoreFixture.seal("新", of: "T-9", keys)
                let reader = try StoreFixture.open(survivor, forWriting: false)
                #expect(try name(fresh, of: "T-9", reader) == "新", "operation \(number)")
            }
            number += 1
        }
        #expect(number > 20)
    }

    @Test("are used by one writer at a time")
    func lock() throws {
        let files = try StoreFixture.disk()
        let first = try StoreFixture.open(files)
        try StoreFixture.seal("王小明", of: "T-1", first)
        let error = #expect(throws: PersonalDataError.self) {
            try StoreFixture.seal("林大同", of: "T-2", try StoreFixture.open(files))
        }
        #expect(error?.code == .inUse)
        #expect(try first.isErased(trainee: "T-1") == false)
    }

    @Test("of a trainee who is erased are gone from both files, and the fingerprint stays")
    func destroyed() throws {
        let files = try StoreFixture.disk()
        let keys = try StoreFixture.open(files)
        let sealed = try StoreFixture.seal("王小明", of: "T-1", keys)
        let other = try StoreFixture.seal("林大同", of: "T-2", keys)
        let before = try #require(files.bytes(of: Self.paths[0]))
        try keys.beginErasure(of: "T-1", event: [1])
        let gone = try keys.finishErasure(of: "T-1", number: 0)
        try keys.stampErasures()
        #expect(gone.map(\.retention) == [.identity])
        let wrapped = before[KeyRow.length + 36..<KeyRow.length + 96]
        for path in Self.paths {
            let bytes = try #require(files.bytes(of: path))
            #expect(bytes[KeyRow.length + 36..<KeyRow.length + 96].allSatisfy { $0 == 0 })
            #expect(!bytes.contains(wrapped))
        }
        let again = try StoreFixture.open(files, forWriting: false)
        #expect(try name(sealed, of: "T-1", again) == .erased)
        #expect(try name(other, of: "T-2", again) == "林大同")
        #expect(try again.destroyedKeys(of: "T-1") == gone)
        #expect(throws: PersonalDataError.self) { try StoreFixture.seal("王小明", of: "T-1", keys) }
    }
}

extension Array where Element == UInt8 {
    fileprivate func contains(_ part: ArraySlice<UInt8>) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
