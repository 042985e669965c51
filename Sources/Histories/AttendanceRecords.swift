package import CivilTime

/// The minutes present by day; a later record for a day replaces the earlier one.
///
/// Days come in ascending order nearly always, so they are kept sorted in one array.
package struct AttendanceRecords: Hashable, Sendable {
    package struct Record: Hashable, Sendable {
        package var on: CivilDate
        package var minutesPresent: Int32
        package var position: UInt64
    }

    /// Ascending by day, one a day.
    package private(set) var records: [Record] = []

    /// Takes down the minutes of a day. O(1) for the latest day, O(days) for an earlier one.
    mutating func set(_ minutes: Int64, on day: CivilDate, at position: UInt64) {
        set(Record(on: day, minutesPresent: Int32(clamping: minutes), position: position))
    }

    /// Takes down records in the order of the log, `count` of them.
    mutating func take(_ new: some Sequence<Record>, count: Int) {
        records.reserveCapacity(records.count + count)
        for record in new { set(record) }
    }

    /// Declares the records for a snapshot.
    mutating func code<Coder: SnapshotCoder>(records coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&records)
    }

    private mutating func set(_ record: Record) {
        let day = record.on
        guard let last = records.last, day <= last.on else {
            records.append(record)
            return
        }
        let index = firstIndex(from: day)
        if records[index].on == day {
            records[index] = record
        } else {
            records.insert(record, at: index)
        }
    }

    /// The record of a day. O(log days).
    package func record(on day: CivilDate) -> Record? {
        let index = firstIndex(from: day)
        return index < records.count && records[index].on == day ? records[index] : nil
    }

    private func firstIndex(from day: CivilDate) -> Int {
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].on < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
