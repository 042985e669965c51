import EventLog

/// All entries of a log: runs on disk, and those behind them in memory.
///
/// Every position gets one entry, in order, so that the tail needs no positions.
struct EntryIndex<Use: EntryUse, Files: FileSystem> {
    /// The runs on disk.
    private(set) var stack: RunStack<EntryRun<Use, Files>>
    /// The keys of the positions behind the runs, ascending by position.
    private var tail: [UInt64] = []
    /// Open addressing over the tail, by key: one more than the index; 0 marks an empty slot. Empty where keys are
    /// not scattered: equal ones would make long chains, and going through the tail is quick enough.
    private var slots: [UInt32] = []
    /// What fingerprints are made under.
    let secret: [UInt8]

    /// A key that is nobody's: for positions that are not looked up.
    static var noKey: UInt64 { .max }

    /// Opens the runs on disk; those made under another secret are left out.
    init(in directory: DerivedDirectory<Files>, log: LogReader<Files>, newSecret: [UInt8]) throws(LogError) {
        stack = try RunStack(in: directory, log: log)
        let secret = stack.runs.first?.secret ?? newSecret
        self.secret = secret
        stack.keepFirst(stack.runs.prefix { $0.secret == secret }.count)
        fillSlots()
    }

    /// The position that the next entry is for.
    var end: UInt64 { stack.end + UInt64(tail.count) }

    /// Adds the key of the event at position ``end``.
    mutating func append(_ key: UInt64) {
        tail.append(key)
        guard Use.isScattered else { return }
        if tail.count * 4 > slots.count * 3 { fillSlots() } else { place(tail.count - 1) }
    }

    private mutating func fillSlots() {
        guard Use.isScattered else { return }
        var count = 1_024
        while count < 2 * tail.count { count *= 2 }
        slots = Array(repeating: 0, count: count)
        for index in tail.indices { place(index) }
    }

    private mutating func place(_ index: Int) {
        guard tail[index] != Self.noKey else { return }
        var slot = Int(tail[index]) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }

    /// The positions whose key is this one, ascending.
    ///
    /// - Throws: why a run cannot be read.
    func positions(_ key: UInt64) throws(DerivedFileAbsence) -> [UInt64] {
        var found: [UInt64] = []
        for run in stack.runs { try run.find(key, into: &found) }
        guard Use.isScattered else {
            for (index, other) in tail.enumerated() where other == key { found.append(stack.end + UInt64(index)) }
            return found
        }
        let before = found.count
        var slot = Int(key) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if tail[index] == key { found.append(stack.end + UInt64(index)) }
            slot = (slot + 1) & (slots.count - 1)
        }
        if found.count > before + 1 { found[before...].sort() }
        return found
    }

    /// Writes the entries before `end`, at which a segment begins, as one more run.
    ///
    /// - Throws: `LogError` if it cannot be written; ``DerivedFileAbsence`` if it cannot be read again. Then nothing
    ///   is changed.
    mutating func write(
        before end: UInt64, head: TreeHead, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws {
        guard end > stack.end else { return }
        let count = Int(end - stack.end)
        let origin = stack.end
        var entries = tail[..<count].enumerated().map { Entry(key: $1, position: origin + UInt64($0)) }
        entries.removeAll { $0.key == Self.noKey }
        entries.sort()
        var writer = try EntryRunWriter<Use, Files>(
            positions: origin..<end, head: head, ledgerID: log.ledgerID, secret: secret, in: directory)
        for entry in entries { try writer.append(entry) }
        try writer.finish()
        try stack.add(origin..<end, in: directory, log: log)
        tail.removeFirst(count)
        fillSlots()
    }

    /// Merges runs; see ``RunStack/compact(in:log:onlyIfMany:)``.
    mutating func compact(in directory: DerivedDirectory<Files>, log: LogReader<Files>, onlyIfMany: Bool) throws {
        try stack.compact(in: directory, log: log, onlyIfMany: onlyIfMany)
    }
}
