package import EventLog
import Glibc

/// The directory `derived/` of a ledger: files made from the log, which may be removed at any time and are made
/// anew when they are wanted.
package struct DerivedDirectory<Files: FileSystem>: Sendable {
    /// The directory's name in the ledger's.
    package static var name: String { "derived" }
    private static var suffix: String { ".tld" }
    private static var temporarySuffix: String { ".tmp" }
    private static var digits: Int { 15 }

    /// Where the files are.
    let files: Files
    private let ledger: String
    /// The names of files that turned out to be of no use.
    private var ignored: Set<String> = []

    /// - Parameter ledger: the directory of the ledger.
    package init(ledger: String, files: Files) {
        self.ledger = ledger
        self.files = files
    }

    private var path: String { "\(ledger)/\(Self.name)" }

    /// The name of the file of this kind that covers these positions: `keys-000000000000000-000000000065536.tld`.
    static func name(_ kind: DerivedFileKind, _ positions: Range<UInt64>) -> String {
        "\(kind.name)-\(padded(positions.lowerBound))-\(padded(positions.upperBound))\(suffix)"
    }

    private static func padded(_ position: UInt64) -> String {
        let text = String(position)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// Takes no more notice of a file that was found to be of no use.
    ///
    /// - Returns: whether it was not ignored already.
    package mutating func ignore(_ absence: DerivedFileAbsence) -> Bool {
        ignored.insert(absence.file).inserted
    }

    /// The positions that the files of a kind cover by their names, in ascending order; files of other names are
    /// passed over. Empty if there is no directory.
    ///
    /// - Parameter includesIgnored: name those too that are ignored.
    /// - Throws: `inputOutput`.
    package func positions(
        of kind: DerivedFileKind, includesIgnored: Bool = false
    ) throws(LogError) -> [Range<UInt64>] {
        try names().compactMap { name in
            if !includesIgnored, ignored.contains(shown(name)) { return nil }
            let parts = name.dropLast(Self.suffix.utf8.count).split(separator: "-")
            guard parts.count == 3, let first = UInt64(parts[1]), let end = UInt64(parts[2]), first < end,
                Self.name(kind, first..<end) == name
            else { return nil }
            return first..<end
        }
    }

    private func names() throws(LogError) -> [String] {
        do throws(LogError) {
            return try files.list(path)
        } catch {
            // A file of that name holds no files either.
            if error.isNotFound || error.code == .inputOutput(ENOTDIR) { return [] }
            throw error
        }
    }

    /// Removes the file of this kind that covers these positions, if it is there. The removal is durable when the
    /// directory is next synchronised; until then a crash may bring the file back, which does no harm.
    ///
    /// - Throws: `readOnly`, `inputOutput`.
    package func remove(_ kind: DerivedFileKind, _ positions: Range<UInt64>) throws(LogError) {
        try remove(Self.name(kind, positions))
    }

    /// Removes what interrupted writers left. Only the ledger's writer calls it, before it writes.
    ///
    /// - Throws: `readOnly`, `inputOutput`.
    package func removeUnfinished() throws(LogError) {
        for name in try names() where name.hasSuffix(Self.temporarySuffix) { try remove(name) }
    }

    private func remove(_ name: String) throws(LogError) {
        do throws(LogError) { try files.remove("\(path)/\(name)") } catch { if !error.isNotFound { throw error } }
    }

    /// Opens a file of this name for reading.
    func open(_ name: String) throws(LogError) -> Files.File { try files.open("\(path)/\(name)", .read) }

    /// The file's name from the ledger's directory on, for messages.
    func shown(_ name: String) -> String { "\(Self.name)/\(name)" }

    /// Makes the unfinished file of this name, and the directory if need be.
    func create(_ name: String) throws(LogError) -> Files.File {
        if try !files.exists(path) {
            try files.makeDirectory(path)
            try files.synchroniseDirectory(ledger)
        }
        try remove(name + Self.temporarySuffix)
        return try files.open("\(path)/\(name)\(Self.temporarySuffix)", .create)
    }

    /// Gives the unfinished file its name.
    func publish(_ name: String) throws(LogError) {
        try files.rename("\(path)/\(name)\(Self.temporarySuffix)", to: "\(path)/\(name)")
        try files.synchroniseDirectory(path)
    }
}
