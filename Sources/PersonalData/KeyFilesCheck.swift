package import EventLog

/// Looks at every file of a ledger's keys: that each byte is as it was written. Opens nothing, and changes nothing.
package struct KeyFilesCheck<Files: FileSystem> where Files.File: Sendable {
    let ledgerDirectory: String
    let ledger: [UInt8]
    let places: KeyPlaces
    let files: Files

    /// - Parameters:
    ///   - ledger: its ID.
    ///   - places: where its keys are.
    package init(of ledgerDirectory: String, ledger: [UInt8], at places: KeyPlaces, files: Files) {
        self.ledgerDirectory = ledgerDirectory
        self.ledger = ledger
        self.places = places
        self.files = files
    }

    var directory: String { places.keys(of: ledger) }
    var mirrorPath: String { "\(directory)/\(PersonalDataKeys<Files>.mirrorName)" }

    /// What is wrong. O(bytes of the files).
    ///
    /// - Throws: `inputOutput`.
    package func report() throws(PersonalDataError) -> KeyFilesReport {
        var report = KeyFilesReport()
        try checkRows(KeyStore<Files>.fileName, KeyRow.length, &report)
        try checkRows(NationalIDTable<Files>.fileName, NationalIDTable<Files>.length, &report)
        checkKey(&report)
        let register = checkRegister(places.register(of: ledger), in: places.register, .register, &report)
        _ = checkRegister(mirrorPath, in: directory, .mirror, &report)
        let keys = checkStamp(in: directory, .stampOfKeys, &report)
        let log = checkStamp(in: ledgerDirectory, .stampOfLedger, &report)
        if let register, let keys, let log, report.faults.isEmpty,
            register.stamp != keys || register.stamp != log || register.isUnfinished
        {
            report.notes.append("the register of erasures is not applied: trainledger erase LEDGER --apply-register")
        }
        return report
    }

    private func checkRows(_ name: String, _ length: Int, _ report: inout KeyFilesReport) throws(PersonalDataError) {
        let file: RowFile<Files>
        do throws(LogError) {
            file = try RowFile(opening: name, in: directory, length: length, access: .read, files: files)
        } catch {
            report.faults.append(.init(part: .rows, file: "\(directory)/\(name)", reason: error.description))
            return
        }
        for fault in try fromFiles({ () throws(LogError) in try file.faults() }) {
            let other = fault.isRightInOther ? "\(name).\(3 - fault.copy) has it" : "so it is in the other file"
            report.faults.append(
                .init(
                    part: .rows, file: "\(directory)/\(name).\(fault.copy)",
                    reason:
                        "row \(fault.row), bytes \(fault.row * length)..<\((fault.row + 1) * length), is damaged; \(other)"
                ))
        }
    }

    /// Has no checksum of its own: what was wrapped under it tells.
    private func checkKey(_ report: inout KeyFilesReport) {
        do throws(PersonalDataError) {
            let key = try KeyEncryptionKey(file: places.keyEncryptionKey)
            try check(key)
        } catch {
            switch error.code {
            case .noKeys: report.notes.append(error.reason)
            case .wrongKey:
                report.faults.append(
                    .init(part: .keyEncryptionKey, file: places.keyEncryptionKey, reason: error.reason))
            default: report.notes.append("the key-encryption key was not looked at: \(error.reason)")
            }
        }
    }

    /// - Throws: `wrongKey` if the keys were not wrapped under this one; `damaged` if they cannot tell.
    func check(_ key: KeyEncryptionKey) throws(PersonalDataError) {
        let row = try fromFiles { () throws(LogError) in
            try RowFile(
                opening: KeyStore<Files>.fileName, in: directory, length: KeyRow.length, access: .read, files: files
            ).row(0)
        }
        guard let header = KeyStoreHeader(row), header.ledger == ledger else {
            throw PersonalDataError(.damaged, "the keys in \(directory) are not those of this ledger")
        }
        _ = try header.secrets(under: key)
    }

    private func checkRegister(
        _ path: String, in directory: String, _ part: KeyFileFault.Part, _ report: inout KeyFilesReport
    ) -> ErasureRegister? {
        do throws(PersonalDataError) {
            let register = try ErasureRegister(at: path, in: directory, ledger: ledger, files: files)
            if register.bytesBehind == 0 { return register }
            report.faults.append(
                .init(
                    part: part, file: path,
                    reason: "\(register.bytesBehind) bytes behind entry \(register.stamp.count) are no entry"))
        } catch {
            report.faults.append(.init(part: part, file: path, reason: error.reason))
        }
        return nil
    }

    private func checkStamp(
        in directory: String, _ part: KeyFileFault.Part, _ report: inout KeyFilesReport
    ) -> ErasureStamp? {
        do throws(PersonalDataError) {
            return try ErasureStamp.read(in: directory, ledger: ledger, files: files)
        } catch {
            report.faults.append(.init(part: part, file: "\(directory)/\(erasureStampFile)", reason: error.reason))
            return nil
        }
    }

    /// What is wrong with a ledger's own stamp, for a ledger whose keys are not at hand.
    package static func stampFault(
        of ledgerDirectory: String, ledger: [UInt8], files: Files
    ) -> KeyFileFault? {
        do throws(PersonalDataError) {
            _ = try ErasureStamp.read(in: ledgerDirectory, ledger: ledger, files: files)
            return nil
        } catch {
            let file = "\(ledgerDirectory)/\(erasureStampFile)"
            return KeyFileFault(part: .stampOfLedger, file: file, reason: error.reason)
        }
    }
}
