import Crypto
import EventLog
import LedgerTestKit
import Testing
import TrainingEvents

@testable import PersonalData

typealias SimulatedKeys = PersonalDataKeys<SimulatedFileSystem>

/// Keys on a simulated disk, beside a ledger directory that holds nothing else.
enum StoreFixture {
    static let ledger = [UInt8](repeating: 3, count: 16)
    static let kek = KeyEncryptionKey([UInt8](repeating: 5, count: 32))
    static let places = KeyPlaces(keys: "/l.keys", keyEncryptionKey: "/l.kek", register: "/l.register")
    static let name = PersonalField(path: "data.name", retention: .identity, kind: .freeText)
    static let phone = PersonalField(path: "data.phone", retention: .contact, kind: .phone)

    /// A disk with an empty store.
    static func disk() throws -> SimulatedFileSystem {
        let files = SimulatedFileSystem()
        try files.makeDirectory("/l")
        try SimulatedKeys.create(for: ledger, at: places, files: files, under: kek)
        return files
    }

    static func open(
        _ files: SimulatedFileSystem, forWriting: Bool = true, under kek: KeyEncryptionKey = kek,
        applying: Bool = false
    ) throws -> SimulatedKeys {
        try SimulatedKeys(
            of: "/l", ledger: ledger, at: places, forWriting: forWriting, files: files, under: kek,
            applyingErasures: applying)
    }

    static func event(_ trainee: String, id: String = "e-1") -> EventIdentity {
        EventIdentity(
            type: .traineeRegistered, source: "/u", id: id, subject: .newTrainee(trainee), subjectID: trainee)
    }

    /// Seals a name and writes its key, as the writer does before it writes the event.
    @discardableResult
    static func seal(_ text: String, of trainee: String, _ keys: SimulatedKeys) throws -> PersonalText {
        guard case .sealed(let sealed) = try keys.seal(text, name, of: event(trainee)) else {
            throw PersonalDataError(.noKeys, "erased")
        }
        try keys.takeUnwritten()?()
        return sealed
    }
}

extension SimulatedFileSystem {
    /// What a crash may leave: nothing of what was not durable, all of it, and some.
    var survivors: [SimulatedFileSystem] {
        [{ _ in false }, { _ in true }, { $0 % 2 == 0 }, { $0 % 2 == 1 }, { $0 % 3 != 1 }].map {
            afterCrash(keeping: $0)
        }
    }
}
