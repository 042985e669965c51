internal import Crypto
internal import CryptoExtras
internal import Foundation

/// A password as it is kept: a salted scrypt hash with its costs, `scrypt$N$r$p$salt$hash` in hexadecimal digits.
///
/// scrypt (RFC 7914) costs whoever tries passwords memory as well as time. The costs stand in the text, so that higher
/// ones can follow.
package struct PasswordHash: Hashable, Sendable {
    /// How dear a guess is: 64 MiB and 2 passes of it, an even trade for OWASP's 128 MiB and one.
    package struct Cost: Hashable, Sendable {
        package let rounds: Int
        package let parallelism: Int

        package init(rounds: Int, parallelism: Int) {
            self.rounds = rounds
            self.parallelism = parallelism
        }

        package static let usual = Cost(rounds: 1 << 16, parallelism: 2)
    }

    /// Characters of a password at least and at most: long ones are bounded so that none costs more to refuse.
    package static let lengths = 12...128
    private static let blockSize = 8
    private static let saltLength = 16
    private static let hashLength = 32

    private let cost: Cost
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// The hash of a new password, with a salt of the system's random numbers.
    ///
    /// - Returns: `nil` for a password of a length that is not taken.
    package init?(of password: String, cost: Cost = .usual) {
        guard Self.lengths.contains(password.count) else { return nil }
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        guard let hash = Self.derive(password, salt, cost) else { return nil }
        (self.cost, self.salt, self.hash) = (cost, salt, hash)
    }

    /// Reads the kept text; `nil` for any other.
    package init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), parts[2] == "\(Self.blockSize)",
            let parallelism = Int(parts[3]), (2...1 << 20).contains(rounds), rounds.nonzeroBitCount == 1,
            (1...16).contains(parallelism), let salt = Hexadecimal.bytes(parts[4]), salt.count == Self.saltLength,
            let hash = Hexadecimal.bytes(parts[5]), hash.count == Self.hashLength
        else { return nil }
        (cost, self.salt, self.hash) = (Cost(rounds: rounds, parallelism: parallelism), salt, hash)
    }

    /// The text that is kept.
    package var text: String {
        "scrypt$\(cost.rounds)$\(Self.blockSize)$\(cost.parallelism)$\(Hexadecimal.text(salt))$\(Hexadecimal.text(hash))"
    }

    /// Whether this is the hash of a password. Takes the time that the costs say, and as long for one answer as for the
    /// other.
    package func matches(_ password: String) -> Bool {
        guard Self.lengths.contains(password.count), let other = Self.derive(password, salt, cost) else { return false }
        return zip(hash, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost) -> [UInt8]? {
        let key = try? KDF.Scrypt.deriveKey(
            from: Array(password.precomposedStringWithCanonicalMapping.utf8), salt: salt, outputByteCount: hashLength,
            rounds: cost.rounds, blockSize: blockSize, parallelism: cost.parallelism)
        return key?.withUnsafeBytes { Array($0) }
    }
}

/// Somebody who signed in: proof for a ``Caller`` that stands for a checked password or token.
package struct SignedIn: Hashable, Sendable {
    package let principal: String

    /// - Returns: `nil` if the password is another one.
    package init?(_ principal: String, password: String, _ hash: PasswordHash) {
        guard hash.matches(password) else { return nil }
        self.principal = principal
    }

    /// Somebody for whom an identity provider vouches, whose signed token was checked before this is made.
    package init(vouchedFor principal: String) { self.principal = principal }
}
