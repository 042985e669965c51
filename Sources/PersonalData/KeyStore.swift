internal import Crypto
import EventLog
import Foundation
package import TrainingEvents

/// The keys of a ledger: for every owner and retention class one, made when the first text of the class is sealed.
///
/// New keys stand in memory until ``takeUnwritten()`` hands them over to be written, which must be done before an event
/// sealed under them is.
final class KeyStore<Files: FileSystem> where Files.File: Sendable {
    static var fileName: String { "keys" }

    let ledger: [UInt8]
    let secrets: StoreSecrets
    private let kek: KeyEncryptionKey
    private let file: RowFile<Files>
    private let isForWriting: Bool
    /// The rows by owner and class, once they were looked through.
    private var index: [IndexKey: Int]?
    private var rowCount = 0
    /// Rows that are not known to be on disk: those behind ``writtenCount``.
    private var unwritten: [[UInt8]] = []
    /// Rows handed over and perhaps not written yet.
    private var handedOver: [[UInt8]] = []
    private var unlocked: [IndexKey: TextKeys?] = [:]

    /// What is found of a key.
    enum Found {
        case active(TextKeys)
        case destroyed
        case none
    }

    private struct IndexKey: Hashable {
        let high: UInt64
        let low: UInt64
        let retention: RetentionClass

        /// Half of the digest: that two of some millions share it takes 2^80 ledgers.
        init(_ owner: OwnerDigest, _ retention: RetentionClass) {
            high = number(owner.bytes[0..<8])
            low = number(owner.bytes[8..<16])
            self.retention = retention
        }
    }

    /// Makes an empty store in `directory`, durable but for the names in it.
    static func create(
        in directory: String, ledger: [UInt8], under kek: KeyEncryptionKey, files: Files
    ) throws(PersonalDataError) {
        let header = try KeyStoreHeader.make(ledger, under: kek)
        try fromFiles { () throws(LogError) in
            try RowFile.create(
                fileName, in: directory, length: KeyRow.length, rows: [header.encoded], files: files)
        }
    }

    /// Opens the store. The keys are looked through when a text is to be sealed, or its key is not where it says.
    ///
    /// - Throws: `damaged`, `wrongKey`, `inputOutput`.
    init(
        in directory: String, ledger: [UInt8], under kek: KeyEncryptionKey, forWriting isForWriting: Bool, files: Files
    ) throws(PersonalDataError) {
        self.ledger = ledger
        self.kek = kek
        self.isForWriting = isForWriting
        let file = try fromFiles { () throws(LogError) in
            try RowFile(
                opening: Self.fileName, in: directory, length: KeyRow.length,
                access: isForWriting ? .readWrite : .read, files: files)
        }
        self.file = file
        guard let header = KeyStoreHeader(try fromFiles { () throws(LogError) in try file.row(0) }),
            header.ledger == ledger
        else { throw PersonalDataError(.damaged, "the keys in \(directory) are not those of this ledger") }
        secrets = try header.secrets(under: kek)
    }

    /// The rows by owner and class. O(keys) the first time.
    private func rows() throws(PersonalDataError) -> [IndexKey: Int] {
        if let index { return index }
        var index: [IndexKey: Int] = [:]
        var isWhole = true
        rowCount = try fromFiles { () throws(LogError) in
            try file.load(repairs: isForWriting) { number, bytes in
                if number == 0 { return }
                if let row = KeyRow(bytes) {
                    index[IndexKey(row.owner, row.retention)] = number
                } else {
                    isWhole = false
                }
            }
        }
        guard isWhole else { throw PersonalDataError(.damaged, "a row of the keys is none that this version knows") }
        self.index = index
        return index
    }

    func digest(_ owner: KeyOwner) -> OwnerDigest { OwnerDigest(owner, under: secrets.owners) }

    /// The key of an owner for a class.
    ///
    /// - Parameter hint: the row where it is likely to be.
    func keys(
        _ owner: OwnerDigest, _ retention: RetentionClass, at hint: UInt32? = nil
    ) throws(PersonalDataError) -> Found {
        let place = IndexKey(owner, retention)
        if let known = unlocked[place] { return known.map { .active($0) } ?? .destroyed }
        guard let (number, row) = try found(owner, retention, hint) else { return .none }
        guard row.state == .active else {
            remember(nil, at: place)
            return .destroyed
        }
        let keys = TextKeys(try row.key(ledger: ledger, under: kek), version: row.version, row: number)
        remember(keys, at: place)
        return .active(keys)
    }

