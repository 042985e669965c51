package import TrainingEvents

/// Who asks, as what and what for: what a face passes on.
package struct Caller: Sendable {
    /// What the one who asks shows.
    package var credential: Credential?
    /// What the second person shows, where one is needed.
    package var second: Credential?
    /// The role to act in; the first one that may, where it is not said.
    package var role: Role?
    /// What it is needed for, such as the number of a case.
    package var purpose: String?

    package init(credential: Credential? = nil, second: Credential? = nil, role: Role? = nil, purpose: String? = nil) {
        self.credential = credential
        self.second = second
        self.role = role
        self.purpose = purpose
    }

    /// Nobody, who is denied everything.
    package static let nobody = Caller()
}

/// What somebody may do in one role, and in which scope.
package struct Authorisation: Hashable, Sendable {
    /// Whose records are within reach.
    package enum Scope: Hashable, Sendable {
        case cases(Set<String>)
        case units(Set<String>)
        case everything
    }

    package let principal: String
    package let role: Role
    package let second: String?
    package let scope: Scope
    /// The personal texts that are opened.
    package let texts: Set<RetentionClass>
}

extension Grants {
    /// What the caller may do with an operation, whoever it is about: one authorisation a role, in the order of the
    /// roles.
    ///
    /// - Throws: why it is denied.
    package func authorisations(
        of caller: Caller, for operation: Operation
    ) throws(Refusal) -> [Authorisation] {
        guard let credential = caller.credential else { throw .noCredential }
        guard let principal = principal(showing: credential) else { throw .unknownPrincipal }
        if let role = caller.role, !principal.roles.contains(role) { throw .roleNotHeld }
        let roles = caller.role.map { [$0] } ?? Role.allCases.filter { principal.roles.contains($0) }
        let permitted = roles.compactMap { role in
            AccessMatrix.permission(role, operation).map { (role, $0) }
        }
        guard !permitted.isEmpty else { throw .notPermitted }
        if operation.readsTrainees, (caller.purpose ?? "").isEmpty { throw .purposeMissing }
        let second = try second(of: caller, with: principal, for: operation)
        return permitted.map { role, permission in
            Authorisation(
                principal: principal.name, role: role, second: second,
                scope: principal.scope(permission.reach), texts: permission.texts)
        }
    }

    /// The second person of an operation that needs one: another who may do the same.
    private func second(
        of caller: Caller, with first: Principal, for operation: Operation
    ) throws(Refusal) -> String? {
        guard operation.needsSecondPerson else { return nil }
        guard let credential = caller.second else { throw .secondPersonMissing }
        guard let second = principal(showing: credential), second.name != first.name,
            second.roles.contains(where: { AccessMatrix.permission($0, operation) != nil })
        else { throw .secondPersonNotPermitted }
        return second.name
    }
}

extension Grants.Principal {
    fileprivate func scope(_ reach: AccessMatrix.Reach) -> Authorisation.Scope {
        switch reach {
        case .ownCases: .cases(cases)
        case .ownUnits: hasAllUnits ? .everything : .units(units)
        case .everything: .everything
        }
    }
}

extension Authorisation {
    /// Why the subject is out of reach; `nil` if it is within.
    package func objection(to subject: AccessSubject, _ facts: SubjectFacts) -> Refusal? {
        switch scope {
        case .everything: return nil
        case .cases(let cases):
            if case .nobody = subject { return nil }
            switch subject {
            case .trainee(let id) where cases.contains(id), .enrolment(let id, _) where cases.contains(id): return nil
            default: return .caseNotAssigned
            }
        case .units(let units):
            switch subject {
            case .nobody: return nil
            case .trainee, .class, .enrolment: return facts.units.isDisjoint(with: units) ? .otherUnit : nil
            case .unit(let id): return units.contains(id) ? nil : .otherUnit
            case .everyone, .named: return .otherUnit
            }
        }
    }
}

extension Refusal: Error {}
