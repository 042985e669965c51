import EventLog
import TrainingEvents

extension FactsCollector {
    /// Takes the events of a batch, in whatever form it is lent.
    ///
    /// - Returns: `false` if it does not hold them.
    mutating func take(_ batch: FactsBatch) -> Bool {
        switch batch.stream {
        case .plain(let bytes): take(bytes, count: batch.count)
        case .columns(let reader): take(reader)
        }
    }

    /// Nearly all events are attendance records, whose numbers are read column by column; any other event is put
    /// together again and taken by its bytes.
    private mutating func take(_ reader: ColumnReader) -> Bool {
        let attendance = reader.shapes.map { shape in
            shape.kind == Self.attendanceKind
                && (shape.tags == Self.attendanceTags || shape.tags == Self.attendanceTags.dropLast())
        }
        while let run = reader.nextRun() {
            if run.shape > 0, attendance[run.shape - 1] {
                guard takeAttendance(reader, run.shape - 1, run.count) else { return false }
                continue
            }
            for _ in 0..<run.count {
                let part = run.shape == 0 ? reader.nextWhole() : reader.next(shape: run.shape - 1)
                guard let part, take(part: part) else { return false }
            }
        }
        return reader.isAtEnd
    }

    private mutating func takeAttendance(_ reader: ColumnReader, _ shape: Int, _ count: Int) -> Bool {
        let hasMinutes = reader.shapes[shape].tags.count == Self.attendanceTags.count
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4 * count) { values in
            for column in 0..<(hasMinutes ? 4 : 3) {
                let part = UnsafeMutableBufferPointer(rebasing: values[column * count..<(column + 1) * count])
                guard reader.readNumbers(shape: shape, field: column + 1, into: part) else { return false }
            }
            guard let start = values.baseAddress else { return count == 0 }
            return takeAttendance(
                count: count, subjects: start, classes: start + count, days: start + 2 * count,
                minutes: hasMinutes ? start + 3 * count : nil)
        }
    }
}
