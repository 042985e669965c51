import TrainingEvents

/// Who may do what: the log of grants, folded.
package struct Grants: Sendable {
    /// Somebody who is known to the ledger.
    package struct Principal: Hashable, Sendable {
        package let name: String
        var credential: String
        package fileprivate(set) var roles: Set<Role> = []
        /// The training units of a clerk.
        package fileprivate(set) var units: Set<String> = []
        /// Whether a clerk's role is for all units.
        package fileprivate(set) var hasAllUnits = false
        /// The trainees whose cases are a reviewer's.
        package fileprivate(set) var cases: Set<String> = []
        package fileprivate(set) var isRemoved = false
    }

    private var byName: [String: Principal] = [:]
    /// How many entries were folded.
    package private(set) var count: UInt64 = 0

    package init() {}

    /// Everyone, removed ones too, in the order of their names.
    package var principals: [Principal] { byName.values.sorted { $0.name < $1.name } }

    /// How many can act as key officers.
    package var keyOfficerCount: Int { byName.values.count { !$0.isRemoved && $0.roles.contains(.keyOfficer) } }

    /// Somebody by name who was not removed.
    package subscript(name: String) -> Principal? { byName[name].flatMap { $0.isRemoved ? nil : $0 } }

    /// The principal who shows this credential.
    package func principal(showing credential: Credential) -> Principal? {
        guard let principal = self[credential.principal], credential.matches(principal.credential) else { return nil }
        return principal
    }

    /// Why an entry cannot follow; `nil` if it can.
    package func objection(to entry: GrantEntry) -> GrantObjection? {
        if entry.change == .principalAdded { return byName[entry.principal] == nil ? nil : .nameTaken }
        guard let principal = self[entry.principal] else { return .unknownPrincipal }
        switch entry.change {
        case .principalAdded: return nil
        case .principalRemoved: return isLastPair(principal) ? .tooFewKeyOfficers : nil
        case .credentialReplaced: return nil
        case .roleGranted:
            return principal.holds(entry.role, entry.unit) ? .nothingChanges : nil
        case .roleRevoked:
            guard principal.holds(entry.role, entry.unit) else { return .nothingChanges }
            return entry.role == .keyOfficer && isLastPair(principal) ? .tooFewKeyOfficers : nil
        case .caseAssigned:
            guard principal.roles.contains(.reviewer) else { return .noReviewer }
            return principal.cases.contains(entry.trainee ?? "") ? .nothingChanges : nil
        case .caseClosed: return principal.cases.contains(entry.trainee ?? "") ? nil : .nothingChanges
        }
    }

    /// Without two key officers nobody could change anything any more.
    private func isLastPair(_ principal: Principal) -> Bool {
        principal.roles.contains(.keyOfficer) && keyOfficerCount <= 2
    }

    /// Takes an entry to which there is no objection.
    package mutating func take(_ entry: GrantEntry) {
        count += 1
        if entry.change == .principalAdded {
            byName[entry.principal] = Principal(name: entry.principal, credential: entry.credential ?? "")
        } else {
            byName[entry.principal]?.take(entry)
        }
    }
}

/// Why a change of the grants is not taken.
package enum GrantObjection: String, Sendable {
    /// There is or was a principal of this name.
    case nameTaken
    case unknownPrincipal
    /// It is so already.
    case nothingChanges
    /// Cases are assigned to reviewers.
    case noReviewer
    /// Fewer than two key officers would be left, and nobody could change anything any more.
    case tooFewKeyOfficers
}

extension Grants.Principal {
    /// Whether a role is held for a unit, or for all units where there is none.
    fileprivate func holds(_ role: Role?, _ unit: String?) -> Bool {
        guard let role, roles.contains(role) else { return false }
        guard role == .clerk else { return true }
        return unit.map { units.contains($0) } ?? hasAllUnits
    }

    fileprivate mutating func take(_ entry: GrantEntry) {
        switch entry.change {
        case .principalAdded: break
        case .principalRemoved: isRemoved = true
        case .credentialReplaced: credential = entry.credential ?? ""
        case .roleGranted: grant(entry)
        case .roleRevoked: revoke(entry)
        case .caseAssigned: if let trainee = entry.trainee { cases.insert(trainee) }
        case .caseClosed: if let trainee = entry.trainee { cases.remove(trainee) }
        }
    }

    private mutating func grant(_ entry: GrantEntry) {
        guard let role = entry.role else { return }
        roles.insert(role)
        guard role == .clerk else { return }
        if let unit = entry.unit { units.insert(unit) } else { hasAllUnits = true }
    }

    private mutating func revoke(_ entry: GrantEntry) {
        guard let role = entry.role else { return }
        if role == .clerk {
            if let unit = entry.unit { units.remove(unit) } else { hasAllUnits = false }
            if hasAllUnits || !units.isEmpty { return }
        }
        roles.remove(role)
        if role == .reviewer { cases = [] }
    }
}
