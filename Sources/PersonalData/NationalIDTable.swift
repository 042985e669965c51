internal import Crypto
import EventLog
import Foundation

/// Finds the trainees who gave a national ID, without the ID standing anywhere: rows of HMAC-SHA-256 under a key of the
/// store's own, and the trainee's number.
///
/// Only a hint: whoever finds a row looks at the trainee's events. It can be made anew from the log and the keys. Not in
/// the log, because who has the log and this one key could try all national IDs there are.
final class NationalIDTable<Files: FileSystem> where Files.File: Sendable {
    static var fileName: String { "national-ids" }
    static var length: Int { 64 }
    private static var active: UInt8 { 1 }
    private static var removed: UInt8 { 2 }
    private static var codeLength: Int { 32 }

    private let file: RowFile<Files>
    private let key: SymmetricKey
    /// Where the rows of each trainee are.
    private var rows: [(number: UInt32, code: [UInt8], state: UInt8, generation: UInt8)] = []
    private var unwritten: [[UInt8]] = []
    private var handedOver: [[UInt8]] = []

    static func create(in directory: String, files: Files) throws(PersonalDataError) {
        try fromFiles { () throws(LogError) in
            try RowFile.create(fileName, in: directory, length: length, rows: [], files: files)
        }
    }

    /// Opens the table. O(rows).
    ///
    /// - Throws: `damaged`, `inputOutput`.
    init(
        in directory: String, under key: SymmetricKey, forWriting isForWriting: Bool, files: Files
    ) throws(PersonalDataError) {
        self.key = key
        let file = try fromFiles { () throws(LogError) in
            try RowFile(
                opening: Self.fileName, in: directory, length: Self.length,
                access: isForWriting ? .readWrite : .read, files: files)
        }
        var rows: [(number: UInt32, code: [UInt8], state: UInt8, generation: UInt8)] = []
        _ = try fromFiles { () throws(LogError) in
            try file.load(repairs: isForWriting) { _, bytes in
                let row = Array(bytes)
                rows.append((UInt32(number(row[4..<8])), Array(row[8..<8 + Self.codeLength]), row[0], row[1]))
            }
        }
        self.file = file
        self.rows = rows
    }

    /// Takes down that a trainee gave a national ID, in canonical form.
    func add(_ nationalID: String, of trainee: UInt32) {
        let row = (number: trainee, code: code(nationalID), state: Self.active, generation: UInt8(1))
        rows.append(row)
        unwritten.append(Self.encoded(row))
    }

    /// The numbers of the trainees who may have given it, ascending.
    func trainees(_ nationalID: String) -> [UInt32] {
        let code = code(nationalID)
        return Set(rows.filter { $0.state == Self.active && $0.code == code }.map(\.number)).sorted()
    }

    /// Takes a trainee out, for good: the rows are overwritten in both files. What was not written is left out.
    func remove(_ trainee: UInt32) throws(PersonalDataError) {
        try write()
        for index in rows.indices where rows[index].number == trainee && rows[index].state == Self.active {
            rows[index].state = Self.removed
            rows[index].generation &+= 1
            rows[index].code = [UInt8](repeating: 0, count: Self.codeLength)
            rows[index].number = 0
            let row = Self.encoded(rows[index])
            try fromFiles { () throws(LogError) in try file.put([row], from: index) }
        }
    }

    /// As ``KeyStore/takeUnwritten()``.
    func takeUnwritten() -> (@Sendable () throws(LogError) -> Void)? {
        handedOver = unwritten
        unwritten = []
        guard !handedOver.isEmpty else { return nil }
        let (new, first, file) = (handedOver, rows.count - handedOver.count, file)
        return { () throws(LogError) in try file.put(new, from: first) }
    }

    private func write() throws(PersonalDataError) {
        guard let work = takeUnwritten() else { return }
        try fromFiles(work)
        _ = takeUnwritten()
    }

    private func code(_ nationalID: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("twid/v1".utf8) + Array(nationalID.utf8), using: key))
    }

    /// State, generation, two zeros, number (4 bytes), code (32), zeros, and room for the checksum (4).
    private static func encoded(
        _ row: (number: UInt32, code: [UInt8], state: UInt8, generation: UInt8)
    ) -> [UInt8] {
        let bytes = [row.state, row.generation, 0, 0] + withUnsafeBytes(of: row.number.littleEndian) { Array($0) }
        return bytes + row.code + [UInt8](repeating: 0, count: length - bytes.count - row.code.count)
    }
}
