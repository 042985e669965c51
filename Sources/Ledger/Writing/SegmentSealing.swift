import EventLog

/// Seals segments: rewrites finished ones in blocks that fold fast and take less space, and brings the index of
/// positions up to their end. Readers notice nothing.
package struct SegmentSealing {
    /// How many segments were sealed.
    package private(set) var sealed = 0

    /// Seals every finished segment of the ledger that is not sealed yet.
    ///
    /// - Parameters:
    ///   - includingOpen: end the segment that is being written early, and seal it too.
    ///   - progress: given the number sealed and the number to seal.
    /// - Throws: `log`: `inUse` while another process writes; `damaged` names the segment, which is as it was.
    package init(
        ledger: String, includingOpen: Bool, progress: (Int, Int) -> Void = { _, _ in }
    ) throws(LedgerError) {
        let writer = try fromLog { () throws(LogError) in try LogWriter(opening: ledger, files: RealFileSystem()) }
        let result: Result<Int, LedgerError>
        do throws(LedgerError) {
            let count = try fromLog { () throws(LogError) in
                try Self.seal(writer, includingOpen: includingOpen, progress)
            }
            let reader = try fromLog { () throws(LogError) in
                try LogReader(opening: ledger, files: RealFileSystem())
            }
            try SubjectIndexUpkeep(reader, ledger: ledger, jobs: LedgerReader.defaultJobs).run()
            result = .success(count)
        } catch {
            result = .failure(error)
        }
        try fromLog { () throws(LogError) in try writer.close() }
        sealed = try result.get()
    }

    private static func seal(
        _ writer: LogWriter<RealFileSystem>, includingOpen: Bool, _ progress: (Int, Int) -> Void
    ) throws(LogError) -> Int {
        if includingOpen { try writer.beginPart() }
        let segments = try writer.sealableSegments()
        for (index, first) in segments.enumerated() {
            try writer.seal(segmentAt: first)
            progress(index + 1, segments.count)
        }
        return segments.count
    }
}
