import Access
import EventLog
import TrainingEvents

/// The one way in: decides about a request, writes it down, and only then lets it pass.
enum AccessGate {
    /// What a request is granted on the ledger in `directory`.
    ///
    /// A ledger without `access.json` is not under access control; then everything is granted to whoever can open the
    /// files, and nothing is written down.
    ///
    /// - Parameters:
    ///   - request: `nil` is nobody's, and denied under access control.
    ///   - position: how many events the ledger has, where that is known.
    ///   - look: which subject is meant, and what the ledger knows of it; asked only once the caller is known.
    /// - Throws: `access`: `denied` after writing that down; `notLogged` where it could not be.
    static func warrant(
        for request: AccessRequest?, on directory: String, position: UInt64 = 0,
        looking look: (AccessSubject) throws(LedgerError) -> (subject: AccessSubject, facts: SubjectFacts) = {
            ($0, SubjectFacts())
        }
    ) throws(LedgerError) -> Warrant {
        guard let logs = try AccessLogs(of: directory) else { return .uncontrolled }
        return try warrant(for: request, logs, position, look)
    }

    private static func warrant(
        for request: AccessRequest?, _ logs: AccessLogs, _ position: UInt64,
        _ look: (AccessSubject) throws(LedgerError) -> (subject: AccessSubject, facts: SubjectFacts)
    ) throws(LedgerError) -> Warrant {
        guard let request else {
            throw .access(
                AccessError(.denied(.noCredential), "this ledger is under access control, and nobody asks by name"))
        }
        let grants = try logs.currentGrants()
        var entry = AccessEntry()
        entry.operation = request.operation
        entry.purpose = try purpose(request)
        entry.position = Int64(clamping: position)
        entry.grants = Int64(clamping: grants.count)
        let result = try decide(request, grants, &entry, look)
        if let recorder = request.recorder {
            try recorder.record(entry, at: request.now(), in: logs)
        } else {
            try logs.record(entry, at: request.now())
        }
        switch result {
        case .success(let warrant): return warrant
        case .failure(let refusal): throw .access(AccessError(refusal, request.operation))
        }
    }

    /// What a request to write is granted. Whether its events are within reach, the door looks at one by one; a class that
    /// is to be settled is looked at before.
    static func warrant(forWriting request: AccessRequest?, on directory: String) throws(LedgerError) -> Warrant {
        guard try AccessLogs(of: directory) != nil, let request, request.subject != .nobody else {
            return try warrant(for: request, on: directory)
        }
        let reader = try LedgerReader(forOwnUse: directory, keys: nil)
        return try warrant(for: request, on: directory, position: reader.head) { subject throws(LedgerError) in
            try reader.look(at: subject)
        }
    }

    /// Lets a request about the ledger itself pass, which has to be for this operation.
    ///
    /// - Throws: as ``warrant(for:on:position:looking:)``.
    static func pass(
        _ request: AccessRequest?, for operation: Operation..., on directory: String
    ) throws(LedgerError) {
        try require(operation, request, try warrant(for: request, on: directory))
    }

    /// The same where the ledger's own mark is damaged, by the mark that a copy of the ledger has: its logs must be those
    /// beside the ledger.
    static func pass(
        _ request: AccessRequest?, for operation: Operation..., on directory: String, by mark: AccessMark
    ) throws(LedgerError) {
        try require(
            operation, request, try warrant(for: request, AccessLogs(of: directory, mark), 0) { ($0, SubjectFacts()) })
    }

    private static func require(
        _ operation: [Operation], _ request: AccessRequest?, _ warrant: Warrant
    ) throws(LedgerError) {
        guard warrant.isControlled else { return }
        guard let request, operation.contains(request.operation) else {
            throw .access(AccessError(.notPermitted, request?.operation ?? operation[0]))
        }
    }

    /// The first authorisation within whose scope the subject is. Fills in what is proven.
    private static func decide(
        _ request: AccessRequest, _ grants: Grants, _ entry: inout AccessEntry,
        _ look: (AccessSubject) throws(LedgerError) -> (subject: AccessSubject, facts: SubjectFacts)
    ) throws(LedgerError) -> Result<Warrant, Refusal> {
        entry.principal = grants.principal(of: request.caller)?.name
        let authorisations: [Authorisation]
        do throws(Refusal) {
            authorisations = try grants.authorisations(of: request.caller, for: request.operation)
        } catch {
            entry.refusal = error
            entry.subject = request.subject.kind
            entry.ids = ids(of: request.subject)
            return .failure(error)
        }
        let (subject, facts) = try look(request.subject)
        entry.subject = subject.kind
        entry.ids = facts.ids.count > 1 ? facts.ids : ids(of: subject)
        var refusal = Refusal.notPermitted
        for authorisation in authorisations {
            guard let objection = authorisation.objection(to: subject, facts) else {
                entry.role = authorisation.role
                entry.second = authorisation.second
                entry.texts = RetentionClass.allCases.filter { authorisation.texts.contains($0) }.map(\.name)
                return .success(Warrant(authorisation, for: request.operation, of: subject))
            }
            refusal = objection
        }
        entry.refusal = refusal
        return .failure(refusal)
    }

    /// The subject's own ID, if it can be one: what is no ID, such as a national ID typed in its place, is not written
    /// down.
    private static func ids(of subject: AccessSubject) -> [String]? {
        guard let id = subject.id else { return nil }
        do throws(EventError) { try String.checkIdentifier(id) } catch { return nil }
        return [id]
    }

    /// The purpose in canonical form.
    ///
    /// - Throws: `refused` if it is too long, or holds a personal number: the log of reads keeps no personal data.
    private static func purpose(_ request: AccessRequest) throws(LedgerError) -> String? {
        guard let purpose = request.caller.purpose, !purpose.isEmpty else { return nil }
        do throws(EventError) { return try purpose.canonicalLabel() } catch {
            var error = error
            error.field = "purpose"
            throw .refused(error)
        }
    }
}
