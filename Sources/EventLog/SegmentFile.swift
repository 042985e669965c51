/// One segment file, open for reading through a window of memory.
///
/// Not for use by several threads at once.
final class SegmentFile<Files: FileSystem> {
    /// Where the file is.
    let files: Files
    /// The open file.
    let handle: Files.File
    /// The name relative to the ledger's directory, for messages.
    let name: String
    /// The first position, by the file's name.
    let first: UInt64
    /// Bytes in the file when it was last asked.
    private(set) var size: UInt64
    private let memory = Scratch()
    private var window: Range<UInt64> = 0..<0
    /// Bytes that are read at once, if fewer are asked for.
    var readAhead = scanning

    /// ``readAhead`` for who reads on and on.
    static var scanning: Int { 256 << 10 }
    /// ``readAhead`` for who looks one place up after the other.
    static var lookingUp: Int { 4 << 10 }

    /// Opens the segment that begins at `first`, in its own file or in one of another name.
    init(
        _ directory: String, first: UInt64, name other: String? = nil, _ files: Files, _ access: FileAccess = .read
    ) throws(LogError) {
        self.files = files
        self.first = first
        name = other ?? Format.segmentDirectory + "/" + Format.segmentName(first: first)
        handle = try files.open(directory + "/" + name, access)
        do {
            size = try files.size(handle)
        } catch {
            files.close(handle)
            throw error
        }
    }

    deinit { files.close(handle) }

    /// Forgets what was read and asks for the size again: the file may have grown.
    func refresh() throws(LogError) {
        window = 0..<0
        size = try files.size(handle)
    }

    /// The bytes from `offset` on, `count` of them or as many as the file has; lent until the next call.
    func bytes(at offset: UInt64, count: Int) throws(LogError) -> UnsafeRawBufferPointer {
        guard offset < size else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let wanted = min(UInt64(count), size - offset)
        if offset < window.lowerBound || offset + wanted > window.upperBound {
            let length = Int(min(UInt64(max(count, readAhead)), size - offset))
            window = 0..<0
            let target = UnsafeMutableRawBufferPointer(rebasing: memory.memory(length)[0..<length])
            let done = try files.read(handle, into: target, at: offset)
            window = offset..<offset + UInt64(done)
        }
        let start = Int(offset - window.lowerBound)
        let end = Int(min(offset + wanted, window.upperBound) - window.lowerBound)
        return UnsafeRawBufferPointer(memory.buffer).part(start..<max(start, end))
    }

    /// Reads and checks the header: that it is this ledger's, and stands in the file named after its position.
    func header(ledgerID: LedgerID?) throws(LogError) -> SegmentHeader {
        let header = try SegmentHeader(decoding: bytes(at: 0, count: Format.headerSize), file: name)
        let place = LogError.Place(file: name, chunk: Format.headerChunk, bytes: 0..<UInt64(Format.headerSize))
        guard ledgerID == nil || header.ledgerID == ledgerID else {
            throw LogError(.damaged, "the segment belongs to ledger \(header.ledgerID)", place)
        }
        guard header.first == first else {
            throw LogError(.damaged, "the segment begins at position \(header.first), not where its name says", place)
        }
        return header
    }
}
