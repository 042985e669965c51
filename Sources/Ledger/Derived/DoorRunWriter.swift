import EventLog
import TrainingEvents

/// Writes a run of the door's state: IDs kind by kind, then steps in order of their owners.
struct DoorRunWriter<Files: FileSystem>: ~Copyable {
    private var file: DerivedFileWriter<Files>
    private var idBlocks: [WireWriter?]
    private var idBlockCount = 0
    private var steps = WireWriter()
    private var firstOwners: [UInt64] = []

    /// Content bytes at which a block is full: small enough to be read for one trainee.
    private static var blockLength: Int { 4 << 10 }

    /// - Throws: `noSpace`, `readOnly`, `inputOutput`.
    init(
        positions: Range<UInt64>, head: TreeHead, ledgerID: LedgerID, in directory: DerivedDirectory<Files>
    ) throws(LogError) {
        file = try DerivedFileWriter(
            DoorRun<Files>.kind, positions: positions, head: head, ledgerID: ledgerID, in: directory)
        idBlocks = RegisteredKind.allCases.map { _ in nil }
    }

    /// Adds an ID; those of each kind come in order of their introduction, and all before the first steps.
    mutating func append(_ id: UnsafeRawBufferPointer, _ kind: RegisteredKind) throws(LogError) {
        precondition(firstOwners.isEmpty)
        let index = Int(kind.rawValue)
        var block = idBlocks[index] ?? WireWriter(beginning: kind.rawValue)
        idBlocks[index] = nil
        block.message([UInt8](id))
        if block.bytes.count >= Self.blockLength { try write(block) } else { idBlocks[index] = block }
    }

    /// Adds the IDs with these numbers.
    mutating func append<Number>(
        _ table: IDTable<Number>, _ numbers: Range<Int>, _ kind: RegisteredKind
    ) throws(LogError) {
        for number in numbers {
            try table.withBytes(of: number) { id throws(LogError) in try append(id, kind) }
        }
    }

    private mutating func write(_ block: WireWriter) throws(LogError) {
        try file.append(PackedBlock.packed(block.bytes))
        idBlockCount += 1
    }

    private mutating func finishIDs() throws(LogError) {
        for index in idBlocks.indices {
            if let block = idBlocks[index] { try write(block) }
            idBlocks[index] = nil
        }
    }

    /// Adds an owner's steps.
    mutating func append(_ entry: DoorRun<Files>.StoredEntry) throws(LogError) {
        if firstOwners.isEmpty { try finishIDs() }
        if steps.bytes.isEmpty { firstOwners.append(entry.owner) }
        steps.varint(entry.owner)
        steps.message(entry.bytes)
        if steps.bytes.count >= Self.blockLength { try finishSteps() }
    }

    private mutating func finishSteps() throws(LogError) {
        guard !steps.bytes.isEmpty else { return }
        try file.append(PackedBlock.packed(steps.bytes))
        steps = WireWriter()
    }

    /// Makes the run durable under its name.
    consuming func finish(_ summary: DoorSummary) throws(LogError) {
        try finishIDs()
        try finishSteps()
        var end = WireWriter()
        summary.encode(to: &end)
        end.varint(UInt64(idBlockCount))
        end.numbers(firstOwners)
        try file.append(PackedBlock.packed(end.bytes))
        try file.finish()
    }
}

extension WireWriter {
    /// A writer that has written this number.
    fileprivate init(beginning number: UInt64) {
        self.init()
        varint(number)
    }
}
