extension LogWriter {
    /// Makes an empty ledger in `directory`, which is made if it is not there (its parent must be).
    ///
    /// `ledger.json` comes last, so a crash leaves either a whole ledger or something that another `create`
    /// completes.
    /// - Throws: `alreadyExists`; `notALedger` if the directory holds other files; `damaged` if it holds
    ///   records; `inUse`, `readOnly`, `noSpace`, `inputOutput`.
    package static func create(directory: String, files: Files, ledgerID: [UInt8]) throws(LogError) {
        guard let ledgerID = LedgerID(ledgerID) else { preconditionFailure("a ledger's ID has 16 bytes") }
        let layout = LedgerLayout(directory: directory, files: files)
        try makeDirectoryIfMissing(directory, in: FilePath.parent(of: directory), files)
        let names = try files.list(directory)
        if names.contains(Format.descriptionFile) {
            throw LogError(.alreadyExists, "\(directory) holds a ledger already")
        }
        let own = [Format.lockFile, Format.segmentDirectory, Format.publicationFile]
        for name in names where !own.contains(name) && !name.hasSuffix(Format.temporarySuffix) {
            throw LogError(.notALedger, "\(directory) is not empty and holds no ledger: there is \(name)")
        }
        if !names.contains(Format.lockFile) { files.close(try files.open(layout.path(Format.lockFile), .create)) }
        let lock = try takeLock(layout)
        defer { files.close(lock) }
        try makeDirectoryIfMissing(layout.segments, in: directory, files)
        try makeFirstSegment(layout, ledgerID)
        try makePublication(layout, ledgerID)
        let description = LedgerDescription(version: Format.version, ledgerID: ledgerID)
        try files.synchroniseDirectory(directory)
        try files.replace(layout.path(Format.descriptionFile), in: directory, with: description.encoded)
    }

    private static func makeFirstSegment(_ layout: LedgerLayout<Files>, _ ledgerID: LedgerID) throws(LogError) {
        for start in try layout.segmentStarts() {
            // Left by a create that a crash cut short; anything longer is somebody's records.
            let file = try SegmentFile(layout.directory, first: start, layout.files)
            guard start == 0, file.size <= UInt64(Format.headerSize) else {
                throw LogError(
                    .damaged, "\(layout.directory) holds records but no \(Format.descriptionFile)",
                    .init(file: file.name))
            }
        }
        try layout.makeSegment(
            SegmentHeader(
                version: Format.version, kind: .open, epoch: 1, secret: try layout.newSecret(), ledgerID: ledgerID,
                tree: CompactRange()))
    }

    static func makeDirectoryIfMissing(
        _ path: String, in parent: String, _ files: Files
    ) throws(LogError) {
        do {
            _ = try files.list(path)
        } catch {
            guard error.isNotFound else { throw error }
            try files.makeDirectory(path)
        }
        // Also for a directory found: the create before may have failed between the two.
        try files.synchroniseDirectory(parent)
    }

    /// Takes the lock of the one writer.
    static func takeLock(_ layout: LedgerLayout<Files>) throws(LogError) -> Files.File {
        let path = layout.path(Format.lockFile)
        if try !layout.files.exists(path) { layout.files.close(try layout.files.open(path, .create)) }
        let file = try layout.files.open(path, .readWrite)
        do throws(LogError) {
            guard try layout.files.lock(file) else {
                throw LogError(
                    .inUse, "another process is writing to \(layout.directory); only one may",
                    .init(file: Format.lockFile))
            }
        } catch {
            layout.files.close(file)
            throw error
        }
        return file
    }

    /// Makes the file in which readers find the durable position, in its full length from the start.
    private static func makePublication(_ layout: LedgerLayout<Files>, _ ledgerID: LedgerID) throws(LogError) {
        let publication = Publication(ledgerID: ledgerID, durable: 0, epoch: 0)
        try layout.files.replace(
            layout.path(Format.publicationFile), in: layout.directory, with: publication.encoded)
    }

    /// Opens that file for writing; makes it if somebody removed it.
    static func openPublication(
        _ layout: LedgerLayout<Files>, _ ledgerID: LedgerID
    ) throws(LogError) -> Files.File {
        let path = layout.path(Format.publicationFile)
        if try !layout.files.exists(path) { try makePublication(layout, ledgerID) }
        return try layout.files.open(path, .readWrite)
    }
}
