internal import Crypto

/// What somebody shows to be who they say they are: a name and a secret of 32 random bytes.
///
/// The ledger keeps only a hash of the secret. As the secret is random in full length, nobody finds it by trying.
package struct Credential: Sendable {
    /// The name of the principal.
    package let principal: String
    private let secret: [UInt8]

    private static let mark = "trainledger-credential"
    private static let secretLength = 32
    /// Bytes of a credential's file at most.
    package static let fileLimit = 1_024

    /// A new credential with a secret of the system's random numbers.
    package init(newFor principal: String) {
        var generator = SystemRandomNumberGenerator()
        self.init(
            principal: principal,
            secret: (0..<Self.secretLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    private init(principal: String, secret: [UInt8]) {
        self.principal = principal
        self.secret = secret
    }

    /// Reads the text of a credential's file: `trainledger-credential HEX NAME` and a newline.
    ///
    /// - Returns: `nil` for any other text; nothing of it is told.
    package init?(text: String) {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].isEmpty else { return nil }
        let words = parts[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == Self.mark, !words[2].isEmpty,
            let secret = Self.bytes(hexadecimal: words[1]), secret.count == Self.secretLength
        else { return nil }
        self.init(principal: String(words[2]), secret: secret)
    }

    /// The text of the credential's file, for its owner's eyes only.
    package var text: String { "\(Self.mark) \(Self.hexadecimal(secret)) \(principal)\n" }

    /// The hash that the log of grants holds: 64 hexadecimal digits.
    package var fingerprint: String {
        let content = Array("trainledger credential\n\(principal)\n".utf8) + secret
        return Self.hexadecimal(Array(SHA256.hash(data: content)))
    }

    /// Whether this is the credential with a fingerprint. Takes as long for one answer as for the other.
    func matches(_ fingerprint: String) -> Bool {
        let (own, other) = (Array(self.fingerprint.utf8), Array(fingerprint.utf8))
        guard own.count == other.count else { return false }
        return zip(own, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(hexadecimal text: Substring) -> [UInt8]? {
        let digits = text.utf8.map { digit -> UInt8? in
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
            default: nil
            }
        }
        let values = digits.compactMap(\.self)
        guard values.count == digits.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
