import Access
import TrainingEvents

// What somebody may record, where the ledger is under access control.
extension LedgerWriter {
    /// Refuses an event that is of another operation than was granted, or about other training units than the writer's.
    ///
    /// - Throws: refused: `notPermitted`; `failed` if the class it is about cannot be looked up.
    func requireGranted(_ said: EventContent) throws(AdmissionError) {
        guard warrant.isControlled else { return }
        guard warrant.mayRecord(said.body.type) else {
            throw .refused(
                EventError(
                    .notPermitted, field: "type", found: said.body.type.name, expected: "events of what was granted"))
        }
        guard let units = warrant.units else { return }
        do throws(LedgerError) {
            if try isWithin(units, said) { return }
        } catch {
            throw .failed(error)
        }
        throw .refused(
            EventError(.notPermitted, field: "subject", expected: "an event about classes of your own training units"))
    }

    /// Whether every class and unit that an event names is within reach; of a retraction, those that its target names.
    private func isWithin(_ units: Set<String>, _ said: EventContent) throws(LedgerError) -> Bool {
        if case .newUnit = said.subject { return false }
        if case .eventRetracted(let retraction) = said.body {
            let target = try event(at: UInt64(clamping: retraction.targetPosition))
            return try isWithin(units, EventContent(target))
        }
        for reference in said.references {
            switch reference {
            case .class(let number):
                guard let unit = try unit(of: number), units.contains(unit) else { return false }
            case .unit(let number): guard units.contains(state.registry.units.id(of: number)) else { return false }
            default: continue
            }
        }
        if case .class(let number) = said.subject { unitOfClass[number.value] = nil }
        return true
    }

    /// The training unit that holds a class, by the class's own events.
    private func unit(of number: ClassNumber) throws(LedgerError) -> String? {
        if let known = unitOfClass[number.value] { return known }
        let positions = try reading { () throws(DerivedFileAbsence) in
            try indexes.positions(of: .class(number.value))
        }
        var unit: UnitNumber?
        for position in positions where !retracted.contains(position) {
            switch try event(at: position).body {
            case .classApproved(let approved): unit = approved.fields.unit ?? unit
            case .classAmended(let amended): unit = amended.fields.unit ?? unit
            default: continue
            }
        }
        let id = unit.map { state.registry.units.id(of: $0) }
        unitOfClass[number.value] = id
        return id
    }
}

extension Warrant {
    /// Whether events of a type belong to the operation that was granted.
    fileprivate func mayRecord(_ type: EventType) -> Bool {
        switch operation {
        case .recordEvents: type != .rulebookAdopted && type != .traineeErased
        case .settleClass: type == .payoutMade
        case .adoptRulebook: type == .rulebookAdopted
        case .erase, .applyErasures: type == .traineeErased
        default: false
        }
    }
}
