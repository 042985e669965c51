internal import EventLog
internal import Glibc

/// A failure to inject.
package struct SimulatedFailure: Hashable, Sendable {
    /// What an operation does, which decides what can go wrong with it.
    package enum Kind: Sendable {
        case reading
        case changing
        /// Needs disk space.
        case allocating
        case synchronising
    }

    /// The operation that fails, counted from 1.
    package var at: Int
    /// EIO, ENOSPC, … ENOSPC strikes only what needs space.
    package var errno: Int32
    /// Whether all later operations fail too.
    package var isPermanent: Bool

    /// A failure from its parts.
    package init(at: Int, errno: Int32, isPermanent: Bool) {
        self.at = at
        self.errno = errno
        self.isPermanent = isPermanent
    }

    /// Whether it can happen to an operation of this kind.
    func strikes(_ kind: Kind) -> Bool { errno != ENOSPC || kind == .allocating }
}

/// The content of a simulated disk.
struct SimulatedDisk: Sendable {
    /// All files ever made, by number.
    var inodes: [SimulatedInode] = []
    /// The names as processes see them, and as a crash would leave them without luck.
    var names: [String: SimulatedEntry] = ["/": .directory]
    /// The names that a crash leaves for sure.
    var durableNames: [String: SimulatedEntry] = ["/": .directory]
    /// Changes of names that it may leave or not, in order.
    var pendingNames: [NameChange] = []
    /// The handle that holds the lock of a file.
    var locks: [Int: Int] = [:]
    /// Operations so far.
    var operations = 0
    /// The operation during which the power goes.
    var crashAt: Int?
    /// Whether it has gone.
    var hasCrashed = false
    /// The failure to inject.
    var failure: SimulatedFailure?
    private var handles = 0
    private var closed: Set<Int> = []
    private var randomState: UInt64 = 1

    /// A change of names in one directory that happens as a whole.
    struct NameChange: Sendable {
        var directory: String
        var changes: [(path: String, entry: SimulatedEntry?)]
    }

    /// The errno that the operation just counted must fail with.
    func errno(_ kind: SimulatedFailure.Kind) -> Int32? {
        guard let failure, failure.strikes(kind) else { return nil }
        let isDue = failure.isPermanent ? operations >= failure.at : operations == failure.at
        return isDue ? failure.errno : nil
    }

    /// The disk as new processes find it: no locks, no plans.
    func reopened() -> SimulatedDisk {
        var disk = self
        disk.locks = [:]
        disk.operations = 0
        disk.crashAt = nil
        disk.hasCrashed = false
        disk.failure = nil
        return disk
    }

