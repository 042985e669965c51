package import Access
import EventLog
import Histories
package import TrainingEvents

/// Who looked at a trainee's record: every access that reached it, granted or denied, in the order of the log of reads.
package struct AccessTrail: Sendable {
    /// One access, and how it reached the trainee.
    package struct Look: Sendable {
        package let access: PlacedEntry<AccessEntry>
        /// `trainee`, `class` or `unit` where the class or unit was asked for, or `everyone`.
        package let through: AccessSubjectKind

        package var json: JSONValue {
            guard case .object(let members) = access.json else { return access.json }
            return .object(members + [.init("through", .string(through.name))])
        }
    }

    package let trainee: String
    package let looks: [Look]

    /// Reads the log of reads. The trainee is met under any ID that is or was linked, in the classes that any event about
    /// them names, and in the units of these.
    ///
    /// - Throws: `access`: `wrongState`, `denied`; `unknown` if there is no such trainee.
    package init(of trainee: String, in ledger: String, for request: AccessRequest) throws(LedgerError) {
        guard let logs = try AccessLogs(of: ledger) else {
            throw .access(
                AccessError(.wrongState, "\(ledger) is not under access control: who reads it is not written down"))
        }
        let reader = try LedgerReader(forOwnUse: ledger, keys: nil)
        let warrant = try AccessGate.warrant(for: request, on: ledger, position: reader.head) {
            subject throws(LedgerError) in try reader.look(at: subject)
        }
        try warrant.require(trainee: trainee, .readAccess)
        let place = try reader.places(of: trainee)
        var looks: [Look] = []
        try logs.reads.forEach(logs.mark.reads) { access in
            if let through = place.reached(by: access.entry) { looks.append(Look(access: access, through: through)) }
        }
        self.trainee = trainee
        self.looks = looks
    }
}

/// Where a trainee is met.
private struct TraineePlaces {
    var ids: Set<String> = []
    var classes: Set<String> = []
    var units: Set<String> = []

    func reached(by entry: AccessEntry) -> AccessSubjectKind? {
        let asked = entry.ids ?? []
        switch entry.subject {
        case .trainee: return ids.isDisjoint(with: asked) ? nil : .trainee
        case .class: return classes.isDisjoint(with: asked) ? nil : .class
        case .unit: return units.isDisjoint(with: asked) ? nil : .unit
        case .everyone: return .everyone
        case nil: return ids.isDisjoint(with: asked) ? nil : .trainee
        }
    }
}

extension LedgerReader {
    /// Where a trainee was ever met, retracted events and links included: who looked then did see it.
    fileprivate func places(of trainee: String) throws(LedgerError) -> TraineePlaces {
        var places = TraineePlaces(ids: [trainee])
        for placed in try events(bearingOn: trainee, at: try resolve(.head)).events {
            switch placed.event.subject {
            case .newTrainee(let id): places.ids.insert(id)
            case .newClass(let id): places.classes.insert(id)
            case .newUnit(let id): places.units.insert(id)
            default: continue
            }
        }
        return places
    }
}
