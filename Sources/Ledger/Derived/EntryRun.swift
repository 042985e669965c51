package import EventLog

/// What entries are for: their files' kind, and which bits of a key the directory in memory keeps.
package protocol EntryUse {
    static var kind: DerivedFileKind { get }
    /// The bits of a key that the directory leaves out.
    static var keyShift: UInt64 { get }
    /// Whether nearly all keys are different and looked up often, so that a hash table is worth its memory, and pages
    /// are searched by halving. Otherwise pages list the positions of each key.
    static var isScattered: Bool { get }
}

/// Fingerprints of source and ID: which position has this event?
package enum EventKeys: EntryUse {
    package static let kind = DerivedFileKind(name: "keys", layout: 1)
    package static let keyShift: UInt64 = 16
    package static let isScattered = true
}

/// Codes of trainees and classes: which positions are about this one?
package enum SubjectCodes: EntryUse {
    package static let kind = DerivedFileKind(name: "subjects", layout: 2)
    package static let keyShift: UInt64 = 1
    package static let isScattered = false
}

/// Entries of a stretch of positions, sorted by key, on disk.
///
/// Pages of entries, then the directory (the highest 32 bits of every page's first key, 127 a block), then a block
/// that says how many there are. The directory stands in memory, four bytes for some sixty entries; a look-up reads
/// one page.
package final class EntryRun<Use: EntryUse, Files: FileSystem>: DerivedRun {
    package static var kind: DerivedFileKind { Use.kind }
    /// Directory entries of a block.
    static var directoryStride: Int { EntryPage.length / 4 }

    private let file: DerivedFile<Files>
    private let cache: PageCache
    /// The highest bits of every page's first key.
    private var directory: [UInt32] = []
    private let positionWidth: Int
    /// What the keys are fingerprints under; zeros where they are none.
    let secret: [UInt8]
    /// The number of entries.
    package let count: UInt64
    package let positions: Range<UInt64>

    package init(
        opening positions: Range<UInt64>, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws(DerivedFileAbsence) {
        self.positions = positions
        file = try DerivedFile(opening: Use.kind, positions: positions, in: directory, log: log)
        let last = try file.block(file.blockCount - 1)
        guard last.count == EntryPage.length else { throw file.damaged("its pages have another length") }
        let pages: UInt64 = last.integer(at: 0)
        count = last.integer(at: 8)
        secret = [UInt8](last.part(16..<16 + Fingerprint.keyLength))
        positionWidth = Int(last[32])
        guard pages < UInt64(file.blockCount), positionWidth <= 6 else { throw file.damaged("its end makes no sense") }
        cache = PageCache(pages: Int(pages))
        try readDirectory(Int(pages))
    }

    private func readDirectory(_ pages: Int) throws(DerivedFileAbsence) {
        let blocks = (pages + Self.directoryStride - 1) / Self.directoryStride
        guard pages + blocks + 1 == file.blockCount else { throw file.damaged("its directory does not fit") }
        directory.reserveCapacity(pages)
        for block in 0..<blocks {
            let bytes = try file.block(pages + block)
            for index in 0..<min(Self.directoryStride, pages - directory.count) {
                directory.append(bytes.integer(at: 4 * index))
            }
        }
    }

    /// The number of pages.
    var pageCount: Int { directory.count }

    /// A page for a look-up, from memory if it was read before; lent until the next call.
    private func page(_ number: Int) throws(DerivedFileAbsence) -> UnsafeRawBufferPointer {
        if let kept = cache[number] { return kept }
        return cache.keep(try file.block(number), as: number)
    }

    /// All entries of a page, from the file.
    func entries(ofPage number: Int) throws(DerivedFileAbsence) -> [Entry] {
        let bytes = try file.block(number)
        guard Use.isScattered else { return try listed(bytes, number) }
        let page = try checked(bytes, number)
        return (0..<page.count).map { page[$0] }
    }

    private func listed(_ bytes: UnsafeRawBufferPointer, _ number: Int) throws(DerivedFileAbsence) -> [Entry] {
        guard let entries = EntryListPage.entries(bytes, positions: positions) else {
            throw file.damaged("page \(number) makes no sense")
        }
        return entries
    }

    private func checked(_ bytes: UnsafeRawBufferPointer, _ number: Int) throws(DerivedFileAbsence) -> EntryPage {
        guard let page = EntryPage(bytes, positionWidth: positionWidth, origin: positions.lowerBound) else {
            throw file.damaged("page \(number) makes no sense")
        }
        return page
    }

    /// Adds the positions of the entries with this key, ascending. One read at most, as a rule. O(log pages).
    ///
    /// - Throws: `damaged`, `unreadable`.
    func find(_ key: UInt64, into found: inout [UInt64]) throws(DerivedFileAbsence) {
        let wanted = UInt32(truncatingIfNeeded: key >> Use.keyShift)
        var number = max(0, firstPage(notBelow: wanted) - 1)
        while number < directory.count, directory[number] <= wanted {
            let bytes = try page(number)
            let isPassed =
                Use.isScattered
                ? Self.find(key, in: try checked(bytes, number), into: &found)
                : Self.find(key, in: try listed(bytes, number), into: &found)
            if isPassed { return }
            number += 1
        }
    }

    /// Adds the positions of a key from one page; whether a higher key follows in it.
    private static func find(_ key: UInt64, in page: EntryPage, into found: inout [UInt64]) -> Bool {
        if page.base > key { return true }
        var index = page.firstIndex(notBelow: key)
        while index < page.count, page.key(index) == key {
            found.append(page[index].position)
            index += 1
        }
        return index < page.count
    }

    private static func find(_ key: UInt64, in entries: [Entry], into found: inout [UInt64]) -> Bool {
        for entry in entries where entry.key == key { found.append(entry.position) }
        return entries.last.map { $0.key > key } ?? false
    }

    /// Looked for from where it would stand if keys were spread evenly, as fingerprints are: halving from the ends would
    /// touch memory all over a directory that the cache cannot hold.
    private func firstPage(notBelow wanted: UInt32) -> Int {
        var low = 0
        var high = directory.count
        let guess = Int((UInt64(wanted) * UInt64(directory.count)) >> 32)
        var step = 16
        if guess < directory.count, directory[guess] < wanted {
            low = guess + 1
            while low + step < high, directory[low + step] < wanted {
                low += step + 1
                step *= 2
            }
            high = min(high, low + step)
        } else {
            high = min(high, guess)
            while high - step > low, directory[high - step] >= wanted {
                high -= step
                step *= 2
            }
            low = max(low, high - step)
        }
        while low < high {
            let middle = (low + high) / 2
            if directory[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }

    package static func merge(
        _ runs: [EntryRun], head: TreeHead, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws {
        guard let first = runs.first, let last = runs.last else { return }
        var writer = try EntryRunWriter<Use, Files>(
            positions: first.positions.lowerBound..<last.positions.upperBound, head: head, ledgerID: log.ledgerID,
            secret: first.secret, in: directory)
        var cursors = try runs.map { try EntryCursor($0) }
        while let entry = try EntryCursor.takeSmallest(&cursors) { try writer.append(entry) }
        try writer.finish()
    }
}

/// Goes through the entries of a run in order.
struct EntryCursor<Use: EntryUse, Files: FileSystem> {
    private let run: EntryRun<Use, Files>
    private var page = 0
    private var entries: [Entry] = []
    private var index = 0

    init(_ run: EntryRun<Use, Files>) throws(DerivedFileAbsence) {
        self.run = run
        try load()
    }

    /// The entry that comes next; nil at the end.
    private var next: Entry? { index < entries.count ? entries[index] : nil }

    private mutating func load() throws(DerivedFileAbsence) {
        entries = []
        index = 0
        guard page < run.pageCount else { return }
        entries = try run.entries(ofPage: page)
        page += 1
    }

    private mutating func advance() throws(DerivedFileAbsence) {
        index += 1
        if index == entries.count { try load() }
    }

    /// Takes the smallest entry that is next in any of the runs; nil when all are at their ends.
    static func takeSmallest(_ cursors: inout [EntryCursor]) throws(DerivedFileAbsence) -> Entry? {
        var best: Entry?
        var place = 0
        for index in cursors.indices {
            guard let entry = cursors[index].next else { continue }
            if let known = best, known < entry { continue }
            best = entry
            place = index
        }
        if best != nil { try cursors[place].advance() }
        return best
    }
}
