import EventLog
import Foundation
import Testing

@testable import PersonalData

@Suite("Where keys are")
struct KeyPlacesTests {
    private static let id = [UInt8](repeating: 3, count: 16)

    private static func withDirectory(_ work: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory + "/l", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try work(directory)
    }

    private static func make(_ ledger: String, _ options: KeyOptions = KeyOptions()) throws -> KeyPlaces {
        let places = try options.places(forNewLedger: ledger)
        try PersonalDataKeys.create(for: id, at: places, files: RealFileSystem())
        return places
    }

    private static func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("beside the ledger, by default, where nobody but the owner reads them")
    func usual() throws {
        try Self.withDirectory { directory in
            let places = try Self.make(directory + "/l")
            #expect(places.keys == directory + "/l.keys")
            for path in [places.keys, places.register] { #expect(try Self.mode(path) == 0o700) }
            #expect(try Self.mode(places.keyEncryptionKey) == 0o600)
            let found = try KeyOptions().places(of: directory + "/l/", id: Self.id, files: RealFileSystem())
            #expect(found == places)
        }
    }

    @Test("beside a copy of the ledger too, by the ledger's ID; two such are ambiguous")
    func copies() throws {
        try Self.withDirectory { directory in
            let places = try Self.make(directory + "/l")
            let files = RealFileSystem()
            #expect(try KeyOptions().places(of: directory + "/copy", id: Self.id, files: files) == places)
            let other = [UInt8](repeating: 4, count: 16)
            #expect(try KeyOptions().places(of: directory + "/copy", id: other, files: files) == nil)
            _ = try Self.make(directory + "/m")
            let error = #expect(throws: PersonalDataError.self) {
                try KeyOptions().places(of: directory + "/copy", id: Self.id, files: files)
            }
            #expect(error?.code == .ambiguous)
        }
    }

    @Test("never inside the ledger", arguments: ["/l", "/l/keys", "/l/../l/x/y", "/link/keys"])
    func inside(path: String) throws {
        try Self.withDirectory { directory in
            try FileManager.default.createSymbolicLink(
                atPath: directory + "/link", withDestinationPath: directory + "/l")
            for options in [
                KeyOptions(keys: directory + path), KeyOptions(keyEncryptionKey: directory + path),
                KeyOptions(register: directory + path),
            ] {
                let error = #expect(throws: PersonalDataError.self) {
                    try options.places(forNewLedger: directory + "/l")
                }
                #expect(error?.code == .insideLedger)
            }
        }
    }

    @Test("where the options say, else the environment")
    func options() {
        let environment = ["TRAINLEDGER_KEYS": "/k", "TRAINLEDGER_KEK": "", "TRAINLEDGER_REGISTER": "/r"]
        let options = KeyOptions(keys: "/own").completed(by: environment)
        #expect(options == KeyOptions(keys: "/own", keyEncryptionKey: nil, register: "/r"))
    }

    @Test("a named directory without keys of the ledger is an error, not an invitation")
    func missing() throws {
        try Self.withDirectory { directory in
            let error = #expect(throws: PersonalDataError.self) {
                try KeyOptions(keys: directory + "/none").places(
                    of: directory + "/l", id: Self.id, files: RealFileSystem())
            }
            #expect(error?.code == .noKeys)
        }
    }

    @Test("a key-encryption key that others may read, or of another length, is refused")
    func exposed() throws {
        try Self.withDirectory { directory in
            let places = try Self.make(directory + "/l")
            func code() -> PersonalDataError.Code? {
                do throws(PersonalDataError) {
                    _ = try KeyEncryptionKey(file: places.keyEncryptionKey)
                    return nil
                } catch {
                    return error.code
                }
            }
            #expect(code() == nil)
            chmod(places.keyEncryptionKey, 0o640)
            #expect(code() == .exposed)
            chmod(places.keyEncryptionKey, 0o600)
            try Data(repeating: 1, count: 31).write(to: URL(filePath: places.keyEncryptionKey))
            chmod(places.keyEncryptionKey, 0o600)
            #expect(code() == .wrongKey)
            try FileManager.default.removeItem(atPath: places.keyEncryptionKey)
            #expect(code() == .noKeys)
        }
    }
}
