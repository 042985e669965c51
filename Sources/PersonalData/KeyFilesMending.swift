import EventLog

// Damaged files of keys are mended from what else is there, and never so that an erasure could be undone by it. Nothing
// damaged is kept: it may hold what an erasure is to destroy.
extension KeyFilesCheck {
    /// Mends one fault.
    ///
    /// - Parameters:
    ///   - copy: where a copy of the keys is, if there is one.
    ///   - erasedInLog: the IDs of the trainees whose erasure the log holds.
    /// - Throws: `damaged` saying why it cannot be mended; `inUse`, `inputOutput`.
    package func mend(
        _ fault: KeyFileFault, from copy: KeyPlaces, erasedInLog: () throws(PersonalDataError) -> [String]
    ) throws(PersonalDataError) {
        let lock = try takeLock()
        defer { files.close(lock) }
        switch fault.part {
        case .rows: try mendRows()
        case .keyEncryptionKey: try mendKey(from: copy.keyEncryptionKey)
        case .register: try mendRegister(from: copy)
        case .mirror: try mendMirror()
        case .stampOfKeys: try mendStampOfKeys()
        case .stampOfLedger: try mendStampOfLedger(erasedInLog())
        }
    }

    private func takeLock() throws(PersonalDataError) -> Files.File {
        try fromFiles { () throws(LogError) in
            let file = try files.open("\(directory)/\(PersonalDataKeys<Files>.lockName)", .readWrite)
            guard try files.lock(file) else {
                files.close(file)
                throw LogError(.inUse, "another writer uses the keys in \(places.keys)")
            }
            return file
        }
    }

    /// Each row from the file that has it.
    private func mendRows() throws(PersonalDataError) {
        for (name, length) in [
            (KeyStore<Files>.fileName, KeyRow.length), (NationalIDTable<Files>.fileName, NationalIDTable<Files>.length),
        ] {
            try fromFiles { () throws(LogError) in
                let file = try RowFile(opening: name, in: directory, length: length, access: .readWrite, files: files)
                _ = try file.load(repairs: true) { _, _ in }
            }
        }
    }

    /// In its place, so that the file stays its owner's alone.
    private func mendKey(from path: String) throws(PersonalDataError) {
        do throws(PersonalDataError) { try check(KeyEncryptionKey(file: path)) } catch {
            throw notMended(places.keyEncryptionKey, "the copy's is not the right one either: \(error.reason)")
        }
        try fromFiles { () throws(LogError) in
            let bytes = try files.content(path, limit: KeyEncryptionKey.length)
            try ErasureRegister.write(bytes, at: 0, to: places.keyEncryptionKey, files)
        }
    }

    /// From a copy that has every erasure which keys and ledger know of.
    private func mendRegister(from copy: KeyPlaces) throws(PersonalDataError) {
        let (path, source) = (places.register(of: ledger), copy.register(of: ledger))
        let found = try ErasureRegister(at: source, in: copy.register, ledger: ledger, files: files)
        let keys = try ErasureStamp.read(in: directory, ledger: ledger, files: files)
        let log = try ErasureStamp.read(in: ledgerDirectory, ledger: ledger, files: files)
        guard found.bytesBehind == 0, found.stamp == keys, found.stamp == log else {
            throw notMended(path, "the copy at \(source) does not stand at the last erasure")
        }
        try fromFiles { () throws(LogError) in
            let bytes = try files.content(source, limit: ErasureRegister.limit)
            try files.replace(path, in: places.register, with: bytes)
        }
    }

    /// From the register, which has all that stands in it.
    private func mendMirror() throws(PersonalDataError) {
        let register = try soundRegister()
        let unfinished = mirrorPath + ".tmp"
        try fromFiles { () throws(LogError) in if try files.exists(unfinished) { try files.remove(unfinished) } }
        var mirror = try ErasureRegister(at: unfinished, in: directory, ledger: ledger, files: files)
        for entry in register.erasures { try mirror.adopt(entry, files: files) }
        try fromFiles { () throws(LogError) in
            if try files.exists(unfinished) {
                try files.rename(unfinished, to: mirrorPath)
            } else {
                try files.remove(mirrorPath)
            }
            try files.synchroniseDirectory(directory)
        }
    }

    /// The keys stand at the last erasure if they hold no key of anybody erased.
    private func mendStampOfKeys() throws(PersonalDataError) {
        let register = try soundRegister()
        let store = try KeyStore(
            in: directory, ledger: ledger, under: KeyEncryptionKey(file: places.keyEncryptionKey), forWriting: false,
            files: files)
        for entry in register.erasures where try store.hasActiveKey(entry.owner) {
            throw notMended(directory, "the keys hold one of somebody erased; run trainledger erase --apply-register")
        }
        try register.stamp.write(in: directory, ledger: ledger, files: files)
    }

    /// The ledger stands at the last erasure if its log holds every one.
    private func mendStampOfLedger(_ erased: [String]) throws(PersonalDataError) {
        let register = try soundRegister()
        let store = try KeyStore(
            in: directory, ledger: ledger, under: KeyEncryptionKey(file: places.keyEncryptionKey), forWriting: false,
            files: files)
        let logged = Set(erased.map { store.digest(KeyOwner(.trainee, $0)) })
        guard register.erasures.allSatisfy({ logged.contains($0.owner) }) else {
            throw notMended(ledgerDirectory, "the log lacks an erasure; run trainledger erase --apply-register")
        }
        try register.stamp.write(in: ledgerDirectory, ledger: ledger, files: files)
    }

    private func soundRegister() throws(PersonalDataError) -> ErasureRegister {
        let path = places.register(of: ledger)
        let register = try ErasureRegister(at: path, in: places.register, ledger: ledger, files: files)
        guard register.bytesBehind == 0, !register.isUnfinished else {
            throw notMended(path, "the register is damaged, or an erasure is not finished")
        }
        return register
    }

    private func notMended(_ path: String, _ reason: String) -> PersonalDataError {
        PersonalDataError(.damaged, "\(path) is not mended: \(reason)")
    }
}

extension KeyPlaces {
    /// Where a copy of the keys of a ledger is looked for: beside the copy of the ledger, under the usual names.
    package static func beside(_ ledgerDirectory: String) -> KeyPlaces {
        let keys = FilePath.withoutSlash(ledgerDirectory) + ".keys"
        return KeyPlaces(keys: keys, keyEncryptionKey: keys + ".kek", register: keys + ".register")
    }
}
