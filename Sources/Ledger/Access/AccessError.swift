package import Access
import TrainingEvents

/// Why a request was not answered, as data.
package struct AccessError: Error, Hashable, Sendable {
    /// The causes.
    package enum Code: Hashable, Sendable {
        /// The request was denied, and the denial recorded.
        case denied(Refusal)
        /// A change of the grants was not taken.
        case notChanged(GrantObjection)
        /// The logs of access are not beside the ledger, or belong to another one.
        case logsMissing
        /// The logs of access, or the file that says that there are some, are not as they were written.
        case damaged
        /// The request could not be written down; nothing was answered.
        case notLogged
        /// A file that should hold a credential holds none, or others may read it.
        case unreadableCredential
        /// Access control is on already, or not on.
        case wrongState
    }

    package let code: Code
    /// One sentence in English.
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// A denial. It does not tell whether there is what was asked for.
    init(_ refusal: Refusal, _ operation: Operation) {
        self.init(.denied(refusal), "\(operation.name) is denied: \(Self.sentence(refusal))")
    }

    private static func sentence(_ refusal: Refusal) -> String {
        switch refusal {
        case .noCredential: "this ledger is under access control; show a credential (--credential FILE)"
        case .unknownPrincipal: "the credential is not known here"
        case .roleNotHeld: "the role is not one of yours"
        case .notPermitted: "no role of yours may do this"
        case .caseNotAssigned: "no case of this trainee is assigned to you"
        case .otherUnit: "this is not about your training units; name a class, trainee or unit of yours"
        case .secondPersonMissing: "a second person has to agree (--second FILE)"
        case .secondPersonNotPermitted: "the second person has to be another one who may do this too"
        case .purposeMissing: "say what it is needed for (--purpose TEXT), such as the number of a case"
        }
    }

    /// The exit status of a command that ends on this error (sysexits).
    package var exitStatus: Int32 {
        switch code {
        case .denied: 77
        case .notChanged, .wrongState: 1
        case .logsMissing: 66
        case .damaged: 65
        case .notLogged: 74
        case .unreadableCredential: 66
        }
    }
}
