import Access
package import EventLog
import Histories
package import Transparency
package import TrainingEvents

/// All events of a trainee, each with the proof that it is in the log: a file to take away (docs/transparency.md).
package struct Dossier: Sendable {
    /// One event with its proof.
    package struct Entry: Sendable {
        /// Its position in the log.
        package var index: UInt64
        /// The number that the event introduced, where others use it: a trainee's, a class's or a unit's.
        package var introduces: Subject?
        /// What is hashed: salt and record.
        package var content: [UInt8]
        /// The inclusion proof.
        package var proof: [TreeHash]
    }

    /// The trainee's ID.
    package var trainee: String
    /// The events, ascending.
    package var entries: [Entry]
    /// The signed checkpoint, byte for byte.
    package var checkpoint: [UInt8]

    /// The first line.
    package static let header = "trainledger-dossier@v1"
    /// Bytes of the longest file that is read.
    package static let limit = 256 << 20

    /// The file's bytes.
    package var bytes: [UInt8] {
        var bytes = Array("\(Self.header)\ntrainee \(trainee)\n\n".utf8)
        for entry in entries {
            bytes += Array("index \(entry.index)\n".utf8)
            if let number = entry.introduces.flatMap(Self.text) { bytes += Array("introduces \(number)\n".utf8) }
            bytes += Array("entry \(Base64.encode(entry.content))\n".utf8)
            for hash in entry.proof { bytes += Array((Base64.encode(hash.bytes) + "\n").utf8) }
            bytes.append(0x0A)
        }
        return bytes + Array("checkpoint\n".utf8) + checkpoint
    }

    private static func text(_ number: Subject) -> String? {
        switch number {
        case .trainee(let number): "trainee \(number.value)"
        case .class(let number): "class \(number.value)"
        case .unit(let number): "unit \(number.value)"
        case .newTrainee, .newClass, .newUnit, .rulebook: nil
        }
    }

    private static func number(_ text: Substring) -> Subject? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Decimal.parse(parts[1]).flatMap({ UInt32(exactly: $0) }) else { return nil }
        switch parts[0] {
        case "trainee": return .trainee(TraineeNumber(value))
        case "class": return .class(ClassNumber(value))
        case "unit": return .unit(UnitNumber(value))
        default: return nil
        }
    }

    /// A dossier from its parts.
    init(trainee: String, entries: [Entry], checkpoint: [UInt8]) {
        self.trainee = trainee
        self.entries = entries
        self.checkpoint = checkpoint
    }

    /// Reads a file. Neither the checkpoint nor the proofs are checked.
    ///
    /// - Throws: `malformed` with the line, `tooLong`.
    package init(parsing bytes: [UInt8]) throws(TransparencyError) {
        var lines = try LineReader(bytes, limit: Self.limit)
        guard try lines.next() == Self.header else { throw lines.malformed("a dossier begins with \(Self.header)") }
        let named = try lines.next()
        guard named.hasPrefix("trainee "), named.utf8.count > 8 else { throw lines.malformed("the trainee is wanted") }
        trainee = String(named.dropFirst(8))
        guard try lines.next().isEmpty else { throw lines.malformed("an empty line is wanted") }
        entries = []
        while true {
            var line = try lines.next()
            if line == "checkpoint" { break }
            guard line.hasPrefix("index "), let index = Decimal.parse(line.dropFirst(6)) else {
                throw lines.malformed("index and a position are wanted, or checkpoint")
            }
            line = try lines.next()
            var introduces: Subject?
            if line.hasPrefix("introduces ") {
                guard let number = Self.number(line.dropFirst(11)) else {
                    throw lines.malformed("a trainee, class or unit with its number is wanted")
                }
                introduces = number
                line = try lines.next()
            }
            guard line.hasPrefix("entry "), let content = Base64.decode(line.dropFirst(6)) else {
                throw lines.malformed("entry and base64 are wanted")
            }
            entries.append(
                Entry(index: index, introduces: introduces, content: content, proof: try lines.hashes()))
        }
        checkpoint = lines.rest
    }
}

extension LedgerProofs {
    /// The dossier of a trainee: the events about their ID up to the checkpoint, and the ones that introduced every
    /// trainee, class and unit named in them.
    ///
    /// - Throws: `unknown` if no event of the checkpoint registered the trainee; as ``file(at:)``.
    package mutating func dossier(of trainee: String) throws(LedgerError) -> Dossier {
        try reader.warrant.require(trainee: trainee, .proveEvents)
        let positions: [UInt64: Subject?]
        do throws(LedgerError) {
            positions = try self.positions(of: trainee, usesIndex: true)
        } catch {
            guard case .derived = error else { throw error }
            positions = try self.positions(of: trainee, usesIndex: false)
        }
        var entries: [Dossier.Entry] = []
        for (position, number) in positions.sorted(by: { $0.key < $1.key }) {
            let file = try proof(of: position)
            entries.append(
                Dossier.Entry(index: position, introduces: number, content: file.extra ?? [], proof: file.proof))
        }
        return Dossier(trainee: trainee, entries: entries, checkpoint: signedCheckpoint)
    }

    /// The positions that belong into a dossier, and what those of registrations introduce.
    private func positions(of trainee: String, usesIndex: Bool) throws(LedgerError) -> [UInt64: Subject?] {
        let lookup = try SubjectLookup(reader, upTo: checkpoint.head.size, usesIndex: usesIndex)
        var found: [UInt64: Subject?] = [:]
        var open: [Subject] = []
        for number in try lookup.numbers(of: trainee, .trainee) {
            let positions = try lookup.positions(of: number, .trainee).ascendingOnce
            guard let first = positions.first, try reader.event(at: first).subject == .newTrainee(trainee) else {
                continue
            }
            for (position, event) in zip(positions, try reader.events(at: positions)) {
                found.updateValue(nil, forKey: position)
                open += event.references
            }
            open.append(.trainee(TraineeNumber(number)))
        }
        guard !open.isEmpty else { throw .unknown(noun: "trainee", id: trainee, suggestion: nil) }
        var seen: Set<Subject> = []
        while let number = open.popLast() {
            guard seen.insert(number).inserted, let (kind, value) = number.numbered,
                let first = try lookup.positions(of: value, kind).first
            else { continue }
            found.updateValue(number, forKey: first)
            open += try reader.event(at: first).references
        }
        return found
    }
}

extension Subject {
    /// Kind and number; nil for what has none.
    fileprivate var numbered: (SubjectKind, UInt32)? {
        switch self {
        case .trainee(let number): (.trainee, number.value)
        case .class(let number): (.class, number.value)
        case .unit(let number): (.unit, number.value)
        case .newTrainee, .newClass, .newUnit, .rulebook: nil
        }
    }
}
