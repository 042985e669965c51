package import EventLog

/// Rows of one length, kept twice: `NAME.1` and `NAME.2`, of which each row counts where its checksum is right.
///
/// Rows are appended, and replaced in place where something has to go for good. A row begins with its state (never 0) and
/// its generation (one more with every replacement: of two right copies the higher counts) and ends with the CRC32C of
/// its number and all bytes before. A row that is right in neither file is torn if no right one follows, and then was
/// never acknowledged; any other is damage, and nothing is served.
package final class RowFile<Files: FileSystem>: Sendable where Files.File: Sendable {
    /// Bytes of a row.
    package let length: Int
    private let files: Files
    private let copies: [Files.File]
    private let name: String

    private init(_ name: String, length: Int, _ files: Files, _ copies: [Files.File]) {
        self.name = name
        self.length = length
        self.files = files
        self.copies = copies
    }

    deinit { for copy in copies { files.close(copy) } }

    /// Makes both files with these first rows, durable but for their names.
    static func create(
        _ name: String, in directory: String, length: Int, rows: [[UInt8]], files: Files
    ) throws(LogError) {
        for path in paths(name, directory) {
            // What a crash left of an earlier attempt; nothing was acknowledged.
            if try files.exists(path) { try files.remove(path) }
            let file = try files.open(path, .create)
            do throws(LogError) {
                try write(bytes(rows, from: 0), at: 0, to: file, files)
                try files.synchroniseAll(file)
            } catch {
                files.close(file)
                throw error
            }
            files.close(file)
        }
    }

    /// Opens both files.
    ///
    /// - Throws: `LogError` where one is missing.
    convenience init(
        opening name: String, in directory: String, length: Int, access: FileAccess, files: Files
    ) throws(LogError) {
        var opened: [Files.File] = []
        for path in Self.paths(name, directory) {
            do throws(LogError) { opened.append(try files.open(path, access)) } catch {
                for file in opened { files.close(file) }
                throw error
            }
        }
        self.init(name, length: length, files, opened)
    }

    private static func paths(_ name: String, _ directory: String) -> [String] {
        ["1", "2"].map { "\(directory)/\(name).\($0)" }
    }

    /// Reads every row.
    ///
    /// - Parameter repairs: whether to write a row that only one file has right into the other one too.
    /// - Returns: the number of rows; what stands behind them was never acknowledged.
    /// - Throws: `damaged` naming the row, `inputOutput`.
    func load(repairs: Bool, _ body: (Int, ArraySlice<UInt8>) -> Void) throws(LogError) -> Int {
        var sizes: [UInt64] = []
        for copy in copies { sizes.append(try files.size(copy)) }
        let limit = Int((sizes.max() ?? 0) / UInt64(length))
        var torn: Int?
        var next = 0
        while next < limit {
            let count = min(limit - next, 8_192)
            var blocks: [[UInt8]] = []
            for copy in copies { blocks.append(try bytes(of: copy, next, count)) }
            for index in 0..<count {
                let place = index * length..<(index + 1) * length
                let rows = blocks.map { $0[place] }
                let row = next + index
                guard let best = better(rows, row) else {
                    torn = torn ?? row
                    continue
                }
                if let torn {
                    throw LogError(.damaged, "\(name): row \(torn) is damaged in both files", .init(file: name))
                }
                for (copy, stored) in zip(copies, rows) where repairs && stored != rows[best] {
                    try Self.write(Array(rows[best]), at: UInt64(row * length), to: copy, files)
                    try files.synchroniseData(copy)
                }
                body(row, rows[best])
            }
            next += count
        }
        return torn ?? limit
    }

    /// The row with this number; `nil` if it is right in neither file.
    func row(ifRight number: Int) throws(LogError) -> ArraySlice<UInt8>? {
        var rows: [ArraySlice<UInt8>] = []
        for copy in copies { rows.append(try bytes(of: copy, number, 1)[...]) }
        return better(rows, number).map { rows[$0] }
    }

    /// The row with this number.
    ///
    /// - Throws: `damaged`, `inputOutput`.
    func row(_ number: Int) throws(LogError) -> ArraySlice<UInt8> {
        guard let row = try row(ifRight: number) else {
            throw LogError(.damaged, "\(name): row \(number) is damaged in both files", .init(file: name))
        }
        return row
    }

    /// Writes rows from a number on, to both files, durably.
    package func put(_ rows: [[UInt8]], from number: Int) throws(LogError) {
        for copy in copies {
            try Self.write(Self.bytes(rows, from: number), at: UInt64(number * length), to: copy, files)
            try files.synchroniseData(copy)
        }
    }

    /// Which of the copies of a row counts.
    private func better(_ rows: [ArraySlice<UInt8>], _ number: Int) -> Int? {
        let right = rows.indices.filter { Self.isRight(rows[$0], number) }
        return right.max { generation(rows[$0]) < generation(rows[$1]) }
    }

    private func generation(_ row: ArraySlice<UInt8>) -> UInt8 { row[row.startIndex + 1] }

    private func bytes(of copy: Files.File, _ number: Int, _ count: Int) throws(LogError) -> [UInt8] {
        var failure: LogError?
        var bytes = [UInt8](repeating: 0, count: count * length)
        bytes.withUnsafeMutableBytes { memory in
            do throws(LogError) { _ = try files.read(copy, into: memory, at: UInt64(number * length)) } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// How every row stands in one file, which need not have all of them.
    func states(ofCopy copy: Int) throws(LogError) -> [RowState] {
        let count = Int(try files.size(copies[copy]) / UInt64(length))
        var states: [RowState] = []
        while states.count < count {
            let block = try bytes(of: copies[copy], states.count, min(count - states.count, 8_192))
            for start in stride(from: 0, to: block.count, by: length) {
                let row = block[start..<start + length]
                let state: RowState = row.allSatisfy { $0 == 0 } ? .absent : .wrong
                states.append(Self.isRight(row, states.count) ? .right : state)
            }
        }
        return states
    }

    // MARK: Checksums

    private static func isRight(_ row: ArraySlice<UInt8>, _ number: Int) -> Bool {
        guard let state = row.first, state != 0 else { return false }
        return Array(row.suffix(4)) == checksum(row.dropLast(4), number)
    }

    /// The rows in a row, each with its checksum at its end.
    private static func bytes(_ rows: [[UInt8]], from number: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, row) in rows.enumerated() {
            bytes += row.dropLast(4)
            bytes += checksum(row.dropLast(4), number + index)
        }
        return bytes
    }

    private static func checksum(_ content: ArraySlice<UInt8>, _ number: Int) -> [UInt8] {
        let start = withUnsafeBytes(of: UInt64(number).littleEndian) { crc32c($0) }
        let sum = content.withUnsafeBytes { crc32c($0, seed: start) }
        return withUnsafeBytes(of: sum.littleEndian) { Array($0) }
    }

    private static func write(
        _ bytes: [UInt8], at offset: UInt64, to file: Files.File, _ files: Files
    ) throws(LogError) {
        var failure: LogError?
        bytes.withUnsafeBytes { memory in
            do throws(LogError) { try files.write(file, memory, at: offset) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
