/// The types of events (contract, section 1.1). The number is the wire number: never reused, only added to.
package enum EventType: UInt8, CaseIterable, Sendable {
    case unitRegistered = 1
    case unitAmended
    case classApproved
    case classAmended
    case classScheduled
    case classCancelled
    case classClosed
    case traineeRegistered
    case traineeAmended
    case traineeLinked
    case traineeUnlinked
    case traineeErased
    case holdPlaced
    case holdReleased
    case identityCertified
    case identityRevoked
    case affidavitFiled
    case insuranceVerified
    case jobSearchRegistered
    case workReported
    case referralIssued
    case benefitRecorded
    case applicationSubmitted
    case applicationWithdrawn
    case applicationRefused
    case selectionScored
    case enrolmentAdmitted
    case feePaid
    case feeRefunded
    case enrolmentStarted
    case enrolmentForfeited
    case leaveRequested
    case leaveApproved
    case leaveRejected
    case attendanceRecorded
    case enrolmentWithdrawn
    case enrolmentExpelled
    case enrolmentCompleted
    case surveySubmitted
    case allowanceApplied
    case payoutMade
    case payoutRevoked
    case repaymentReceived
    case enforcementReferred
    case inspectionEvaded
    case complaintFiled
    case appealFiled
    case appealDecided
    case decisionIssued
    case rulebookAdopted
    case eventRetracted

    /// The name in CloudEvents, `enrolment.started`.
    package var name: String { Self.names[Int(rawValue) - 1] }

    /// The type with this name.
    package init?(named name: String) {
        guard let type = Self.byName[name] else { return nil }
        self = type
    }

    /// All names, in the order of their numbers.
    package static let names: [String] = allCases.map { dotted(String(describing: $0)) }

    private static let places = NameTable(names)

    /// The type with the name that this text is.
    init?(named name: JSONNode) {
        guard let place = Self.places.place(of: name) else { return nil }
        self.init(rawValue: UInt8(place + 1))
    }

    private static let byName: [String: EventType] = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.name, $0) })

    /// `jobSearchRegistered` is `jobSearch.registered`: the last word is what happened.
    private static func dotted(_ name: String) -> String {
        guard let last = name.lastIndex(where: \.isUppercase) else { return name }
        return name[..<last] + "." + name[last...].lowercased()
    }

    /// What the events of this type are about.
    package var subjectForm: SubjectForm {
        switch self {
        case .unitRegistered: .introducesUnit
        case .unitAmended: .unit
        case .classApproved: .introducesClass
        case .classAmended, .classScheduled, .classCancelled, .classClosed: .class
        case .traineeRegistered: .introducesTrainee
        case .complaintFiled: .unitOrClass
        case .rulebookAdopted: .rulebook
        case .eventRetracted: .any
        default: .trainee
        }
    }
}

/// What a subject may be.
package enum SubjectForm: Sendable {
    case trainee, `class`, unit, rulebook
    case introducesTrainee, introducesClass, introducesUnit
    /// A unit or a class (complaints).
    case unitOrClass
    /// The subject of another event (retractions).
    case any
}

/// What an event is about.
package enum Subject: Hashable, Sendable {
    case trainee(TraineeNumber)
    case `class`(ClassNumber)
    case unit(UnitNumber)
    case rulebook(String)
    case newTrainee(String)
    case newClass(String)
    case newUnit(String)

    /// The ID as JSON carries it.
    package func id(in registry: Registry) -> String {
        switch self {
        case .trainee(let number): number.id(in: registry)
        case .class(let number): number.id(in: registry)
        case .unit(let number): number.id(in: registry)
        case .rulebook(let id), .newTrainee(let id), .newClass(let id), .newUnit(let id): id
        }
    }
}
