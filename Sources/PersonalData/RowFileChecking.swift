import EventLog

/// What is wrong with one row in one of the two files.
struct RowFault: Hashable {
    /// 1 or 2: the end of the file's name.
    let copy: Int
    let row: Int
    /// Whether the other file has the row as it was written.
    let isRightInOther: Bool
}

extension RowFile {
    /// Looks at every row of both files, each on its own.
    ///
    /// Behind the last right row of a file, rows that are missing or all zero are the end of an interrupted write and no
    /// fault; so is whatever stands behind the last row that is right in either.
    ///
    /// - Throws: `inputOutput`.
    func faults() throws(LogError) -> [RowFault] {
        let states = [try states(ofCopy: 0), try states(ofCopy: 1)]
        let last = states.map { $0.lastIndex(of: .right) ?? -1 }
        var faults: [RowFault] = []
        for row in 0..<max(last[0], last[1]) + 1 {
            for copy in 0..<2 {
                let own = row < states[copy].count ? states[copy][row] : .absent
                if own == .right || (own == .absent && row > last[copy]) { continue }
                let other = states[1 - copy]
                let isRightInOther = row < other.count && other[row] == .right
                faults.append(RowFault(copy: copy + 1, row: row, isRightInOther: isRightInOther))
            }
        }
        return faults
    }
}

/// How a row stands in one file.
enum RowState: Hashable {
    case right
    case wrong
    /// All zero.
    case absent
}
