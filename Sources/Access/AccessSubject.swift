package import TrainingEvents

/// Whose record is asked for.
package enum AccessSubject: Hashable, Sendable {
    /// Nobody's: a question about the ledger itself.
    case nobody
    case trainee(String)
    case `class`(String)
    case unit(String)
    /// A trainee, as far as one class is concerned.
    case enrolment(trainee: String, class: String)
    /// Whatever has this ID: the ledger says which kind it is.
    case named(String)
    /// Everyone's at once.
    case everyone
}

/// The kind of an ``AccessSubject`` as the log of reads spells it.
package enum AccessSubjectKind: UInt8, CodeEnum {
    case trainee = 1
    case `class`
    case unit
    case everyone

    package static let codes = CodeNames<AccessSubjectKind>()
}

extension AccessSubject {
    /// The kind; `nil` for nobody, and as long as it is not known.
    package var kind: AccessSubjectKind? {
        switch self {
        case .nobody, .named: nil
        case .trainee, .enrolment: .trainee
        case .class: .class
        case .unit: .unit
        case .everyone: .everyone
        }
    }

    /// The ID, where there is one.
    package var id: String? {
        switch self {
        case .trainee(let id), .class(let id), .unit(let id), .named(let id), .enrolment(let id, _): id
        case .nobody, .everyone: nil
        }
    }
}

/// What the ledger knows of a subject, for the question whether it is within somebody's reach.
package struct SubjectFacts: Hashable, Sendable {
    /// Every ID of the trainee's person; the subject's own ID otherwise.
    package var ids: [String]
    /// The training units that the subject has to do with: of a trainee those of all classes they have to do with, of
    /// a class the one that holds it.
    package var units: Set<String>

    package init(ids: [String] = [], units: Set<String> = []) {
        self.ids = ids
        self.units = units
    }
}
