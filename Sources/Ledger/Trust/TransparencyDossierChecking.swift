import EventLog
package import TrainingEvents
package import Transparency

/// A dossier that was checked without the ledger.
package struct CheckedDossier {
    /// What the log signed.
    package let checkpoint: SignedCheckpoint
    /// The events in the order of the log, with their positions.
    package let events: [(position: UInt64, event: Event)]
    /// The IDs behind the numbers in them.
    package let registry: Registry
    /// The numbers that no record itself says to be its ID's: of registrations from before records did.
    package let unprovedNumbers: [Subject]
}

extension Dossier {
    /// Checks everything that can be checked without the ledger: the checkpoint is signed; every entry is in the log at
    /// its place; every entry is an event; every number used in one is introduced by one, whose record says the same
    /// number; they are about the trainee.
    ///
    /// That no event was left out only the whole log can show, and of registrations from before records held their
    /// number also that it is theirs: ``CheckedDossier/unprovedNumbers``. What contradicts itself is refused.
    ///
    /// - Throws: as ``SignedCheckpoint`` and ``TreeProof``; `malformed` for entries that do not belong together.
    package func verify(
        log: VerifierKey, witnesses: [VerifierKey] = []
    ) throws(TransparencyError) -> CheckedDossier {
        let signed = try SignedCheckpoint(parsing: checkpoint, log: log, witnesses: witnesses)
        var events: [(position: UInt64, event: Event)] = []
        var numbers = IntroducedNumbers()
        for entry in entries {
            try TreeProof.verifyInclusion(
                of: MerkleTree.leafHash(entry.content), at: entry.index, in: signed.checkpoint.head, by: entry.proof)
            if let last = events.last?.position, last >= entry.index {
                throw TransparencyError(.malformed, "event \(entry.index) stands behind event \(last)")
            }
            let event = try Self.event(entry)
            if let number = entry.introduces { try numbers.add(number, event, at: entry.index) }
            events.append((entry.index, event))
        }
        let trainees = numbers.trainees(called: trainee)
        guard !trainees.isEmpty else {
            throw TransparencyError(.malformed, "no event of the dossier registers its trainee")
        }
        if let unused = numbers.subjects.subtracting(trainees).subtracting(events.flatMap(\.event.references)).first {
            throw TransparencyError(.malformed, "the dossier introduces \(unused), which no event in it names")
        }
        for (entry, (position, event)) in zip(entries, events) {
            if let unknown = event.references.first(where: { !numbers.subjects.contains($0) }) {
                throw TransparencyError(
                    .malformed, "event \(position) names \(unknown), which no event of the dossier introduces")
            }
            guard entry.introduces != nil || event.references.contains(where: { trainees.contains($0) }) else {
                throw TransparencyError(.malformed, "event \(position) is not about the trainee")
            }
        }
        return CheckedDossier(
            checkpoint: signed, events: events, registry: numbers.registry, unprovedNumbers: numbers.unproved)
    }

    private static func event(_ entry: Entry) throws(TransparencyError) -> Event {
        guard entry.content.count > InclusionFile.saltLength else {
            throw TransparencyError(.malformed, "entry \(entry.index) is shorter than its salt")
        }
        do throws(EventError) {
            return try Event(decoding: Array(entry.content[InclusionFile.saltLength...]))
        } catch {
            throw TransparencyError(.malformed, "entry \(entry.index) is no event: \(error.message)")
        }
    }
}

extension InclusionFile {
    /// Bytes of salt before the record in an entry of this ledger.
    package static let saltLength = 16
}

/// The numbers that a dossier says its registrations gave.
private struct IntroducedNumbers {
    private(set) var subjects: Set<Subject> = []
    private(set) var registry = Registry()
    /// Those that the dossier alone says.
    private(set) var unproved: [Subject] = []
    private var ids: [(number: Subject, id: String)] = []
    /// The number introduced last, by kind: numbers ascend with positions.
    private var last: [UInt32?] = [nil, nil, nil]

    mutating func add(_ number: Subject, _ event: Event, at index: UInt64) throws(TransparencyError) {
        let (kind, value, id): (Int, UInt32, String)
        switch (number, event.subject) {
        case (.trainee(let number), .newTrainee(let name)):
            (kind, value, id) = (0, number.value, name)
            registry.trainees.add(name, as: number)
        case (.class(let number), .newClass(let name)):
            (kind, value, id) = (1, number.value, name)
            registry.classes.add(name, as: number)
        case (.unit(let number), .newUnit(let name)):
            (kind, value, id) = (2, number.value, name)
            registry.units.add(name, as: number)
        default: throw TransparencyError(.malformed, "event \(index) does not introduce what the dossier says")
        }
        if let said = event.body.introducedNumber {
            guard said == value else {
                throw TransparencyError(
                    .malformed, "event \(index) introduced number \(said), not \(value) as the dossier says")
            }
        } else {
            unproved.append(number)
        }
        // So many of the kind were introduced before it.
        guard UInt64(value) <= index, last[kind].map({ $0 < value }) ?? true else {
            throw TransparencyError(.malformed, "event \(index) cannot have introduced number \(value)")
        }
        last[kind] = value
        subjects.insert(number)
        ids.append((number, id))
    }

    /// The numbers of a trainee's ID.
    func trainees(called id: String) -> Set<Subject> {
        Set(ids.filter { if case .trainee = $0.number { $0.id == id } else { false } }.map(\.number))
    }
}
