package import EventLog

/// A derived file, open for reading: checked against the log at the opening, and block by block on use.
///
/// Whatever its bytes are, reading it gives what was written or a ``DerivedFileAbsence``. Not for use by several
/// threads at once.
package final class DerivedFile<Files: FileSystem> {
    /// The longest block of a file whose blocks differ in length.
    package static var maximumBlockLength: Int { 1 << 26 }

    private let files: Files
    private let handle: Files.File
    private let header: DerivedFileHeader
    private let seed: UInt32
    /// Where each block begins, and where the last ends; empty if all have the same length.
    private var offsets: [UInt64] = []
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// The name from the ledger's directory on.
    private let name: String

    /// Opens the file of this kind that covers these positions.
    ///
    /// - Parameter log: the log that it must have been made from.
    /// - Throws: why it cannot be used.
    package init(
        opening kind: DerivedFileKind, positions: Range<UInt64>, in directory: DerivedDirectory<Files>,
        log: LogReader<Files>
    ) throws(DerivedFileAbsence) {
        let base = DerivedDirectory<Files>.name(kind, positions)
        let name = directory.shown(base)
        self.name = name
        files = directory.files
        do throws(LogError) { handle = try directory.open(base) } catch {
            throw DerivedFileAbsence(file: name, reason: error.isNotFound ? .missing : .unreadable(error))
        }
        let files = files
        do throws(DerivedFileAbsence.Reason) {
            header = try Self.header(handle, files, kind)
        } catch {
            files.close(handle)
            throw DerivedFileAbsence(file: name, reason: error)
        }
        seed = header.checksumSeed
        // Whole from here on: where this throws, `deinit` closes the file. A second close could meet another's.
        do throws(DerivedFileAbsence.Reason) { try Self.check(header, positions, log) } catch {
            throw DerivedFileAbsence(file: name, reason: error)
        }
        if header.blockLength == 0 { try readIndex() }
    }

    deinit {
        memory.deallocate()
        files.close(handle)
    }

    /// The positions that it covers.
    package var positions: Range<UInt64> { header.positions }

    /// The number of blocks.
    package var blockCount: Int { Int(header.blockCount) }

    /// Lends the content of a block, from 0, until the next call. One read; its checksum is verified.
    ///
    /// - Throws: `damaged`, also for a block that is not there; `unreadable`.
    package func block(_ number: Int) throws(DerivedFileAbsence) -> UnsafeRawBufferPointer {
        guard number >= 0, number < blockCount else { throw damaged("it has no block \(number)") }
        return try content(number, extent(number))
    }

    /// The error for content that was read well and makes no sense.
    package func damaged(_ what: String) -> DerivedFileAbsence {
        DerivedFileAbsence(file: name, reason: .damaged(what))
    }

    /// The bytes of a block without its checksum.
    private func extent(_ number: Int) -> Range<UInt64> {
        let checksum = UInt64(DerivedFileHeader.checksumLength)
        if header.blockLength == 0 { return offsets[number]..<offsets[number + 1] - checksum }
        let start = UInt64(DerivedFileHeader.length) + UInt64(number) * (UInt64(header.blockLength) + checksum)
        return start..<start + UInt64(header.blockLength)
    }

    private func content(_ number: Int, _ extent: Range<UInt64>) throws(DerivedFileAbsence) -> UnsafeRawBufferPointer {
        let length = Int(extent.upperBound - extent.lowerBound)
        let bytes = try read(at: extent.lowerBound, count: length + DerivedFileHeader.checksumLength)
        let content = bytes.part(0..<length)
        guard
            bytes.integer(at: length) == DerivedFileHeader.checksum(content, block: UInt64(number), seed: seed)
        else { throw damaged("block \(number) is not as it was written") }
        return content
    }

    private func read(at offset: UInt64, count: Int) throws(DerivedFileAbsence) -> UnsafeRawBufferPointer {
        if memory.count < count {
            memory.deallocate()
            memory = .allocate(byteCount: count, alignment: 64)
        }
        let target = UnsafeMutableRawBufferPointer(rebasing: memory[0..<count])
        let done: Int
        do throws(LogError) { done = try files.read(handle, into: target, at: offset) } catch {
            throw DerivedFileAbsence(file: name, reason: .unreadable(error))
        }
        guard done == count else { throw damaged("it ends too early") }
        return UnsafeRawBufferPointer(target)
    }

    private static func header(
        _ handle: Files.File, _ files: Files, _ kind: DerivedFileKind
    ) throws(DerivedFileAbsence.Reason) -> DerivedFileHeader {
        let bytes: [UInt8]
        let size: UInt64
        do throws(LogError) {
            bytes = try files.bytes(handle, at: 0, count: DerivedFileHeader.length)
            size = try files.size(handle)
        } catch {
            throw .unreadable(error)
        }
        let header = try bytes.withBytes { memory throws(DerivedFileAbsence.Reason) in
            try DerivedFileHeader(decoding: memory, kind: kind)
        }
        guard header.fileSize == size, header.blockCount <= size / UInt64(DerivedFileHeader.checksumLength) else {
            throw .damaged("it has another size than its header says")
        }
        let stride = UInt64(header.blockLength) + UInt64(DerivedFileHeader.checksumLength)
        let room = size - UInt64(DerivedFileHeader.length)
        guard header.blockLength == 0 || header.blockCount == room / stride && room % stride == 0 else {
            throw .damaged("its blocks do not fit its size")
        }
        return header
    }

    private static func check(
        _ header: DerivedFileHeader, _ positions: Range<UInt64>, _ log: LogReader<Files>
    ) throws(DerivedFileAbsence.Reason) {
        guard header.ledgerID == log.ledgerID else { throw .otherLedger }
        guard header.positions == positions else { throw .damaged("it covers other positions than its name says") }
        let head: TreeHead?
        do throws(LogError) { head = try log.treeHead(beforeSegmentAt: positions.upperBound) } catch {
            throw .unreadable(error)
        }
        guard let head else { throw .notInLog }
        guard head.root == header.root else { throw .otherTree }
    }

    private func readIndex() throws(DerivedFileAbsence) {
        let checksum = UInt64(DerivedFileHeader.checksumLength)
        let length = header.blockCount * 4
        guard header.fileSize >= UInt64(DerivedFileHeader.length) + length + checksum else {
            throw damaged("its index does not fit its size")
        }
        let end = header.fileSize - checksum
        let index = try content(blockCount, end - length..<end)
        var place = UInt64(DerivedFileHeader.length)
        offsets.reserveCapacity(blockCount + 1)
        for number in 0..<blockCount {
            offsets.append(place)
            place += UInt64(index.integer(at: 4 * number, as: UInt32.self)) + checksum
            guard place <= end - length else { throw damaged("its index does not fit its blocks") }
        }
        offsets.append(place)
        guard place == end - length else { throw damaged("its index does not fit its blocks") }
    }
}

extension FileSystem {
    /// Bytes of a file from `offset` on, `count` of them or as many as it has.
    func bytes(_ file: File, at offset: UInt64, count: Int) throws(LogError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = try bytes.withUnsafeMutableBufferPointer { memory throws(LogError) in
            try read(file, into: UnsafeMutableRawBufferPointer(memory), at: offset)
        }
        bytes.removeLast(count - done)
        return bytes
    }
}
