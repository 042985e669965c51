import EventLog
import TrainingEvents

// How the personal data of a trainee are destroyed. The order is: fence, event, keys, look-up table, register, stamps;
// whatever a crash cuts off is found by the next opening, and applying the register does the rest.
extension PersonalDataKeys {
    /// Whether the ledger, its keys and the register stand at the same erasure, and none is unfinished.
    ///
    /// - Throws: `erasuresNotApplied` saying what differs.
    func requireApplied() throws(PersonalDataError) {
        let done = register.stamp
        let keys = try ErasureStamp.read(in: places.keys(of: ledger), ledger: ledger, files: files)
        let log = try ErasureStamp.read(in: ledgerDirectory, ledger: ledger, files: files)
        var differences: [String] = []
        if register.isUnfinished { differences.append("an erasure was begun and not finished") }
        if keys != done { differences.append("the keys do not stand at the last erasure in the register") }
        if log != done { differences.append("the ledger does not stand at the last erasure in the register") }
        guard differences.isEmpty else {
            throw PersonalDataError(
                .erasuresNotApplied,
                differences.joined(separator: "; ") + ": run trainledger erase LEDGER --apply-register")
        }
    }

    /// Whether the personal data of a trainee were erased, or are being erased.
    ///
    /// - Throws: as ``store``.
    package func isErased(trainee id: String) throws(PersonalDataError) -> Bool {
        // Nobody's keys are read where nothing was ever erased.
        if register.erasures.isEmpty { return false }
        return register.contains(try store.digest(KeyOwner(.trainee, id)))
    }

    /// Whether the erasure of a trainee began and is not done.
    package func isErasureUnfinished(trainee id: String) throws(PersonalDataError) -> Bool {
        register.isUnfinished(try store.digest(KeyOwner(.trainee, id)))
    }

    /// Fences a trainee: from now on no personal text about them is sealed. Durable when it returns.
    ///
    /// - Parameter event: the text of the `trainee.erased` that the log is to hold, from which it can be recorded again.
    package func beginErasure(of trainee: String, event: [UInt8]) throws(PersonalDataError) {
        let store = try store
        let owner = store.digest(KeyOwner(.trainee, trainee))
        try register.begin(owner, event: event, under: store.secrets.register, files: files)
        if !mirror.contains(owner) {
            try mirror.begin(owner, event: event, under: store.secrets.register, files: files)
        }
        // Before event and destruction: a ledger or keys that know of the erasure then never go with a register that
        // does not.
        try stampErasures()
    }

    /// Destroys the keys of a fenced trainee, whose event is durable, and takes the erasure down as done.
    ///
    /// - Parameter number: the trainee's number in the ledger, if it has one.
    /// - Returns: the keys that are gone.
    @discardableResult
    package func finishErasure(
        of trainee: String, number: UInt32?
    ) throws(PersonalDataError) -> [DestroyedKey] {
        let store = try store
        let owner = store.digest(KeyOwner(.trainee, trainee))
        let destroyed = try store.destroy(owner)
        if let number { try table.remove(number) }
        if register.isUnfinished(owner) { try register.finish(owner, files: files) }
        return destroyed
    }

    /// Takes into the register what is known beside the keys and not in it.
    ///
    /// - Returns: how many erasures that were.
    package func recoverRegister() throws(PersonalDataError) -> Int {
        _ = try store
        let lost = mirror.erasures.filter { !register.contains($0.owner) }
        for entry in lost { try register.adopt(entry, files: files) }
        return lost.count
    }

    /// Takes down in keys and ledger how far the register is carried out there.
    package func stampErasures() throws(PersonalDataError) {
        try register.stamp.write(in: places.keys(of: ledger), ledger: ledger, files: files)
        try register.stamp.write(in: ledgerDirectory, ledger: ledger, files: files)
    }

    /// The keys of a trainee that were destroyed.
    package func destroyedKeys(of trainee: String) throws(PersonalDataError) -> [DestroyedKey] {
        let store = try store
        let owner = store.digest(KeyOwner(.trainee, trainee))
        return try store.hasActiveKey(owner) ? [] : try store.destroy(owner)
    }

    /// The events of all erasures in the register, in their order, as JSON texts.
    package var registeredErasures: [[UInt8]] {
        get throws(PersonalDataError) {
            var events: [[UInt8]] = []
            for entry in register.erasures {
                events.append(try register.event(of: entry, under: try store.secrets.register))
            }
            return events
        }
    }
}
