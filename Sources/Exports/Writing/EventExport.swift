package import Ledger

import TrainingEvents

/// Events as `events --json` prints them, one a line.
package struct EventExport {
    private let reader: LedgerReader
    private let point: LedgerPoint
    private let opensTexts: Bool

    /// - Parameters:
    ///   - reader: opened with a request for `readEvents` of everyone.
    ///   - opensTexts: whether personal texts are opened as far as the keys are there and the role sees them.
    package init(_ reader: LedgerReader, at point: LedgerPoint, opensTexts: Bool) {
        self.reader = reader
        self.point = point
        self.opensTexts = opensTexts
    }

    /// Writes a file; gives how many events it has.
    ///
    /// - Throws: `notCreated`; what stood there still does. `access`, `log`, `record`, `personalData`.
    package func write(to place: ExportPlace) throws(LedgerError) -> UInt64 {
        let file = try ExportFile(place.temporary)
        do throws(LedgerError) {
            let count = try forEachLine { line throws(LedgerError) in try file.add { $0 += line } }
            try file.finish()
            try place.publish()
            return count
        } catch {
            place.discard()
            throw error
        }
    }

    /// Lends the lines in order, each with its line feed; gives how many there were. The memory taken does not grow
    /// with the ledger.
    ///
    /// - Throws: `access`, `log`, `record`, `personalData`, and what the body throws.
    package func forEachLine(
        _ body: ([UInt8]) throws(LedgerError) -> Void
    ) throws(LedgerError) -> UInt64 {
        var count: UInt64 = 0
        var line: [UInt8] = []
        let selection = EventSelection(opensTexts: opensTexts)
        try reader.forEachEvent(selection, at: point) { position, event, registry throws(LedgerError) in
            line.removeAll(keepingCapacity: true)
            let shown = event.withholdingAuthor(from: nil)
            shown.json(sequence: position, registry: registry).write(to: &line)
            line.append(UInt8(ascii: "\n"))
            try body(line)
            count += 1
        }
        return count
    }
}
