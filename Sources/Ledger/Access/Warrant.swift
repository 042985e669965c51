package import Access
package import CivilTime
import TrainingEvents

/// What a face asks the ledger for, on whose behalf.
package struct AccessRequest: Sendable {
    package var caller: Caller
    package var operation: Operation
    package var subject: AccessSubject
    /// The clock that stamps the log of reads.
    package var now: @Sendable () -> Instant
    /// Who writes the request down together with others; it is written by itself where there is nobody.
    package var recorder: AccessRecorder?

    package init(
        _ operation: Operation, of subject: AccessSubject = .nobody, by caller: Caller,
        recorder: AccessRecorder? = nil, now: @escaping @Sendable () -> Instant
    ) {
        self.caller = caller
        self.operation = operation
        self.subject = subject
        self.now = now
        self.recorder = recorder
    }
}

/// What was granted. Only the gate makes one for a ledger under access control, after writing the access down.
struct Warrant: Sendable {
    /// `nil` where the ledger is not under access control.
    private let granted: Granted?

    private struct Granted: Sendable {
        let operation: Operation
        let subject: AccessSubject
        let authorisation: Authorisation
    }

    /// Of a ledger that is not under access control: whoever can open its files reads it.
    static let uncontrolled = Warrant(granted: nil)

    private init(granted: Granted?) { self.granted = granted }

    init(_ authorisation: Authorisation, for operation: Operation, of subject: AccessSubject) {
        granted = Granted(operation: operation, subject: subject, authorisation: authorisation)
    }

    /// What was asked for; `nil` where the ledger is not under access control.
    var operation: Operation? { granted?.operation }

    /// Whether the ledger is under access control.
    var isControlled: Bool { granted != nil }

    /// Refuses anything but one of these operations.
    ///
    /// - Throws: `access`: `denied`.
    func require(_ operations: Operation...) throws(LedgerError) {
        guard let granted else { return }
        guard operations.contains(granted.operation) else {
            throw .access(AccessError(.notPermitted, granted.operation))
        }
    }

    /// Refuses the record of any other trainee than the one that was asked for.
    func require(trainee id: String, _ operations: Operation...) throws(LedgerError) {
        guard let granted else { return }
        let isMeant =
            switch granted.subject {
            case .everyone: true
            case .trainee(let own), .enrolment(let own, _): own == id
            case .nobody, .class, .unit, .named: false
            }
        guard operations.contains(granted.operation), isMeant else {
            throw .access(AccessError(.notPermitted, granted.operation))
        }
    }

    /// Refuses anything but this operation on everyone's records.
    func requireEveryone(_ operation: Operation) throws(LedgerError) {
        guard let granted else { return }
        guard granted.operation == operation, granted.subject == .everyone else {
            throw .access(AccessError(.notPermitted, granted.operation))
        }
    }

    /// An event with the personal texts masked that the role does not see.
    func masking(_ event: Event) -> Event {
        guard let texts = granted?.authorisation.texts, event.type.hasPersonalTexts else { return event }
        var masked = event
        masked.body = event.body.mappingPersonalTexts { field, text in
            texts.contains(field.retention) ? text : text.masked
        }
        return masked
    }

    /// The training units whose affairs alone are shown; `nil` for no such bound.
    var units: Set<String>? {
        if case .units(let units) = granted?.authorisation.scope { return units }
        return nil
    }

    /// The trainees whose records alone are shown; `nil` for no such bound.
    var cases: Set<String>? {
        if case .cases(let cases) = granted?.authorisation.scope { return cases }
        return nil
    }

    /// Whose records were asked for; `nil` where the ledger is not under access control.
    var subject: AccessSubject? { granted?.subject }

    /// Who asks; `nil` where the ledger is not under access control.
    var principal: String? { granted?.authorisation.principal }
    /// The second person.
    var second: String? { granted?.authorisation.second }
}
