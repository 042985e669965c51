/// Who may write a ledger: the file `writer` in its directory. Without it, whoever takes the lock may.
package enum WriterRule: String, CaseIterable, Sendable {
    /// The directory holds a copy that follows another's log: nobody writes to it until it is promoted.
    case follower
    /// Only who shows the epoch that came with the lease (see `LogWriter.init(opening:files:epoch:)`).
    case lease

    package static let fileName = "writer"
    private static let limit = 64

    /// One line: the rule and the CRC32C of it in eight hexadecimal digits.
    private var encoded: [UInt8] {
        let digits = String(Array(rawValue.utf8).withUnsafeBytes { crc32c($0) }, radix: 16)
        return Array("\(rawValue) \(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)\n".utf8)
    }

    /// The rule of a ledger; `nil` if anybody may write who takes the lock.
    ///
    /// - Throws: `damaged` if the file is not as it was written; `inputOutput`.
    package static func read(in directory: String, _ files: some FileSystem) throws(LogError) -> WriterRule? {
        let bytes: [UInt8]
        do throws(LogError) { bytes = try files.content(directory + "/" + fileName, limit: limit) } catch {
            if error.isNotFound { return nil }
            throw error
        }
        guard let rule = allCases.first(where: { $0.encoded == bytes }) else {
            throw LogError(
                .damaged, "the file that says who may write is not as it was written", .init(file: fileName))
        }
        return rule
    }

    /// Puts a rule in the place of the one that was there, durably; `nil` lets anybody write.
    package static func set(_ rule: WriterRule?, in directory: String, _ files: some FileSystem) throws(LogError) {
        let path = directory + "/" + fileName
        if let rule { return try files.replace(path, in: directory, with: rule.encoded) }
        guard try files.exists(path) else { return }
        try files.remove(path)
        try files.synchroniseDirectory(directory)
    }

    /// Checks that a writer that shows this epoch, or none, may write.
    ///
    /// - Throws: `notTheWriter`; `damaged`; `inputOutput`.
    static func admit(
        toWrite directory: String, showing epoch: UInt32?, _ files: some FileSystem
    ) throws(LogError) {
        switch try read(in: directory, files) {
        case .follower:
            throw LogError(
                .notTheWriter,
                "\(directory) follows another ledger's log and takes no events of its own until it is promoted",
                .init(file: fileName))
        case .lease where epoch == nil:
            throw LogError(
                .notTheWriter, "\(directory) is written under a lease, by the server that holds it, and by nobody else",
                .init(file: fileName))
        case .lease, nil: break
        }
    }
}