    /// A byte that repeats in each run.
    mutating func nextRandomByte() -> UInt8 {
        randomState = randomState &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: randomState >> 56)
    }

    /// Opens or makes a file.
    mutating func open(_ path: String, _ access: FileAccess) throws(LogError) -> SimulatedFileSystem.File {
        handles += 1
        let inode: Int
        switch (names[path], access) {
        case (nil, .create):
            guard names[Self.parent(path)] == .directory else { throw LogError.system(ENOENT, "create", path) }
            inodes.append(SimulatedInode())
            inode = inodes.count - 1
            change(Self.parent(path), [(path, .file(inode))])
        case (_, .create): throw LogError.system(EEXIST, "create", path)
        case (.file(let known), _): inode = known
        case (.directory, .read): inode = -1
        case (.directory, _): throw LogError.system(EISDIR, "open", path)
        case (nil, _): throw LogError.system(ENOENT, "open", path)
        }
        return SimulatedFileSystem.File(handle: handles, inode: inode, path: path, isWritable: access != .read)
    }

    /// Gives up its lock.
    mutating func close(_ file: SimulatedFileSystem.File) {
        precondition(
            closed.insert(file.handle).inserted, "\(file.path) is closed twice: a real one could be another's by then")
        if locks[file.inode] == file.handle { locks[file.inode] = nil }
    }

    /// Takes the lock unless another handle has it.
    mutating func lock(_ file: SimulatedFileSystem.File) -> Bool {
        if let holder = locks[file.inode], holder != file.handle { return false }
        locks[file.inode] = file.handle
        return true
    }

    /// Changes a name, within one directory. A directory takes along what is in it, all at once; its own names must be
    /// durable by then, as they are when a finished copy is given its name.
    mutating func rename(_ path: String, to newPath: String) throws(LogError) {
        guard let entry = names[path] else { throw LogError.system(ENOENT, "rename", path) }
        precondition(Self.parent(path) == Self.parent(newPath), "the log renames within a directory only")
        let inside = names.filter { $0.key.hasPrefix(path + "/") }.sorted { $0.key < $1.key }
        precondition(
            !pendingNames.contains { ($0.directory + "/").hasPrefix(path + "/") },
            "the log renames a directory only when the names in it are durable")
        let moved = inside.flatMap { name, entry -> [(path: String, entry: SimulatedEntry?)] in
            [(name, nil), (newPath + name.dropFirst(path.count), entry)]
        }
        change(Self.parent(path), [(path, nil), (newPath, entry)] + moved)
    }

    /// Removes a name.
    mutating func remove(_ path: String) throws(LogError) {
        guard case .file = names[path] else { throw LogError.system(ENOENT, "remove", path) }
        change(Self.parent(path), [(path, nil)])
    }

    /// Makes a directory.
    mutating func makeDirectory(_ path: String) throws(LogError) {
        guard names[path] == nil else { throw LogError.system(EEXIST, "make directory", path) }
        guard names[Self.parent(path)] == .directory else { throw LogError.system(ENOENT, "make directory", path) }
        change(Self.parent(path), [(path, .directory)])
    }

    /// The names in a directory.
    func list(_ path: String) throws(LogError) -> [String] {
        guard names[path] == .directory else { throw LogError.system(ENOENT, "list", path) }
        return names.keys.filter { $0 != "/" && Self.parent($0) == path }
            .map { String($0[$0.index(after: $0.lastIndex(of: "/")!)...]) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes its names durable.
    mutating func synchroniseDirectory(_ path: String) {
        for change in pendingNames where change.directory == path { Self.apply(change, to: &durableNames) }
        pendingNames.removeAll { $0.directory == path }
    }

    private mutating func change(_ directory: String, _ changes: [(path: String, entry: SimulatedEntry?)]) {
        let change = NameChange(directory: directory, changes: changes)
        Self.apply(change, to: &names)
        pendingNames.append(change)
    }

    /// Makes the change in `names`.
    static func apply(_ change: NameChange, to names: inout [String: SimulatedEntry]) {
        for (path, entry) in change.changes { names[path] = entry }
    }

    /// The directory that a path lies in.
    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}

/// What a name stands for.
enum SimulatedEntry: Hashable, Sendable {
    /// A file, by number.
    case file(Int)
    /// A directory.
    case directory
}

/// One file's content: as processes read it, as it is on the disk, and the changes between the two.
struct SimulatedInode: Sendable {
    /// As processes read it.
    var content: [UInt8] = []
    /// As it is on the disk for sure.
    var durable: [UInt8] = []
    /// What a crash may keep or lose, in order.
    var pending: [Change] = []
    /// Writes that end here or before need no more space.
    var reserved = 0

    /// A change that a crash keeps or loses as a whole.
    struct Change: Sendable {
        enum Kind: Sendable {
            /// Bytes within one sector.
            case write(offset: Int, bytes: [UInt8])
            /// The file's new size.
            case resize(Int)
        }
        var kind: Kind
        /// A sync of it failed: no later sync makes it durable.
        var isLost = false
    }

    /// Bytes that reach the disk as a whole.
    static let sectorSize = 512

    /// Writes, sector by sector.
    mutating func write(_ bytes: [UInt8], at offset: Int) {
        if bytes.isEmpty { return }
        let end = offset + bytes.count
        if end > content.count { add(.resize(end)) }
        var place = offset
        while place < end {
            let next = min(end, (place / Self.sectorSize + 1) * Self.sectorSize)
            add(.write(offset: place, bytes: Array(bytes[place - offset..<next - offset])))
            place = next
        }
    }

    /// Changes the size.
    mutating func truncate(to size: Int) { add(.resize(size)) }

    private mutating func add(_ kind: Change.Kind) {
        Self.apply(kind, to: &content)
        pending.append(Change(kind: kind))
    }

    /// Makes durable all that no failed sync has lost.
    mutating func synchronise() {
        for change in pending where !change.isLost { Self.apply(change.kind, to: &durable) }
        pending.removeAll { !$0.isLost }
    }

    /// A sync failed: no later one makes this durable.
    mutating func loseUnsynced() {
        for index in pending.indices { pending[index].isLost = true }
    }

    /// Makes the change in `bytes`.
    static func apply(_ kind: Change.Kind, to bytes: inout [UInt8]) {
        switch kind {
        case .resize(let size):
            if size < bytes.count { bytes.removeLast(bytes.count - size) }
            if size > bytes.count { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
        case .write(let offset, let new):
            if bytes.count < offset + new.count {
                bytes += [UInt8](repeating: 0, count: offset + new.count - bytes.count)
            }
            bytes.replaceSubrange(offset..<offset + new.count, with: new)
        }
    }
}
