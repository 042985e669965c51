/// Goes through a sealed segment and hashes its records.
struct SealedWalk<Files: FileSystem> {
    /// The segment gone through.
    let segment: SealedSegment<Files>
    private let hasher: LeafHasher
    private var next = 0
    /// The tree up to the block that comes next; nil behind a damaged one.
    private(set) var tree: CompactRange?
    /// The position that comes next.
    private(set) var position: UInt64
    /// Records read.
    private(set) var records: UInt64 = 0

    /// A walk before the first block.
    init(_ segment: SealedSegment<Files>) {
        self.segment = segment
        hasher = LeafHasher(secret: segment.header.secret)
        tree = segment.header.tree
        position = segment.header.first
    }

    /// The number of blocks passed.
    var blocks: UInt64 { UInt64(next) }

    /// Goes on to the next damaged block, or to the end, where it returns nil.
    mutating func nextDamage(
        progress: ((UInt64) -> Void)? = nil, inspect: RecordInspector? = nil
    ) throws(LogError) -> LogError? {
        while next < segment.blocks.count {
            let index = next
            next += 1
            do throws(LogError) {
                let (positions, bytes) = try segment.records(ofBlock: index)
                guard positions.lowerBound == position else {
                    throw LogError(
                        .damaged, "the blocks do not follow on",
                        .init(file: segment.file.name, positions: position..<max(position, positions.lowerBound)))
                }
                var cursor = RecordCursor(bytes)
                let first = position
                while let range = cursor.next() {
                    let record = bytes.part(range)
                    guard RecordParts.split(record) != nil else {
                        throw LogError(
                            .damaged, "a record is not canonical",
                            .init(file: segment.file.name, positions: position..<positions.upperBound))
                    }
                    inspect?(position, record)
                    position += 1
                }
                if var grown = tree.take() {
                    hasher.append(bytes, count: positions.count, from: first, to: &grown)
                    tree = grown
                }
                records += UInt64(positions.count)
                progress?(records)
            } catch {
                guard error.code == .damaged else { throw error }
                tree = nil
                position = max(position, error.place.positions?.upperBound ?? position)
                return error
            }
        }
        return nil
    }
}
