internal import Crypto
import EventLog
import Foundation

/// What was erased, kept apart from the ledger and from its keys, so that an older copy of either cannot undo it.
///
/// Entries are only ever added: that an erasure begins, with its event sealed, and that it is done. Trainees are named by
/// a keyed digest. An entry is its length (4 bytes), its content, and the chain hash up to and with it (32 bytes).
struct ErasureRegister {
    /// One erasure.
    struct Entry {
        let owner: OwnerDigest
        /// The event as JSON text, sealed.
        fileprivate let sealedEvent: [UInt8]
    }

    private enum Kind: UInt8 {
        case begun = 1
        case done
    }

    private static let mark = Array("TLREGIST".utf8)
    private static let headerLength = 24
    static let limit = 1 << 30

    /// The erasures in the order in which they began.
    private(set) var erasures: [Entry] = []
    private var places: [OwnerDigest: Int] = [:]
    private var open: Set<OwnerDigest> = []
    private(set) var stamp = ErasureStamp.none
    private let path: String
    private let directory: String
    private let ledger: [UInt8]
    private var end = 0
    /// Bytes of the file behind the last entry: what an interrupted writer left, or entries that are damaged.
    private(set) var bytesBehind = 0

    /// Reads the register at `path`; a missing one is empty. What an interrupted writer left behind the last entry is no
    /// entry: the stamps tell whether one is missing.
    ///
    /// - Throws: `damaged`, `inputOutput`.
    init(at path: String, in directory: String, ledger: [UInt8], files: some FileSystem) throws(PersonalDataError) {
        self.path = path
        self.directory = directory
        self.ledger = ledger
        let content: [UInt8]
        do throws(LogError) { content = try files.content(path, limit: Self.limit) } catch {
            if error.isNotFound { return }
            throw PersonalDataError(error)
        }
        if content.isEmpty { return }
        guard content.count >= Self.headerLength, Array(content[0..<8]) == Self.mark, Array(content[8..<24]) == ledger
        else { throw PersonalDataError(.damaged, "\(path) is no register of erasures of this ledger") }
        end = Self.headerLength
        while let entry = nextEntry(of: content) { take(entry) }
        bytesBehind = content.count - end
    }

    private mutating func nextEntry(of content: [UInt8]) -> [UInt8]? {
        guard content.count - end >= 36 else { return nil }
        let length = Int(number(content[end..<end + 4]))
        guard length > OwnerDigest.length, length <= content.count - end - 36 else { return nil }
        let entry = Array(content[end + 4..<end + 4 + length])
        guard content[end + 4 + length..<end + 36 + length].elementsEqual(stamp.after(entry).chain),
            Kind(rawValue: entry[0]) != nil
        else { return nil }
        end += 36 + length
        return entry
    }

    private mutating func take(_ entry: [UInt8]) {
        stamp = stamp.after(entry)
        guard let kind = Kind(rawValue: entry[0]), let owner = OwnerDigest(entry[1..<1 + OwnerDigest.length]) else {
            return
        }
        switch kind {
        case .begun:
            open.insert(owner)
            guard places[owner] == nil else { return }
            places[owner] = erasures.count
            erasures.append(Entry(owner: owner, sealedEvent: Array(entry[(1 + OwnerDigest.length)...])))
        case .done: open.remove(owner)
        }
    }

    /// Whether an erasure of this owner has begun.
    func contains(_ owner: OwnerDigest) -> Bool { places[owner] != nil }

    /// Whether an erasure began that is not done.
    var isUnfinished: Bool { !open.isEmpty }

    /// Whether this owner's erasure began and is not done.
    func isUnfinished(_ owner: OwnerDigest) -> Bool { open.contains(owner) }

    /// Adds, durably, that an erasure begins. From then on no personal text of this owner is taken.
    mutating func begin(
        _ owner: OwnerDigest, event: [UInt8], under key: SymmetricKey, files: some FileSystem
    ) throws(PersonalDataError) {
        guard let box = try? AES.GCM.seal(event, using: key, authenticating: owner.bytes), let sealed = box.combined
        else { throw PersonalDataError(.damaged, "the event of an erasure cannot be sealed") }
        try append([Kind.begun.rawValue] + owner.bytes + Array(sealed), files)
    }

    /// Adds, durably, that an erasure begins which another register with the same keys has.
    mutating func adopt(_ entry: Entry, files: some FileSystem) throws(PersonalDataError) {
        try append([Kind.begun.rawValue] + entry.owner.bytes + entry.sealedEvent, files)
    }

    /// Adds, durably, that an erasure is done.
    mutating func finish(_ owner: OwnerDigest, files: some FileSystem) throws(PersonalDataError) {
        try append([Kind.done.rawValue] + owner.bytes, files)
    }

    /// The event of an erasure, as JSON text.
    ///
    /// - Throws: `damaged` if it was sealed under another key.
    func event(of entry: Entry, under key: SymmetricKey) throws(PersonalDataError) -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: entry.sealedEvent),
            let event = try? AES.GCM.open(box, using: key, authenticating: entry.owner.bytes)
        else { throw PersonalDataError(.damaged, "\(path) was not written with these keys") }
        return Array(event)
    }

    private mutating func append(_ entry: [UInt8], _ files: some FileSystem) throws(PersonalDataError) {
        let next = stamp.after(entry)
        var content = withUnsafeBytes(of: UInt32(entry.count).littleEndian) { Array($0) } + entry + next.chain
        let isNew = end == 0
        if isNew { content = Self.mark + ledger + content }
        let (path, directory, offset) = (path, directory, end)
        try fromFiles { () throws(LogError) in
            if isNew {
                try files.replace(path, in: directory, with: content)
            } else {
                try Self.write(content, at: offset, to: path, files)
            }
        }
        end += content.count
        take(entry)
    }

    /// Writes to a file in its place, durably; what stood behind is gone.
    static func write<Files: FileSystem>(
        _ content: [UInt8], at offset: Int, to path: String, _ files: Files
    ) throws(LogError) {
        let file = try files.open(path, .readWrite)
        defer { files.close(file) }
        try files.truncate(file, to: UInt64(offset))
        var failure: LogError?
        content.withUnsafeBytes { memory in
            do throws(LogError) { try files.write(file, memory, at: UInt64(offset)) } catch { failure = error }
        }
        if let failure { throw failure }
        try files.synchroniseAll(file)
    }
}
