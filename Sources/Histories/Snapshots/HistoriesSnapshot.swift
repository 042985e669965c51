import CivilTime
import TrainingEvents

/// The facts of everyone at one point of the log, in blocks that are read and written each on its own.
///
/// Block 0 holds the numbers of trainees, classes and units, the complaints and the adopted rulebooks; then come blocks of
/// 1,024 trainees, of 1,024 classes and of 1,024 units, by number. What is kept is what folding gives, to the last field.
package struct HistoriesSnapshot: Sendable {
    /// The version of the layout, to be raised with every change of a fact's fields.
    package static let layout: UInt16 = 2

    private let traineeCount: Int
    private let classCount: Int
    private let unitCount: Int
    private let complaints: [ComplaintFact]
    private let adoptions: [AdoptedRulebook]

    private static var pageSize: Int { NumberedTable<TraineeHistory>.pageSize }

    private static func pages(_ count: Int) -> Int { (count + pageSize - 1) / pageSize }

    /// How many trainees it holds, standing or not.
    package var trainees: Int { traineeCount }
    /// How many blocks of trainees follow block 0.
    package var traineePages: Int { Self.pages(traineeCount) }
    /// How many blocks there are.
    package var blockCount: Int { 1 + traineePages + Self.pages(classCount) + Self.pages(unitCount) }

    // MARK: Writing

    /// The blocks of a snapshot, in order, each handed on when it is made.
    package static func write<Failure>(
        _ histories: LedgerHistories, _ take: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        try take(
            bytes { (writer: inout SnapshotWriter) throws(SnapshotFault) in
                for count in [histories.trainees.count, histories.classes.count, histories.units.count] {
                    _ = try writer.count(count)
                }
                var (complaints, adoptions) = (histories.complaints, histories.adoptions)
                try writer.code(&complaints)
                try writer.code(&adoptions)
            })
        try writePages(histories.trainees, histories.registry.trainees, take) { history, writer throws(SnapshotFault) in
            try history.code(&writer)
        }
        try writePages(histories.classes, histories.registry.classes, take) { history, writer throws(SnapshotFault) in
            try history.code(&writer)
        }
        try writePages(histories.units, histories.registry.units, take) { history, writer throws(SnapshotFault) in
            try history.code(&writer)
        }
    }

    private static func writePages<History, Number, Failure>(
        _ table: NumberedTable<History>, _ ids: IDTable<Number>, _ take: ([UInt8]) throws(Failure) -> Void,
        _ code: (inout History, inout SnapshotWriter) throws(SnapshotFault) -> Void
    ) throws(Failure) {
        for page in 0..<pages(table.count) {
            let numbers = page * pageSize..<min(table.count, (page + 1) * pageSize)
            try take(
                bytes { (writer: inout SnapshotWriter) throws(SnapshotFault) in
                    for number in numbers {
                        var id = ids.id(of: Number(UInt32(number)))
                        try writer.code(&id)
                        let history = table[number]
                        var isStanding = history != nil
                        try writer.code(&isStanding)
                        if var history { try code(&history, &writer) }
                    }
                })
        }
    }

    private static func bytes(_ write: (inout SnapshotWriter) throws(SnapshotFault) -> Void) -> [UInt8] {
        var writer = SnapshotWriter()
        do throws(SnapshotFault) { try write(&writer) } catch {
            preconditionFailure("facts that were folded can be written: \(error.reason)")
        }
        return writer.bytes
    }

    // MARK: Reading

    /// Reads block 0.
    package init(reading block: UnsafeRawBufferPointer) throws(SnapshotFault) {
        var reader = SnapshotReader(block)
        var counts: [Int] = []
        for _ in 0..<3 {
            var count: UInt64 = 0
            try reader.code(&count)
            guard count <= UInt64(UInt32.max) else { throw SnapshotFault(reason: "more numbers than there are") }
            counts.append(Int(count))
        }
        (traineeCount, classCount, unitCount) = (counts[0], counts[1], counts[2])
        var complaints: [ComplaintFact] = []
        var adoptions: [AdoptedRulebook] = []
        try reader.code(&complaints)
        try reader.code(&adoptions)
        guard reader.isAtEnd else { throw SnapshotFault(reason: "bytes after the last fact") }
        (self.complaints, self.adoptions) = (complaints, adoptions)
    }

    /// Reads a block of trainees, from 0.
    package func trainees(ofPage page: Int, _ block: UnsafeRawBufferPointer) throws(SnapshotFault) -> FactsFold.Group {
        var group = FactsFold.Group()
        try Self.read(block, page, traineeCount) { number, id, isStanding, reader throws(SnapshotFault) in
            group.ids.append(id)
            guard isStanding else { return group.histories.append(nil) }
            var history = TraineeHistory(number: TraineeNumber(number), registered: TraineeFields(), at: 0)
            try history.code(&reader)
            group.histories.append(history)
        }
        return group
    }

    /// Reads the blocks behind the trainees' into histories.
    ///
    /// - Parameter block: lends the block of a number.
    package func readOthers(
        into histories: inout LedgerHistories,
        _ block: (Int, (UnsafeRawBufferPointer) throws(SnapshotFault) -> Void) throws(SnapshotFault) -> Void
    ) throws(SnapshotFault) {
        histories.complaints = complaints
        histories.adoptions = adoptions
        var next = 1 + traineePages
        for page in 0..<Self.pages(classCount) {
            try block(next) { bytes throws(SnapshotFault) in
                try Self.read(bytes, page, classCount) { number, id, isStanding, reader throws(SnapshotFault) in
                    histories.registry.classes.add(id)
                    guard isStanding else { return histories.classes.append(nil) }
                    var history = ClassHistory(number: ClassNumber(number), approved: ClassFields(), at: 0)
                    try history.code(&reader)
                    histories.classes.append(history)
                }
            }
            next += 1
        }
        for page in 0..<Self.pages(unitCount) {
            try block(next) { bytes throws(SnapshotFault) in
                try Self.read(bytes, page, unitCount) { number, id, isStanding, reader throws(SnapshotFault) in
                    histories.registry.units.add(id)
                    guard isStanding else { return histories.units.append(nil) }
                    var history = UnitHistory(number: UnitNumber(number), registered: UnitFields(), at: 0)
                    try history.code(&reader)
                    histories.units.append(history)
                }
            }
            next += 1
        }
    }

    private static func read(
        _ block: UnsafeRawBufferPointer, _ page: Int, _ count: Int,
        _ take: (UInt32, String, Bool, inout SnapshotReader) throws(SnapshotFault) -> Void
    ) throws(SnapshotFault) {
        var reader = SnapshotReader(block)
        for number in page * pageSize..<min(count, (page + 1) * pageSize) {
            var id = ""
            var isStanding = false
            try reader.code(&id)
            try reader.code(&isStanding)
            try take(UInt32(number), id, isStanding, &reader)
        }
        guard reader.isAtEnd else { throw SnapshotFault(reason: "bytes after the last fact") }
    }
}
