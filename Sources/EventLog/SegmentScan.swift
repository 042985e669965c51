/// Goes through the commits of an open segment one by one and says what stands where no commit can be read.
struct SegmentScan<Files: FileSystem> {
    /// What comes next in the file.
    enum Step {
        /// A commit at this offset; its records if they were asked for, lent until the next step.
        case commit(CommitHeader, at: UInt64, records: UnsafeRawBufferPointer)
        /// No commit can be read here.
        case fault(Fault)
        /// The file ends behind the last commit.
        case end
    }

    /// The file.
    let file: SegmentFile<Files>
    /// Its header.
    let header: SegmentHeader
    /// Takes the segment's commits apart.
    let decoder: CommitDecoder
    /// Whether whole commits are read and checked, or only their first sectors.
    let readsRecords: Bool
    /// The offset, chunk number and first position of the commit that should come next.
    private(set) var offset = UInt64(Format.headerSize)
    /// Its chunk number.
    private(set) var number = Format.headerChunk + 1
    /// Its first position.
    private(set) var position: UInt64

    /// A scan before the first commit.
    init(_ file: SegmentFile<Files>, _ header: SegmentHeader, readsRecords: Bool) {
        self.file = file
        self.header = header
        self.readsRecords = readsRecords
        position = header.first
        decoder = CommitDecoder(secret: header.secret)
    }

    /// Goes on at a commit known from before.
    mutating func resume(at offset: UInt64, number: UInt32, position: UInt64) {
        self.offset = offset
        self.number = number
        self.position = position
    }

    /// The next commit, fault or end. After a fault the scan goes on behind it.
    mutating func next() throws(LogError) -> Step {
        let start = offset
        let sector = try file.bytes(at: start, count: Format.sectorSize)
        if sector.isEmpty { return .end }
        guard sector.count == Format.sectorSize,
            decoder.codec.state(of: sector, at: start) == .valid(chunk: number, isFirst: true)
        else { return .fault(try examine(from: start, expected: nil, reason: nil)) }
        guard let commit = decoder.header(inFirstSector: sector, number: number) else {
            return .fault(try examine(from: start, expected: nil, reason: "the commit's header contradicts itself"))
        }
        guard commit.first == position, commit.acknowledged <= position, commit.end <= segmentEnd else {
            return .fault(
                try examine(from: start, expected: commit, reason: "the commit's positions do not follow on"))
        }
        var records = UnsafeRawBufferPointer(start: nil, count: 0)
        if readsRecords {
            let sectors = try file.bytes(at: start, count: Int(commit.size))
            guard sectors.count == Int(commit.size) else {
                return .fault(try examine(from: start, expected: commit, reason: nil))
            }
            do throws(CommitDecoder.Failure) {
                records = try decoder.records(of: commit, in: sectors, at: start)
            } catch {
                switch error {
                case .sector: return .fault(try examine(from: start, expected: commit, reason: nil))
                case .inconsistent(let reason):
                    return .fault(try examine(from: start, expected: commit, reason: reason))
                }
            }
        } else if start + commit.size > file.size {
            return .fault(try examine(from: start, expected: commit, reason: nil))
        }
        offset += commit.size
        number += 1
        position = commit.end
        return .commit(commit, at: start, records: records)
    }

    /// The fault for a commit that was read but whose content turned out wrong; the scan has passed it already.
    func inconsistent(_ commit: CommitHeader, at start: UInt64, _ reason: String) -> Fault {
        Fault(
            file: file.name, number: commit.number, bytes: start..<start + commit.size,
            positions: commit.first..<max(commit.end, commit.first), finding: .inconsistent, reason: reason,
            acknowledged: commit.acknowledged, isLast: start + commit.size >= file.size)
    }

    private var segmentEnd: UInt64 { Format.segmentEnd(of: header.first) }

    /// Looks at every sector from `start` to the next commit that stands, or to the end of the file, and goes
    /// on there. `expected` is the commit's header if its first sector stands, `reason` what is wrong with it.
    private mutating func examine(
        from start: UInt64, expected: CommitHeader?, reason: String?
    ) throws(LogError) -> Fault {
        let (awaited, from) = (number, position)
        var evidence = Evidence()
        var place = start
        var next: CommitHeader?
        while place < file.size, next == nil {
            let sector = try file.bytes(at: place, count: Format.sectorSize)
            if sector.count < Format.sectorSize {
                evidence.lacking += 1
                place = file.size
                break
            }
            switch decoder.codec.state(of: sector, at: place) {
            case .zero: evidence.lacking += 1
            case .bad: evidence.note(bad: place)
            case .valid(let chunk, let isFirst) where chunk > awaited:
                evidence.hasLater = true
                if isFirst, let header = decoder.header(inFirstSector: sector, number: chunk),
                    header.first >= from, header.end <= segmentEnd
                {
                    next = header
                    continue
                }
            case .valid(let chunk, let isFirst):
                if chunk == awaited && isFirst == (place == start) {
                    evidence.own += 1
                } else {
                    evidence.note(bad: place)
                }
            }
            place += UInt64(Format.sectorSize)
        }
        offset = place
        if let next {
            number = next.number
            position = next.first
        }
        let end = next?.first ?? max(from, expected?.end ?? from)
        return Fault(
            file: file.name, number: awaited, bytes: start..<place, positions: from..<end,
            finding: evidence.finding(expected, isContradictory: reason != nil),
            reason: reason ?? evidence.reason, acknowledged: expected?.acknowledged ?? 0, isLast: next == nil)
    }
}
