internal import Crypto
import Foundation
package import TrainingEvents

/// Whose personal data a key seals.
package struct KeyOwner: Hashable, Sendable {
    /// What has keys.
    package enum Kind: UInt8, Sendable {
        case trainee = 1
        case `class`
        case unit
        /// The ledger itself: texts about officials, and about rulebooks.
        case ledger
    }

    package let kind: Kind
    /// The ID, not a number of the ledger: numbers are given anew where events are recorded again.
    package let id: String

    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    /// The owner of the ledger's own keys.
    package static let ledger = KeyOwner(.ledger, "")

    /// The owner of the key that seals the texts of a class in an event about this subject.
    package init(of subject: Subject, id: String, _ retention: RetentionClass) {
        switch subject {
        case _ where retention == .office: self = .ledger
        case .trainee, .newTrainee: self.init(.trainee, id)
        case .class, .newClass: self.init(.class, id)
        case .unit, .newUnit: self.init(.unit, id)
        case .rulebook: self = .ledger
        }
    }
}

/// An owner as keys and register name it: HMAC-SHA-256 under a key of this ledger's own, so that neither tells who it is.
struct OwnerDigest: Hashable, Sendable {
    static let length = 32
    let bytes: [UInt8]

    init(_ owner: KeyOwner, under key: SymmetricKey) {
        let message = [owner.kind.rawValue] + Array(owner.id.utf8)
        bytes = Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }

    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = Array(bytes)
    }
}
