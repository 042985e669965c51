import EventLog
import LedgerTestKit
import Testing
import TrainingEvents

@testable import PersonalData

@Suite("Erasures and their register")
struct ErasureTests {
    private static let register = "/l.register/\(String(repeating: "03", count: 16))"

    /// Erases T-1, of whom a name was sealed.
    private static func erase(_ files: SimulatedFileSystem) throws {
        let keys = try StoreFixture.open(files)
        try StoreFixture.seal("王小明", of: "T-1", keys)
        try keys.beginErasure(of: "T-1", event: Array("the event".utf8))
        try keys.finishErasure(of: "T-1", number: 0)
        try keys.stampErasures()
    }

    /// Does what applying the register does.
    private static func apply(_ files: SimulatedFileSystem) throws {
        let keys = try StoreFixture.open(files, applying: true)
        for _ in try keys.registeredErasures { try keys.finishErasure(of: "T-1", number: 0) }
        try keys.stampErasures()
    }

    private static func code(_ work: () throws -> Void) -> PersonalDataError.Code? {
        do {
            try work()
            return nil
        } catch {
            return (error as? PersonalDataError)?.code
        }
    }

    @Test("erased and never seen are different states")
    func states() throws {
        let files = try StoreFixture.disk()
        try Self.erase(files)
        let keys = try StoreFixture.open(files, forWriting: false)
        #expect(try keys.isErased(trainee: "T-1"))
        #expect(try !keys.isErased(trainee: "T-2"))
        #expect(try keys.destroyedKeys(of: "T-1").count == 1)
        #expect(try keys.destroyedKeys(of: "T-2").isEmpty)
    }

    @Test("the register gives the event back, and names nobody to whoever has no keys")
    func sealedEvent() throws {
        let files = try StoreFixture.disk()
        try Self.erase(files)
        #expect(try StoreFixture.open(files).registeredErasures == [Array("the event".utf8)])
        let bytes = try #require(files.bytes(of: Self.register))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("T-1"))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("event"))
    }

    @Test("a trainee who is only fenced takes no new text, and nothing opens before the erasure is finished")
    func fenced() throws {
        let files = try StoreFixture.disk()
        do {
            let keys = try StoreFixture.open(files)
            try StoreFixture.seal("王小明", of: "T-1", keys)
            try keys.beginErasure(of: "T-1", event: [1])
            #expect(throws: PersonalDataError.self) { try StoreFixture.seal("王", of: "T-1", keys) }
        }
        #expect(Self.code { _ = try StoreFixture.open(files) } == .erasuresNotApplied)
        #expect(Self.code { _ = try StoreFixture.open(files, forWriting: false) } == .erasuresNotApplied)
        try Self.apply(files)
        #expect(try StoreFixture.open(files).isErased(trainee: "T-1"))
    }

    @Test("a crash at any operation leaves an erasure not begun, done, or refused until it is applied")
    func crashes() throws {
        let prepared = try StoreFixture.disk()
        let sealed = try StoreFixture.seal("王小明", of: "T-1", try StoreFixture.open(prepared))
        var outcomes: Set<String> = []
        var number = 1
        while true {
            let disk = prepared.copy()
            disk.crash(at: disk.operations + number)
            do {
                let keys = try StoreFixture.open(disk)
                try keys.beginErasure(of: "T-1", event: [1])
                try keys.finishErasure(of: "T-1", number: 0)
                try keys.stampErasures()
            } catch {
                #expect(error is PersonalDataError)
            }
            guard disk.hasCrashed else { break }
            for survivor in disk.survivors {
                let context = "operation \(number)"
                do {
                    let keys = try StoreFixture.open(survivor)
                    let isErased = try keys.isErased(trainee: "T-1")
                    outcomes.insert(isErased ? "done" : "not begun")
                    let name = try keys.open(sealed, StoreFixture.name, of: StoreFixture.event("T-1"))
                    #expect(name == (isErased ? .erased : "王小明"), "\(context)")
                } catch let error as PersonalDataError {
                    outcomes.insert("refused")
                    #expect(error.code == .erasuresNotApplied, "\(context): \(error.reason)")
                    try Self.apply(survivor)
                    let keys = try StoreFixture.open(survivor, forWriting: false)
                    #expect(try keys.isErased(trainee: "T-1"), "\(context)")
                    #expect(
                        try keys.open(sealed, StoreFixture.name, of: StoreFixture.event("T-1")) == .erased, "\(context)"
                    )
                }
            }
            number += 1
        }
        #expect(outcomes == ["not begun", "refused", "done"])
    }

    @Test("any changed byte of register or stamps is found: nothing opens as if there had been no erasure")
    func damage() throws {
        let files = try StoreFixture.disk()
        try Self.erase(files)
        let keys = "/l.keys/\(String(repeating: "03", count: 16))"
        for path in [Self.register, "/l/erasures", "\(keys)/erasures"] {
            for offset in try #require(files.bytes(of: path)).indices {
                let disk = files.copy()
                disk.flip(path, bit: offset * 8 + offset % 8)
                let code = Self.code { _ = try StoreFixture.open(disk) }
                #expect(code == .erasuresNotApplied || code == .damaged, "byte \(offset) of \(path)")
            }
        }
    }

    @Test("an older copy of the keys is refused, and the register destroys the keys in it again")
    func olderKeys() throws {
        let files = try StoreFixture.disk()
        let sealed = try StoreFixture.seal("王小明", of: "T-1", try StoreFixture.open(files))
        let older = files.copy()
        try Self.erase(files)
        for name in ["keys.1", "keys.2", "national-ids.1", "national-ids.2"] {
            let path = "/l.keys/\(String(repeating: "03", count: 16))/\(name)"
            files.overwrite(path, with: try #require(older.bytes(of: path)))
        }
        files.lose("/l.keys/\(String(repeating: "03", count: 16))/erasures")
        #expect(Self.code { _ = try StoreFixture.open(files) } == .erasuresNotApplied)
        try Self.apply(files)
        let keys = try StoreFixture.open(files)
        #expect(try keys.open(sealed, StoreFixture.name, of: StoreFixture.event("T-1")) == .erased)
    }

    @Test("the look-up table finds who gave a national ID, and forgets who is erased")
    func nationalIDs() throws {
        let files = try StoreFixture.disk()
        let keys = try StoreFixture.open(files)
        try keys.note(nationalID: "A123456789", of: 0)
        try keys.note(nationalID: "A123456789", of: 4)
        try keys.note(nationalID: "B123456780", of: 1)
        try keys.takeUnwritten()?()
        #expect(try StoreFixture.open(files, forWriting: false).trainees(nationalID: "A123456789") == [0, 4])
        try keys.beginErasure(of: "T-1", event: [1])
        try keys.finishErasure(of: "T-1", number: 0)
        try keys.stampErasures()
        let again = try StoreFixture.open(files, forWriting: false)
        #expect(try again.trainees(nationalID: "A123456789") == [4])
        #expect(try again.trainees(nationalID: "B123456780") == [1])
        #expect(try again.trainees(nationalID: "C123456781").isEmpty)
    }
}
