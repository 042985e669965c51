package import TrainingEvents

/// Records the events of files: streaming, in batches, each durable before the next is read on.
package struct Importer {
    /// How an import goes.
    package struct Options: Sendable {
        /// Take brought recorded times (a migration).
        package var keepsRecordedTime = false
        /// Go on after a refused event.
        package var keepsGoing = false

        package init(keepsRecordedTime: Bool = false, keepsGoing: Bool = false) {
            self.keepsRecordedTime = keepsRecordedTime
            self.keepsGoing = keepsGoing
        }
    }

    /// One refused event: where it stands and why it was refused.
    package struct Refusal: Sendable {
        package let path: String
        /// The line on which it begins, from 1.
        package let line: Int
        package let error: EventError
    }

    /// What an import came to.
    package struct Report: Sendable {
        package var appended: UInt64 = 0
        package var duplicates: UInt64 = 0
        package var refused: UInt64 = 0
        /// The first refusals, at most ``refusalsKept``.
        package var refusals: [Refusal] = []
        package var head: UInt64 = 0
    }

    /// The most refusals that a report lists; all of them are counted and handed on.
    package static let refusalsKept = 1_000

    private let writer: LedgerWriter
    private let options: Options
    private let onRefusal: (Refusal, [UInt8]) throws(LedgerError) -> Void
    private let progress: (UInt64) -> Void
    private var report = Report()

    /// - Parameters:
    ///   - onRefusal: given every refusal with the text that was refused.
    ///   - progress: called now and then with the number of events looked at.
    package init(
        _ writer: LedgerWriter, _ options: Options = Options(),
        onRefusal: @escaping (Refusal, [UInt8]) throws(LedgerError) -> Void = { _, _ in },
        progress: @escaping (UInt64) -> Void = { _ in }
    ) {
        self.writer = writer
        self.options = options
        self.onRefusal = onRefusal
        self.progress = progress
    }

    /// Records the events of the files in their order; `-` is standard input.
    ///
    /// Stops at the first refused event unless the options go on; what came before is durable and reported, and
    /// running the same again is safe.
    package mutating func run(_ paths: [String]) throws(LedgerError) -> Report {
        let reading = ReadingAhead(paths)
        defer { reading.stop() }
        while let events = try reading.next() {
            guard try take(events) else { break }
        }
        return try finish()
    }

    /// Records one event given as its JSON text, for callers that make events themselves.
    ///
    /// - Returns: whether to go on.
    package mutating func take(_ text: [UInt8], path: String, line: Int) throws(LedgerError) -> Bool {
        try take(ReadEvents(EventTexts.Block(text, line: line), path: path))
    }

    private mutating func take(_ events: ReadEvents) throws(LedgerError) -> Bool {
        for index in 0..<events.count {
            guard let refusal = try take(events, index) else { continue }
            let isToGoOn = try refuse(
                Refusal(path: events.path, line: events.line(index), error: refusal), events.text(index))
            guard isToGoOn else { return false }
        }
        return true
    }

    /// Records an event; gives why it was refused, if it was.
    private mutating func take(_ events: ReadEvents, _ index: Int) throws(LedgerError) -> EventError? {
        let draft: EventDraft
        do throws(EventError) { draft = try events.draft(index) } catch { return error }
        do throws(AdmissionError) {
            switch try writer.admit(draft, keepsRecordedTime: options.keepsRecordedTime) {
            case .admitted: report.appended += 1
            case .duplicate: report.duplicates += 1
            }
        } catch {
            switch error {
            case .refused(let reason): return reason
            case .failed(let failure): throw failure
            }
        }
        if writer.isBatchFull { try submitBatch() }
        return nil
    }

    /// Makes durable what was taken, and gives the report.
    package mutating func finish() throws(LedgerError) -> Report {
        try writer.commit()
        report.head = writer.head
        return report
    }

    private func submitBatch() throws(LedgerError) {
        try writer.submit()
        progress(report.appended + report.duplicates + report.refused)
    }

    private mutating func refuse(_ refusal: Refusal, _ text: [UInt8]) throws(LedgerError) -> Bool {
        report.refused += 1
        if report.refusals.count < Self.refusalsKept { report.refusals.append(refusal) }
        try onRefusal(refusal, text)
        return options.keepsGoing
    }
}
