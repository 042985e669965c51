import EventLog
import TrainingEvents

/// Where the events about each subject stand among the positions of some runs: an index in memory, for the end of the
/// log that no file covers, and what a file is written from.
struct SubjectPositions {
    let runs: [FactsRun]
    let start: UInt64
    /// How many subjects of each kind were introduced before.
    let firstNumbers: [UInt64]
    /// The positions of classes and units by number; of trainees only what stands outside their own lists:
    /// registrations, retractions, and links from another trainee.
    private(set) var listed: [[UInt32: [UInt64]]] = [[:], [:], [:]]
    private(set) var introduced: [[String]] = [[], [], []]
    private(set) var rulebookPositions: [UInt64] = []

    /// - Parameter firstNumbers: how many subjects of each kind were introduced before the first run.
    /// - Throws: `record` for a record that cannot be read.
    init(_ runs: [FactsRun], firstNumbers: [UInt64]) throws(LedgerError) {
        self.runs = runs
        self.firstNumbers = firstNumbers
        start = runs.first?.first ?? 0
        for run in runs { try list(run) }
    }

    /// How many subjects of a kind were introduced before the end of the runs.
    func count(_ kind: SubjectKind) -> UInt64 {
        firstNumbers[kind.rawValue] + UInt64(introduced[kind.rawValue].count)
    }

    /// The positions of the events about a subject, ascending. O(events of 1,024 trainees).
    func positions(of number: UInt32, _ kind: SubjectKind) -> [UInt64] {
        var found = listed[kind.rawValue][number] ?? []
        if kind == .trainee {
            for run in runs {
                for entry in run.trainees(inGroup: Int(number >> FactsRun.groupShift)) where entry.subject == number {
                    found.append(run.position(of: entry))
                }
            }
        }
        return Set(found).sorted()
    }

    /// The numbers that were given to an ID. O(IDs introduced).
    func numbers(of id: String, _ kind: SubjectKind) -> [UInt32] {
        introduced[kind.rawValue].indices.filter { introduced[kind.rawValue][$0] == id }
            .map { UInt32(clamping: firstNumbers[kind.rawValue] + UInt64($0)) }
    }

    // MARK: Listing

    private mutating func list(_ run: FactsRun) throws(LedgerError) {
        for entry in run.registrations + run.retractions + run.others { try list(entry, run) }
        for entry in run.linkEntries {
            let position = run.position(of: entry)
            switch try Self.facts(entry, run).body {
            case .traineeLinked(let link): add(position, .trainee, link.other.value)
            case .traineeUnlinked(let link): add(position, .trainee, link.other.value)
            default: break
            }
        }
    }

    private mutating func list(_ entry: FactsEntry, _ run: FactsRun) throws(LedgerError) {
        let position = run.position(of: entry)
        switch try Self.facts(entry, run).subject {
        case .newTrainee(let id): introduce(id, .trainee, position)
        case .newClass(let id): introduce(id, .class, position)
        case .newUnit(let id): introduce(id, .unit, position)
        case .trainee(let number): add(position, .trainee, number.value)
        case .class(let number): add(position, .class, number.value)
        case .unit(let number): add(position, .unit, number.value)
        case .rulebook: rulebookPositions.append(position)
        }
    }

    private mutating func introduce(_ id: String, _ kind: SubjectKind, _ position: UInt64) {
        let number = firstNumbers[kind.rawValue] + UInt64(introduced[kind.rawValue].count)
        introduced[kind.rawValue].append(id)
        add(position, kind, UInt32(clamping: number))
    }

    private mutating func add(_ position: UInt64, _ kind: SubjectKind, _ number: UInt32) {
        listed[kind.rawValue][number, default: []].append(position)
    }

    private static func facts(_ entry: FactsEntry, _ run: FactsRun) throws(LedgerError) -> EventFacts {
        do throws(EventError) {
            return try run.facts(of: entry)
        } catch {
            throw .record(error, position: run.position(of: entry))
        }
    }
}
