import EventLog
import TrainingEvents

/// What the writer can find without going through the log: events by source and ID, events by subject, and the state
/// of the door.
///
/// All three end at the same position, except while they are made anew. An object, because every event asks here, and a
/// value would be copied for each.
final class LedgerIndexes<Files: FileSystem> {
    private let directory: DerivedDirectory<Files>
    /// What keys are made with.
    let fingerprint: Fingerprint
    private(set) var keys: EntryIndex<EventKeys, Files>
    private(set) var subjects: EntryIndex<SubjectCodes, Files>
    var door: DoorIndex<Files>

    /// Opens what is on disk, as far as this log bears it out.
    ///
    /// - Throws: `inputOutput`.
    init(in directory: DerivedDirectory<Files>, log: LogReader<Files>) throws(LogError) {
        self.directory = directory
        keys = try EntryIndex(in: directory, log: log, newSecret: try directory.newSecret())
        subjects = try EntryIndex(
            in: directory, log: log, newSecret: [UInt8](repeating: 0, count: Fingerprint.keyLength))
        // Making the index of subjects anew needs the numbers as they were then given: the door's state of that point.
        door = try DoorIndex(in: directory, log: log, upTo: subjects.end)
        fingerprint = Fingerprint(key: keys.secret)
    }

    /// Why files were not used.
    var absences: [DerivedFileAbsence] { keys.stack.absences + subjects.stack.absences + door.stack.absences }

    /// The position up to which everything is on disk.
    var storedEnd: UInt64 { min(keys.stack.end, subjects.stack.end, door.stack.end) }

    /// The key under which an event with this source and ID is found.
    func key(_ source: String, _ id: String) -> UInt64 { fingerprint(source, id) }

    /// The positions of the events that may have the source and ID of this key, most likely at most one.
    ///
    /// - Throws: why a file cannot be read.
    func candidates(_ key: UInt64) throws(DerivedFileAbsence) -> [UInt64] { try keys.positions(key) }

    /// The positions of the events about a trainee or a class, its registration among them, ascending.
    ///
    /// - Throws: why a file cannot be read.
    func positions(of owner: StepsOwner) throws(DerivedFileAbsence) -> [UInt64] {
        try subjects.positions(owner.code)
    }

    /// Takes down the event at a position, unless it is known already.
    ///
    /// - Parameters:
    ///   - key: of its source and ID.
    ///   - owner: the trainee or class that it is about.
    func note(_ key: UInt64, about owner: StepsOwner?, at position: UInt64) {
        if position == keys.end { keys.append(key) }
        if position == subjects.end { subjects.append(owner?.code ?? EntryIndex<SubjectCodes, Files>.noKey) }
    }

    /// Writes the entries before `end`, at which a segment begins.
    ///
    /// - Throws: `LogError`, ``DerivedFileAbsence``; what was not written stays in memory.
    func writeEntries(before end: UInt64, head: TreeHead, log: LogReader<Files>) throws {
        try keys.write(before: end, head: head, in: directory, log: log)
        try subjects.write(before: end, head: head, in: directory, log: log)
        try keys.compact(in: directory, log: log, onlyIfMany: false)
        try subjects.compact(in: directory, log: log, onlyIfMany: false)
    }

    /// Writes everything up to where the door's state was set down.
    ///
    /// - Parameter isHurried: put off the merging.
    /// - Returns: how many retractions the door's run holds.
    /// - Throws: `LogError`, ``DerivedFileAbsence``; what was not written stays in memory.
    func write(
        _ registry: Registry, head: TreeHead, log: LogReader<Files>, isHurried: Bool
    ) throws -> Int {
        let end = door.frozenEnd
        try keys.write(before: end, head: head, in: directory, log: log)
        try subjects.write(before: end, head: head, in: directory, log: log)
        let retractions = try door.write(registry, head: head, in: directory, log: log)
        try keys.compact(in: directory, log: log, onlyIfMany: isHurried)
        try subjects.compact(in: directory, log: log, onlyIfMany: isHurried)
        try door.compact(in: directory, log: log, onlyIfMany: isHurried)
        return retractions
    }

    /// Clears away what is not in use.
    ///
    /// - Throws: `readOnly`, `inputOutput`.
    func removeOthers() throws(LogError) {
        try directory.removeUnfinished()
        try keys.stack.removeOthers(in: directory)
        try subjects.stack.removeOthers(in: directory)
        try door.stack.removeOthers(in: directory)
    }
}

extension DerivedDirectory {
    /// Random bytes for fingerprints to be made under.
    fileprivate func newSecret() throws(LogError) -> [UInt8] {
        var secret = [UInt8](repeating: 0, count: Fingerprint.keyLength)
        try secret.withUnsafeMutableBufferPointer { memory throws(LogError) in
            try files.random(into: UnsafeMutableRawBufferPointer(memory))
        }
        return secret
    }
}