    /// The row of an owner for a class.
    private func found(
        _ owner: OwnerDigest, _ retention: RetentionClass, _ hint: UInt32?
    ) throws(PersonalDataError) -> (number: Int, row: KeyRow)? {
        if index == nil, let hint, hint > 0 {
            let bytes = try fromFiles { () throws(LogError) in try file.row(ifRight: Int(hint)) }
            if let row = bytes.flatMap({ KeyRow($0) }), row.owner == owner, row.retention == retention {
                return (Int(hint), row)
            }
        }
        guard let number = try rows()[IndexKey(owner, retention)], let row = try row(number), row.owner == owner else {
            return nil
        }
        return (number, row)
    }

    /// Makes the key of an owner for a class that has none.
    func make(_ owner: OwnerDigest, _ retention: RetentionClass) throws(PersonalDataError) -> TextKeys {
        let place = IndexKey(owner, retention)
        guard try rows()[place] == nil else {
            throw PersonalDataError(.damaged, "the keys have two owners of one name")
        }
        let key = SymmetricKey(size: .bits256)
        let row = try KeyRow.make(key, for: owner, retention, version: 1, ledger: ledger, under: kek)
        let number = rowCount + handedOver.count + unwritten.count
        index?[place] = number
        unwritten.append(row.encoded)
        let keys = TextKeys(key, version: row.version, row: number)
        remember(keys, at: place)
        return keys
    }

    /// Keys that were looked at are kept for the next text: thousands of them, no more.
    private func remember(_ keys: TextKeys?, at place: IndexKey) {
        if unlocked.count >= 8_192 { unlocked.removeAll(keepingCapacity: true) }
        unlocked[place] = .some(keys)
    }

    /// The row with a number, wherever it is.
    private func row(_ number: Int) throws(PersonalDataError) -> KeyRow? {
        if number >= rowCount + handedOver.count { return KeyRow(unwritten[number - rowCount - handedOver.count][...]) }
        if number >= rowCount { return KeyRow(handedOver[number - rowCount][...]) }
        return KeyRow(try fromFiles { () throws(LogError) in try file.row(number) })
    }

    /// Hands over the new keys to be written; those handed over before are written.
    ///
    /// - Returns: what writes them, durably, on any thread; `nil` if there are none.
    func takeUnwritten() -> (@Sendable () throws(LogError) -> Void)? {
        rowCount += handedOver.count
        handedOver = unwritten
        unwritten = []
        guard !handedOver.isEmpty else { return nil }
        let (rows, first, file) = (handedOver, rowCount, file)
        return { () throws(LogError) in try file.put(rows, from: first) }
    }

    /// Writes the new keys.
    func write() throws(PersonalDataError) {
        guard let work = takeUnwritten() else { return }
        try fromFiles(work)
        _ = takeUnwritten()
    }

    /// Destroys every key of an owner, for good: its bytes are overwritten in both files. Doing it again changes nothing.
    ///
    /// - Returns: the classes and fingerprints of the owner's keys, destroyed now or earlier.
    @discardableResult
    func destroy(_ owner: OwnerDigest) throws(PersonalDataError) -> [DestroyedKey] {
        try write()
        var destroyed: [DestroyedKey] = []
        for retention in RetentionClass.allCases {
            let place = IndexKey(owner, retention)
            guard let (number, row) = try found(owner, retention, nil) else { continue }
            if row.state == .active {
                try fromFiles { () throws(LogError) in try file.put([row.destroyed.encoded], from: number) }
            }
            remember(nil, at: place)
            destroyed.append(DestroyedKey(retention: retention, version: row.version, fingerprint: row.fingerprint))
        }
        return destroyed
    }

    /// Whether any key of an owner can still be used.
    func hasActiveKey(_ owner: OwnerDigest) throws(PersonalDataError) -> Bool {
        for retention in RetentionClass.allCases {
            if case .active = try keys(owner, retention) { return true }
        }
        return false
    }
}

/// A key that is gone.
package struct DestroyedKey: Hashable, Sendable {
    package let retention: RetentionClass
    package let version: UInt8
    /// 8 bytes that name it and tell nothing of it.
    package let fingerprint: [UInt8]
}
