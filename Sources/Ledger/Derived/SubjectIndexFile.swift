import EventLog
import TrainingEvents

/// One index file, open for looking up.
final class SubjectIndexFile<Files: FileSystem> {
    private let file: DerivedFile<Files>
    private var parts: [Part] = []
    /// The positions of the events about rulebooks.
    private(set) var rulebookPositions: [UInt64] = []

    /// What block 0 says of one kind of subjects.
    private struct Part {
        var firstNumber: UInt64
        var introduced: UInt64
        var groupBlocks: Range<Int>
        var idBlocks: Range<Int>
    }

    /// Opens the file that covers `positions`, and checks it against the log.
    init(
        positions: Range<UInt64>, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws(DerivedFileAbsence) {
        file = try DerivedFile(opening: SubjectIndexLayout.kind, positions: positions, in: directory, log: log)
        try readContents()
    }

    var positions: Range<UInt64> { file.positions }

    /// How many subjects of a kind were introduced before the end of what the file covers.
    func count(_ kind: SubjectKind) -> UInt64 { parts[kind.rawValue].firstNumber + parts[kind.rawValue].introduced }

    /// The positions of the events about a subject, ascending. One block is read.
    func positions(of number: UInt32, _ kind: SubjectKind) throws(DerivedFileAbsence) -> [UInt64] {
        let group = Int(number) / SubjectIndexLayout.groupSize
        let blocks = parts[kind.rawValue].groupBlocks
        guard group < blocks.count else { return [] }
        let block = try file.block(blocks.lowerBound + group)
        if block.isEmpty { return [] }
        let local = Int(number) % SubjectIndexLayout.groupSize
        let ends = 4 * SubjectIndexLayout.groupSize
        guard block.count >= ends else { throw file.damaged("a group is too short") }
        let start = local == 0 ? 0 : Int(block.integer(at: 4 * (local - 1), as: UInt32.self))
        let end = Int(block.integer(at: 4 * local, as: UInt32.self))
        guard start <= end, ends + end <= block.count else { throw file.damaged("a group's ends are out of order") }
        return try distances(block.part(ends + start..<ends + end))
    }

    /// The numbers that were given to IDs with this fingerprint: nearly always one or none. One block is read.
    func numbers(fingerprint: UInt64, _ kind: SubjectKind) throws(DerivedFileAbsence) -> [UInt32] {
        let blocks = parts[kind.rawValue].idBlocks
        guard !blocks.isEmpty else { return [] }
        let block = try file.block(blocks.lowerBound + Int(fingerprint % UInt64(blocks.count)))
        guard block.count % SubjectIndexLayout.idEntryLength == 0 else { throw file.damaged("an ID block is cut") }
        return stride(from: 0, to: block.count, by: SubjectIndexLayout.idEntryLength).compactMap { place in
            block.integer(at: place, as: UInt64.self) == fingerprint ? block.integer(at: place + 8) : nil
        }
    }

    private func distances(_ bytes: UnsafeRawBufferPointer) throws(DerivedFileAbsence) -> [UInt64] {
        var found: [UInt64] = []
        var place = 0
        var position = positions.lowerBound
        while place < bytes.count {
            guard let distance = SubjectIndexLayout.varint(bytes, &place), distance < 1 << 48 else {
                throw file.damaged("a position cannot be read")
            }
            position += distance
            guard position < positions.upperBound else { throw file.damaged("a position lies beyond the file's") }
            found.append(position)
        }
        return found
    }

    private func readContents() throws(DerivedFileAbsence) {
        let block = try file.block(0)
        var place = 0
        var nextBlock = 1
        for _ in SubjectKind.allCases {
            guard let first = SubjectIndexLayout.varint(block, &place),
                let introduced = SubjectIndexLayout.varint(block, &place),
                let groups = SubjectIndexLayout.varint(block, &place), groups <= UInt64(file.blockCount),
                let ids = SubjectIndexLayout.varint(block, &place), ids <= UInt64(file.blockCount),
                first <= UInt64(UInt32.max), introduced <= UInt64(UInt32.max)
            else { throw file.damaged("its contents cannot be read") }
            let groupEnd = nextBlock + Int(groups)
            let idEnd = groupEnd + Int(ids)
            parts.append(
                Part(
                    firstNumber: first, introduced: introduced, groupBlocks: nextBlock..<groupEnd,
                    idBlocks: groupEnd..<idEnd))
            nextBlock = idEnd
        }
        guard nextBlock == file.blockCount else { throw file.damaged("its contents do not fit its blocks") }
        rulebookPositions = try distances(block.part(place..<block.count))
    }
}
