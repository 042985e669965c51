import CivilTime

/// What the next event about one class depends on.
package struct ClassSteps: Hashable, Sendable {
    var startsOn: CivilDate?
    var endsOn: CivilDate?
    var isCancelled = false
    var isClosed = false
    var complaints: Set<String> = []

    package init() {}

    /// Takes the step of an event about this class, or throws and changes nothing.
    ///
    /// - Throws: `stepNotAllowed`, `outOfRange` or `alreadyExists`, naming the field.
    package mutating func take(_ body: EventBody) throws(EventError) {
        switch body {
        case .classApproved(let approved): setDays(approved.fields)
        case .classAmended(let amended):
            let from = amended.fields.startsOn ?? startsOn
            if let from, let to = amended.fields.endsOn ?? endsOn, to < from {
                let field = amended.fields.endsOn == nil ? "data.startsOn" : "data.endsOn"
                throw EventError(
                    .outOfRange, field: field, found: "\(from) to \(to)", expected: "an end after the start")
            }
            try requirePlausibleLength(
                from, amended.fields.endsOn ?? endsOn,
                field: amended.fields.endsOn == nil ? "data.startsOn" : "data.endsOn")
            setDays(amended.fields)
        case .classCancelled:
            try require(!isCancelled, found: "a class that is cancelled")
            isCancelled = true
        case .classClosed:
            try require(!isClosed, found: "a class that is closed")
            isClosed = true
        case .complaintFiled(let filed):
            guard complaints.insert(filed.complaint).inserted else {
                throw EventError(
                    .alreadyExists, field: "data.complaint", found: shown(filed.complaint),
                    expected: "an ID that is new")
            }
        default: break
        }
    }

    private mutating func setDays(_ fields: ClassFields) {
        startsOn = fields.startsOn ?? startsOn
        endsOn = fields.endsOn ?? endsOn
    }

    private func require(_ holds: Bool, found: String) throws(EventError) {
        if !holds { throw EventError(.stepNotAllowed, field: "type", found: found, expected: "the step not taken yet") }
    }
}
