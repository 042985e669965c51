/// The directory `quarantine/` of a ledger: what was taken out of use, and is kept for a person to look at.
package struct Quarantine<Files: FileSystem> {
    private let ledger: String
    private let files: Files

    /// - Parameter ledger: the ledger's directory.
    package init(of ledger: String, files: Files) {
        self.ledger = ledger
        self.files = files
    }

    private var path: String { ledger + "/" + Format.quarantineDirectory }

    /// A name in the directory that is free, relative to the ledger's: the stem, a number and the ending. Makes the
    /// directory if need be.
    ///
    /// - Throws: `noSpace`, `inputOutput`.
    package func newName(_ stem: String, ending: String = "") throws(LogError) -> String {
        var names: [String] = []
        do {
            names = try files.list(path)
        } catch {
            guard error.isNotFound else { throw error }
            try files.makeDirectory(path)
        }
        // Also for a directory found: whoever made it may have failed before this.
        try files.synchroniseDirectory(ledger)
        var number = 1
        while names.contains("\(stem)-\(number)\(ending)") { number += 1 }
        return Format.quarantineDirectory + "/\(stem)-\(number)\(ending)"
    }

    /// Makes the names in the directory durable.
    ///
    /// - Throws: `inputOutput`.
    package func synchronise() throws(LogError) { try files.synchroniseDirectory(path) }

    /// Copies a damaged file here, durably, and leaves it where it is.
    ///
    /// - Parameter name: relative to the ledger's directory.
    /// - Returns: the copy's name, or nil if there is no such file.
    /// - Throws: `noSpace`, `inputOutput`.
    package func keep(damaged name: String) throws(LogError) -> String? {
        guard try files.exists(ledger + "/" + name) else { return nil }
        let kept = try newName((name.split(separator: "/").last.map(String.init) ?? name) + "-damaged")
        let source = try files.open(ledger + "/" + name, .read)
        defer { files.close(source) }
        let target = try files.open(ledger + "/" + kept, .create)
        defer { files.close(target) }
        let size = try files.size(source)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { memory.deallocate() }
        var place: UInt64 = 0
        while place < size {
            let count = try files.read(source, into: memory, at: place)
            guard count > 0 else { break }
            try files.write(target, UnsafeRawBufferPointer(memory).part(0..<count), at: place)
            place += UInt64(count)
        }
        try files.synchroniseAll(target)
        try synchronise()
        return kept
    }
}
