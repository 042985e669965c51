package import EventLog
import Foundation
import Glibc
package import TrainingEvents

/// The keys of one ledger: seals and opens personal texts, and destroys the keys of who is erased.
///
/// Nothing is read before the first text needs it, but for the register of erasures. Not for several threads at once; what
/// ``takeUnwritten()`` gives runs on any.
package final class PersonalDataKeys<Files: FileSystem> where Files.File: Sendable {
    /// The ledger's ID.
    let ledger: [UInt8]
    let ledgerDirectory: String
    let places: KeyPlaces
    let files: Files
    let isForWriting: Bool
    private let givenKey: KeyEncryptionKey?
    var register: ErasureRegister
    /// The erasures that began, once more, beside the keys: what the register has lost can be taken from there.
    var mirror: ErasureRegister
    private var openedStore: KeyStore<Files>?
    private var openedTable: NationalIDTable<Files>?
    private var lock: Files.File?

    static var lockName: String { "LOCK" }
    static var mirrorName: String { "register" }

    /// Makes the keys of a new ledger, durably: directories that only their owner may enter, the key-encryption key
    /// unless there is one, and an empty store.
    ///
    /// - Parameter kek: the key-encryption key; by default the one in its file.
    /// - Throws: `exposed`, `wrongKey`, `inputOutput`.
    package static func create(
        for ledger: [UInt8], at places: KeyPlaces, files: Files, under kek: KeyEncryptionKey? = nil
    ) throws(PersonalDataError) {
        let directory = places.keys(of: ledger)
        for path in [places.keys, directory, places.register] { try makeDirectory(path, files) }
        if kek == nil { try KeyEncryptionKey.makeIfMissing(file: places.keyEncryptionKey) }
        let key: KeyEncryptionKey
        if let kek { key = kek } else { key = try KeyEncryptionKey(file: places.keyEncryptionKey) }
        try NationalIDTable.create(in: directory, files: files)
        try fromFiles { () throws(LogError) in files.close(try files.open("\(directory)/\(lockName)", .create)) }
        // Last, so that a store that is there is whole.
        try KeyStore.create(in: directory, ledger: ledger, under: key, files: files)
        for path in [directory, places.keys, parent(of: places.keys), parent(of: places.register)] {
            try fromFiles { () throws(LogError) in try files.synchroniseDirectory(path) }
        }
    }

    /// Takes back ``create(for:at:files:under:)`` where no ledger came of it.
    package static func remove(for ledger: [UInt8], at places: KeyPlaces, files: Files) throws(PersonalDataError) {
        let directory = places.keys(of: ledger)
        try fromFiles { () throws(LogError) in
            for name in try files.list(directory) { try files.remove("\(directory)/\(name)") }
        }
        rmdir(directory)
    }

    private static func makeDirectory(_ path: String, _ files: Files) throws(PersonalDataError) {
        try fromFiles { () throws(LogError) in
            if try files.exists(path) { return }
            try files.makeDirectory(path)
        }
        if Files.self == RealFileSystem.self { chmod(path, 0o700) }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Opens the keys of the ledger in `ledgerDirectory`.
    ///
    /// - Parameters:
    ///   - kek: the key-encryption key; by default the one in its file, read when it is needed.
    ///   - isApplying: open even where erasures are not applied, in order to apply them.
    /// - Throws: `erasuresNotApplied` if ledger, keys and register do not stand at the same erasure; `damaged`,
    ///   `inputOutput`.
    package init(
        of ledgerDirectory: String, ledger: [UInt8], at places: KeyPlaces, forWriting isForWriting: Bool, files: Files,
        under kek: KeyEncryptionKey? = nil, applyingErasures isApplying: Bool = false
    ) throws(PersonalDataError) {
        self.ledger = ledger
        self.ledgerDirectory = ledgerDirectory
        self.places = places
        self.files = files
        self.isForWriting = isForWriting
        givenKey = kek
        register = try ErasureRegister(
            at: places.register(of: ledger), in: places.register, ledger: ledger, files: files)
        let directory = places.keys(of: ledger)
        mirror = try ErasureRegister(
            at: "\(directory)/\(Self.mirrorName)", in: directory, ledger: ledger, files: files)
        if !isApplying { try requireApplied() }
    }

    deinit { if let lock { files.close(lock) } }

    /// The keys themselves.
    ///
    /// - Throws: `wrongKey`, `exposed`, `damaged`, `inUse`, `inputOutput`.
    var store: KeyStore<Files> {
        get throws(PersonalDataError) {
            if let openedStore { return openedStore }
            if isForWriting, lock == nil { lock = try takeLock() }
            let key: KeyEncryptionKey
            if let givenKey { key = givenKey } else { key = try KeyEncryptionKey(file: places.keyEncryptionKey) }
            let store = try KeyStore(
                in: places.keys(of: ledger), ledger: ledger, under: key, forWriting: isForWriting, files: files)
            openedStore = store
            return store
        }
    }

    /// The look-up table of national IDs.
    ///
    /// - Throws: as ``store``.
    var table: NationalIDTable<Files> {
        get throws(PersonalDataError) {
            if let openedTable { return openedTable }
            let table = try NationalIDTable(
                in: places.keys(of: ledger), under: try store.secrets.nationalIDs, forWriting: isForWriting,
                files: files)
            openedTable = table
            return table
        }
    }

    /// Two writers of copies of one ledger would make two keys for one owner.
    private func takeLock() throws(PersonalDataError) -> Files.File {
        let path = "\(places.keys(of: ledger))/\(Self.lockName)"
        let file = try fromFiles { () throws(LogError) in try files.open(path, .readWrite) }
        guard try fromFiles({ () throws(LogError) in try files.lock(file) }) else {
            files.close(file)
            throw PersonalDataError(.inUse, "another writer uses the keys in \(places.keys)")
        }
        return file
    }

    // MARK: Sealing and opening

    /// What sealing a text comes to.
    package enum Sealing: Sendable {
        case sealed(PersonalText)
        /// The owner was erased: no text about them is taken.
        case erased
    }

    /// Seals a text. The first one of an owner and class makes their key, which ``takeUnwritten()`` has to write before
    /// the event is.
    ///
    /// - Throws: as ``store``.
    package func seal(
        _ text: String, _ field: PersonalField, of event: EventIdentity
    ) throws(PersonalDataError) -> Sealing {
        let store = try store
        let owner = store.digest(event.owner(field.retention))
        if register.contains(owner) { return .erased }
        let keys: TextKeys
        switch try store.keys(owner, field.retention) {
        case .active(let found): keys = found
        case .none: keys = try store.make(owner, field.retention)
        case .destroyed: return .erased
        }
        let place = event.place(field, ledger: ledger, keyVersion: keys.version)
        guard let sealed = keys.seal(text, at: place, field.retention) else {
            throw PersonalDataError(.damaged, "\(field.path) is too long to be sealed")
        }
        return .sealed(.sealed(sealed))
    }

    /// Opens a sealed text: in the clear, or erased if its key was destroyed. Where there is no such key, as in an older
    /// copy of the keys, it stays sealed.
    ///
    /// - Throws: `damaged` if it was not sealed in this place; as ``store``.
    package func open(
        _ text: PersonalText, _ field: PersonalField, of event: EventIdentity
    ) throws(PersonalDataError) -> PersonalText {
        guard case .sealed(let sealed) = text, let parts = sealed.parts else { return text }
        let store = try store
        let owner = store.digest(event.owner(field.retention))
        switch try store.keys(owner, field.retention, at: parts.keyPlace) {
        case .destroyed: return .erased
        case .none: return register.contains(owner) ? .erased : text
        case .active(let keys):
            let place = event.place(field, ledger: ledger, keyVersion: parts.keyVersion)
            guard let opened = keys.open(parts, at: place) else {
                throw PersonalDataError(.damaged, "\(field.path) does not open: the record or its key is damaged")
            }
            return .plain(opened)
        }
    }

    /// Hands over new keys and look-up rows to be written; those handed over before are written.
    ///
    /// - Returns: what writes them, durably, on any thread; `nil` if there are none.
    package func takeUnwritten() -> (@Sendable () throws(LogError) -> Void)? {
        let works = [openedStore?.takeUnwritten(), openedTable?.takeUnwritten()].compactMap { $0 }
        guard !works.isEmpty else { return nil }
        return { () throws(LogError) in for work in works { try work() } }
    }

    // MARK: National IDs

    /// Takes down that a trainee gave a national ID in canonical form.
    ///
    /// - Parameter trainee: the trainee's number in the ledger.
    package func note(nationalID: String, of trainee: UInt32) throws(PersonalDataError) {
        try table.add(nationalID, of: trainee)
    }

    /// The numbers of the trainees who may have given a national ID, ascending; their events tell whether they did.
    package func trainees(nationalID: String) throws(PersonalDataError) -> [UInt32] {
        try table.trainees(nationalID)
    }
}
