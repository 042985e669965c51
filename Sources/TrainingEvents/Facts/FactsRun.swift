/// The facts of a run of consecutive events, sorted out by what they are about.
///
/// Sendable: nothing of it changes once it is made. A class, so that lending it costs nothing.
package final class FactsRun: @unchecked Sendable {
    /// The position of the first event.
    package let first: UInt64
    /// How many events there are.
    package let count: Int
    /// Registrations of trainees, in order.
    package private(set) var registrations: [FactsEntry]
    /// Retractions, in order.
    package private(set) var retractions: [FactsEntry]
    /// Everything else: of classes, units and rulebooks, in order.
    package private(set) var others: [FactsEntry]
    /// The events about trainees, by group.
    private var trainees: [FactsEntry]
    /// Where each group of trainees begins in `trainees`, and the end of the last.
    private let groupStarts: [Int]
    /// The facts that entries point into.
    private var bytes: UnsafeMutableRawBufferPointer

    /// Trainees are looked at in groups of so many consecutive numbers, to have them in the cache together.
    package static let groupShift: UInt32 = 10

    init(first: UInt64, count: Int, _ sorted: SortedFacts) {
        self.first = first
        self.count = count
        (trainees, groupStarts) = Self.grouped(sorted.trainees)
        registrations = sorted.registrations
        retractions = sorted.retractions
        others = sorted.others
        bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        sorted.bytes.withUnsafeBytes { takeFacts(from: $0) }
    }

    /// A part of another run: the events given, and those of trainees that `isWanted` lets through.
    private init(
        partOf run: FactsRun, registrations: [FactsEntry], others: [FactsEntry], isWanted: (UInt32) -> Bool
    ) {
        first = run.first
        count = run.count
        (trainees, groupStarts) = Self.grouped(run.trainees.filter { isWanted($0.subject) })
        self.registrations = registrations
        retractions = run.retractions
        self.others = others
        bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        takeFacts(from: UnsafeRawBufferPointer(run.bytes))
    }

    /// The same run with the events of some trainees, and none of classes, units and rulebooks. Registrations are all
    /// kept: their places are their numbers.
    package func events(ofTrainees isWanted: (UInt32) -> Bool) -> FactsRun {
        FactsRun(partOf: self, registrations: registrations, others: [], isWanted: isWanted)
    }

    /// The same run with the events of classes, units and rulebooks, and none of trainees.
    package func eventsOfOthers() -> FactsRun {
        FactsRun(partOf: self, registrations: [], others: others) { _ in false }
    }

    /// Copies the facts of all entries, in the order in which they will be asked for.
    private func takeFacts(from source: UnsafeRawBufferPointer) {
        let stored = trainees.lazy.filter { $0.minutes == FactsEntry.elsewhere }
        let count = [registrations, retractions, others].joined().reduce(0) { $0 + Int($1.size) }
        var mover = FactsMover(from: source, count: stored.reduce(count) { $0 + Int($1.size) })
        registrations = registrations.map { mover.moved($0) }
        retractions = retractions.map { mover.moved($0) }
        others = others.map { mover.moved($0) }
        for index in trainees.indices where trainees[index].minutes == FactsEntry.elsewhere {
            trainees[index] = mover.moved(trainees[index])
        }
        bytes = mover.target
    }

    deinit { bytes.deallocate() }

    /// How many groups of trainees there are, up to the last that has events here.
    package var groupCount: Int { groupStarts.count - 1 }

    /// The events about the trainees of a group, in the order of the log.
    package func trainees(inGroup group: Int) -> ArraySlice<FactsEntry> {
        guard group + 1 < groupStarts.count else { return [] }
        return trainees[groupStarts[group]..<groupStarts[group + 1]]
    }

    /// The events by which trainees are linked and unlinked, in the order of the groups.
    package var linkEntries: [FactsEntry] {
        trainees.filter { entry in
            guard entry.minutes == FactsEntry.elsewhere, entry.size >= 2 else { return false }
            let type = bytes[Int(entry.place) + 1]
            return type == EventType.traineeLinked.rawValue || type == EventType.traineeUnlinked.rawValue
        }
    }

    /// The position of an event.
    package func position(of entry: FactsEntry) -> UInt64 { first + UInt64(entry.offset) }

    /// What an event that is no attendance record is about, and what it says.
    ///
    /// - Throws: `malformedRecord` for anything but the canonical form.
    package func facts(of entry: FactsEntry) throws(EventError) -> EventFacts {
        try EventFacts(decoding: bytes(of: entry))
    }

    /// What an event of a trainee that is no attendance record says.
    ///
    /// - Throws: `malformedRecord` for anything but the canonical form.
    package func body(ofTraineeEvent entry: FactsEntry) throws(EventError) -> EventBody {
        try EventFacts.body(ofTraineeEvent: bytes(of: entry))
    }

    private func bytes(of entry: FactsEntry) -> UnsafeRawBufferPointer {
        let start = Int(entry.place)
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<start + Int(entry.size)])
    }

    /// Puts the trainees' events in order of their groups; within one they stay in the order of the log.
    private static func grouped(_ entries: [FactsEntry]) -> ([FactsEntry], [Int]) {
        var highest: UInt32 = 0
        for entry in entries { highest = max(highest, entry.subject) }
        let groups = entries.isEmpty ? 0 : Int(highest >> groupShift) + 1
        var starts = [Int](repeating: 0, count: groups + 1)
        for entry in entries { starts[Int(entry.subject >> groupShift) + 1] += 1 }
        for group in 0..<groups { starts[group + 1] += starts[group] }
        var places = starts
        let grouped = [FactsEntry](unsafeUninitializedCapacity: entries.count) { buffer, count in
            for entry in entries {
                let group = Int(entry.subject >> groupShift)
                buffer[places[group]] = entry
                places[group] += 1
            }
            count = entries.count
        }
        return (grouped, starts)
    }
}

/// Puts facts behind each other in the order in which they will be asked for.
private struct FactsMover {
    private let source: UnsafeRawBufferPointer
    let target: UnsafeMutableRawBufferPointer
    private var end = 0

    /// - Parameter count: the bytes of the facts that will be moved.
    init(from source: UnsafeRawBufferPointer, count: Int) {
        self.source = source
        target = .allocate(byteCount: count, alignment: 1)
    }

    mutating func moved(_ entry: FactsEntry) -> FactsEntry {
        var entry = entry
        let start = Int(entry.place)
        let length = Int(entry.size)
        UnsafeMutableRawBufferPointer(rebasing: target[end..<end + length])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<start + length]))
        entry.place = UInt32(end)
        end += length
        return entry
    }
}

/// What a collector has gathered.
struct SortedFacts {
    var trainees: [FactsEntry] = []
    var registrations: [FactsEntry] = []
    var retractions: [FactsEntry] = []
    var others: [FactsEntry] = []
    var bytes: [UInt8] = []
}
