/// Mends the damaged files of a log from another copy of it.
///
/// A segment is put together from what can still be read of it and, where that is nothing, from the copy; only if the
/// records hash to the tree that the next segment begins with – or, in the last one, to every head that its commits
/// recorded – does it take the damaged file's place, which is kept aside in `quarantine/`.
package struct LogRepair<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let files: Files
    private let mirror: LogReader<Files>
    private let ledgerID: LedgerID
    private var quarantine: Quarantine<Files> { Quarantine(of: layout.directory, files: files) }

    /// What was mended.
    package struct Mended: Hashable, Sendable {
        /// The file, relative to the ledger's directory.
        package var file: String
        /// The positions of the records that came from the copy.
        package var positions: [Range<UInt64>]
        /// Where the damaged file is kept; nil if there was none.
        package var keptAs: String?

        package init(file: String, positions: [Range<UInt64>], keptAs: String?) {
            (self.file, self.positions, self.keptAs) = (file, positions, keptAs)
        }
    }

    /// - Parameters:
    ///   - directory: the damaged ledger.
    ///   - mirror: another copy of the same ledger, as far as it goes.
    /// - Throws: `notALedger`, `damaged` if the copy cannot be opened; `outOfRange` if it is of another ledger.
    package init(of directory: String, from mirror: String, files: Files) throws(LogError) {
        layout = LedgerLayout(directory: directory, files: files)
        self.files = files
        self.mirror = try LogReader(opening: mirror, files: files)
        ledgerID = self.mirror.ledgerID
    }

    /// Mends what `verifyLog` finds, until it finds nothing more.
    ///
    /// - Returns: what was mended, in order; nothing for a sound ledger, which is not touched.
    /// - Throws: `inUse`; `outOfRange` if the copy is of another ledger; `damaged` with what cannot be mended – because
    ///   the copy lacks it, is damaged there too, or is not what was written here – and what was mended before stays so.
    package func run(progress: (Mended) -> Void = { _ in }) throws(LogError) -> [Mended] {
        let lock = try LogWriter<Files>.takeLock(layout)
        defer { files.close(lock) }
        var all = try mendDescription()
        all.forEach(progress)
        while true {
            let report = try verifyLog(directory: layout.directory, files: files, ignoringWriter: true)
            let damages = report.damages.filter { $0.kind != .torn }
            guard let first = damages.first else { return all }
            var names: [String] = []
            for damage in damages where !names.contains(damage.place.file ?? "") {
                names.append(damage.place.file ?? "")
            }
            var isBetter = false
            for start in try missing(damages) {
                let mended = try SegmentMending(layout, mirror, ledgerID).mend(start, keptAs: nil)
                all.append(mended)
                progress(mended)
                isBetter = true
            }
            if isBetter { continue }
            for name in names {
                guard let mended = try mend(name), !all.contains(where: { $0.file == mended.file }) else { continue }
                all.append(mended)
                progress(mended)
                isBetter = true
            }
            guard isBetter else { throw LogError(.damaged, "not mended: \(first.message)", first.place) }
        }
    }

    /// `ledger.json` says nothing but format version and the ledger's ID, and the segments know both too.
    private func mendDescription() throws(LogError) -> [Mended] {
        do throws(LogError) {
            let found = try LedgerDescription.read(layout.directory, files)
            guard found.ledgerID == ledgerID else {
                throw LogError(.outOfRange, "the copy is of ledger \(ledgerID), not of \(found.ledgerID)")
            }
            return []
        } catch {
            guard error.code == .damaged || error.code == .notALedger || error.code == .formatTooNew else {
                throw error
            }
            guard try segmentsAreOurs() else {
                throw LogError(.outOfRange, "the copy is of ledger \(ledgerID), the segments are not")
            }
            let kept = try quarantine.keep(damaged: Format.descriptionFile)
            try files.replace(
                layout.path(Format.descriptionFile), in: layout.directory,
                with: LedgerDescription(version: mirror.formatVersion, ledgerID: ledgerID).encoded)
            return [Mended(file: Format.descriptionFile, positions: [], keptAs: kept)]
        }
    }

    /// Whether every segment header that can be read names the copy's ledger, and one can.
    private func segmentsAreOurs() throws(LogError) -> Bool {
        var readable = 0
        for start in try layout.segmentStarts() {
            guard let header = try ownHeader(start) else { continue }
            guard header.ledgerID == ledgerID, header.version == mirror.formatVersion else { return false }
            readable += 1
        }
        return readable > 0
    }

    /// The segment files that are not there, where the copy has one that begins at the same position. The damage is
    /// then named at the end of the file before, or in the directory.
    private func missing(_ damages: [Damage]) throws(LogError) -> [UInt64] {
        let starts = try layout.segmentStarts()
        var found: [UInt64] = []
        for damage in damages where damage.place.bytes?.isEmpty ?? true {
            guard let first = damage.place.positions?.lowerBound, !starts.contains(first), !found.contains(first),
                mirror.segmentStarts.contains(first)
            else { continue }
            found.append(first)
        }
        return found
    }

    private func mend(_ name: String) throws(LogError) -> Mended? {
        switch name {
        case Format.publicationFile:
            // Written anew by the next writer; what it said is in the commits, or is checked against the copy.
            let kept = try quarantine.keep(damaged: name)
            try files.remove(layout.path(name))
            try files.synchroniseDirectory(layout.directory)
            return Mended(file: name, positions: [], keptAs: kept)
        case WriterRule.fileName:
            // The rule that lets nobody write, until a person decides again (`promote`).
            let kept = try quarantine.keep(damaged: name)
            try WriterRule.set(.follower, in: layout.directory, files)
            return Mended(file: name, positions: [], keptAs: kept)
        case Format.lockFile:
            let kept = try quarantine.keep(damaged: name)
            let file = try files.open(layout.path(name), .readWrite)
            defer { files.close(file) }
            try files.truncate(file, to: 0)
            try files.synchroniseAll(file)
            return Mended(file: name, positions: [], keptAs: kept)
        case Format.segmentDirectory:
            // Records at the log's end were durable and are gone, with nothing left of them to be named by.
            guard let last = try layout.segmentStarts().last else { return nil }
            let file = Format.segmentDirectory + "/" + Format.segmentName(first: last)
            return try SegmentMending(layout, mirror, ledgerID).mend(last, keptAs: try quarantine.keep(damaged: file))
        default:
            let prefix = Format.segmentDirectory + "/"
            guard name.hasPrefix(prefix) else { return nil }
            guard let first = Format.firstPosition(segmentName: String(name.dropFirst(prefix.count))) else {
                let kept = try quarantine.keep(damaged: name)
                try files.remove(layout.path(name))
                try files.synchroniseDirectory(layout.segments)
                return Mended(file: name, positions: [], keptAs: kept)
            }
            return try SegmentMending(layout, mirror, ledgerID).mend(first, keptAs: try quarantine.keep(damaged: name))
        }
    }

    private func ownHeader(_ first: UInt64) throws(LogError) -> SegmentHeader? {
        do throws(LogError) {
            return try SegmentFile(layout.directory, first: first, files).header(ledgerID: nil)
        } catch {
            guard error.code == .damaged || error.code == .formatTooNew else { throw error }
            return nil
        }
    }
}
