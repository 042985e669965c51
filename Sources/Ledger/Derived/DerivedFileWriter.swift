package import EventLog

/// Writes a derived file block by block, under a temporary name until it is finished and synchronised.
///
/// A writer that is dropped unfinished leaves at most a file that nobody reads and that ``DerivedDirectory`` clears
/// away.
package struct DerivedFileWriter<Files: FileSystem>: ~Copyable {
    private let directory: DerivedDirectory<Files>
    private let name: String
    private let file: Files.File
    private var header: DerivedFileHeader
    private let seed: UInt32
    private var lengths: [UInt32] = []
    private var buffer: [UInt8] = []
    private var written: UInt64 = 0

    private static var bufferSize: Int { 1 << 20 }

    /// Begins the file.
    ///
    /// - Parameters:
    ///   - positions: what it covers; a segment of the log begins at the end.
    ///   - head: the tree over all records before the end.
    ///   - blockLength: the content bytes of every block, if they are all the same; such a file needs no index.
    /// - Throws: `noSpace`, `readOnly`, `inputOutput`.
    package init(
        _ kind: DerivedFileKind, positions: Range<UInt64>, head: TreeHead, ledgerID: LedgerID, blockLength: Int? = nil,
        in directory: DerivedDirectory<Files>
    ) throws(LogError) {
        precondition(head.size == positions.upperBound && !positions.isEmpty)
        self.directory = directory
        name = DerivedDirectory<Files>.name(kind, positions)
        header = DerivedFileHeader(
            kind: kind, blockLength: UInt32(blockLength ?? 0), ledgerID: ledgerID, positions: positions,
            root: head.root)
        seed = header.checksumSeed
        file = try directory.create(name)
        buffer.reserveCapacity(Self.bufferSize + DerivedFileHeader.length)
        buffer += [UInt8](repeating: 0, count: DerivedFileHeader.length)
    }

    deinit { directory.files.close(file) }

    /// The number that the next block gets, from 0.
    package var blockCount: UInt64 { header.blockCount }

    /// Adds a block.
    ///
    /// - Precondition: it has the length that was named at the beginning, or at most
    ///   ``DerivedFile/maximumBlockLength``.
    /// - Throws: `noSpace`, `inputOutput`.
    package mutating func append(_ content: UnsafeRawBufferPointer) throws(LogError) {
        if header.blockLength == 0 {
            precondition(content.count <= DerivedFile<Files>.maximumBlockLength)
            lengths.append(UInt32(content.count))
        } else {
            precondition(content.count == Int(header.blockLength))
        }
        try add(content)
        header.blockCount += 1
    }

    /// Adds a block; see ``append(_:)-(UnsafeRawBufferPointer)``.
    package mutating func append(_ content: [UInt8]) throws(LogError) {
        try content.withBytes { content throws(LogError) in try append(content) }
    }

    private mutating func add(_ content: UnsafeRawBufferPointer) throws(LogError) {
        buffer.append(contentsOf: content)
        let checksum = DerivedFileHeader.checksum(content, block: header.blockCount, seed: seed)
        withUnsafeBytes(of: checksum.littleEndian) { buffer += $0 }
        if buffer.count >= Self.bufferSize { try flush() }
    }

    private mutating func flush() throws(LogError) {
        try write(buffer, at: written)
        written += UInt64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: [UInt8], at offset: UInt64) throws(LogError) {
        try bytes.withBytes { memory throws(LogError) in try directory.files.write(file, memory, at: offset) }
    }

    /// Makes the file durable and gives it its name.
    ///
    /// - Throws: `noSpace`, `inputOutput`; then the name is as it was before.
    package consuming func finish() throws(LogError) {
        if header.blockLength == 0 {
            let index = lengths.flatMap { length in withUnsafeBytes(of: length.littleEndian) { Array($0) } }
            try index.withBytes { index throws(LogError) in try add(index) }
        }
        try flush()
        header.fileSize = written
        try write(header.encoded, at: 0)
        try directory.files.synchroniseAll(file)
        try directory.publish(name)
    }
}
