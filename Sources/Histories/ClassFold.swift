import TrainingEvents

extension ClassHistory {
    /// Folds an event about this class.
    mutating func fold(_ body: EventBody, at position: UInt64) {
        switch body {
        case .classAmended(let amended):
            fields = fields.amended(by: amended.fields)
            fieldPositions.append(position)
        case .classScheduled(let scheduled): schedule(scheduled.sessions ?? [], at: position)
        case .classCancelled(let payload): cancelled = DayFact(on: payload.on, position: position)
        case .classClosed(let payload): closed = DayFact(on: payload.on, position: position)
        default: break
        }
    }
}

extension UnitHistory {
    /// Folds an event about this unit.
    mutating func fold(_ body: EventBody, at position: UInt64) {
        guard case .unitAmended(let amended) = body else { return }
        fields = fields.amended(by: amended.fields)
        fieldPositions.append(position)
    }
}
