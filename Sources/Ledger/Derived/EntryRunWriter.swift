import EventLog

/// Writes a run of entries that come in ascending order.
struct EntryRunWriter<Use: EntryUse, Files: FileSystem>: ~Copyable {
    private var file: DerivedFileWriter<Files>
    private let positions: Range<UInt64>
    private let positionWidth: Int
    private let secret: [UInt8]
    private var page: [Entry] = []
    /// Bytes that ``page`` takes, where pages are lists.
    private var listLength = 0
    private var directory: [UInt32] = []
    private var count: UInt64 = 0

    /// - Throws: `noSpace`, `readOnly`, `inputOutput`.
    init(
        positions: Range<UInt64>, head: TreeHead, ledgerID: LedgerID, secret: [UInt8],
        in directory: DerivedDirectory<Files>
    ) throws(LogError) {
        self.positions = positions
        self.secret = secret
        positionWidth = EntryPage.width(UInt64(positions.count - 1))
        file = try DerivedFileWriter(
            Use.kind, positions: positions, head: head, ledgerID: ledgerID, blockLength: EntryPage.length,
            in: directory)
    }

    /// Adds the next entry.
    ///
    /// - Precondition: it is not below the last, and its position is one of the run's.
    mutating func append(_ entry: Entry) throws(LogError) {
        if !hasRoom(for: entry) { try flush() }
        let origin = positions.lowerBound
        listLength =
            page.last.map { listLength + EntryListPage.length(of: entry, behind: $0, origin: origin) }
            ?? EntryListPage.length(ofFirst: entry, origin: origin)
        page.append(entry)
        count += 1
    }

    /// Whether the page has room for one more.
    private func hasRoom(for entry: Entry) -> Bool {
        guard let first = page.first, let last = page.last else { return true }
        guard Use.isScattered else {
            let added = EntryListPage.length(of: entry, behind: last, origin: positions.lowerBound)
            return listLength + added <= EntryPage.length
        }
        return EntryPage.fits(count: page.count + 1, span: entry.key - first.key, positionWidth: positionWidth)
    }

    private mutating func flush() throws(LogError) {
        guard let first = page.first else { return }
        directory.append(UInt32(truncatingIfNeeded: first.key >> Use.keyShift))
        let origin = positions.lowerBound
        try file.append(
            Use.isScattered
                ? EntryPage.encoded(page, positionWidth: positionWidth, origin: origin)
                : EntryListPage.encoded(page, origin: origin))
        page.removeAll(keepingCapacity: true)
    }

    /// Makes the run durable under its name.
    consuming func finish() throws(LogError) {
        try flush()
        let pages = UInt64(directory.count)
        let stride = EntryRun<Use, Files>.directoryStride
        for start in Swift.stride(from: 0, to: directory.count, by: stride) {
            var block: [UInt8] = []
            for key in directory[start..<min(start + stride, directory.count)] {
                withUnsafeBytes(of: key.littleEndian) { block += $0 }
            }
            try file.append(Self.padded(block))
        }
        var end: [UInt8] = []
        withUnsafeBytes(of: pages.littleEndian) { end += $0 }
        withUnsafeBytes(of: count.littleEndian) { end += $0 }
        end += secret + [UInt8(positionWidth)]
        try file.append(Self.padded(end))
        try file.finish()
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: EntryPage.length - bytes.count)
    }
}
