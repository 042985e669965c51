import Access
import CivilTime
import Foundation
import JWTKit

/// An identity provider whose tokens (OpenID Connect, RFC 7519) the server takes, by a file of its operator.
///
/// One algorithm, one issuer, one audience, and keys that stand in the file: nothing that a token says of keys, and no
/// address, is followed (RFC 8725).
package struct OpenIDProvider: Sendable {
    /// What the file says.
    private struct Configuration: Decodable {
        let issuer: String
        let audience: String
        /// `ES256`, `ES384`, `EdDSA`, `RS256` or `PS256`.
        let algorithm: String
        /// The claim that holds the name of the principal; `sub` by default.
        let claim: String?
        let keys: [JWK]
    }

    /// Why a file is not taken, in English.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    private let configuration: Configuration
    private let keys: JWTKeyCollection
    private static let algorithms: Set<String> = ["ES256", "ES384", "EdDSA", "RS256", "PS256"]
    /// Seconds by which clocks may differ.
    private static let leeway: TimeInterval = 60

    /// Reads the file: `{"issuer", "audience", "algorithm", "claim", "keys": [JWK, …]}`.
    ///
    /// - Throws: ``Fault``.
    package init(_ file: [UInt8]) async throws {
        do { configuration = try JSONDecoder().decode(Configuration.self, from: Data(file)) } catch {
            throw Fault(description: "it is no JSON object with issuer, audience, algorithm and keys (a list of JWK)")
        }
        guard Self.algorithms.contains(configuration.algorithm) else {
            throw Fault(description: "algorithm has to be one of \(Self.algorithms.sorted().joined(separator: ", "))")
        }
        guard !configuration.issuer.isEmpty, !configuration.audience.isEmpty else {
            throw Fault(description: "issuer and audience must not be empty")
        }
        keys = JWTKeyCollection()
        var count = 0
        for key in configuration.keys where key.algorithm?.rawValue == configuration.algorithm {
            do { try await keys.add(jwk: key) } catch {
                throw Fault(description: "a key cannot be used: each needs kid, alg and its numbers")
            }
            count += 1
        }
        guard count > 0 else { throw Fault(description: "no key has alg \(configuration.algorithm)") }
    }

    /// Who shows a token at an instant; `nil` if it is not a token of this provider for this audience, is not signed with
    /// a key of the file, or is not valid then.
    func signedIn(showing token: String, at now: Instant) async -> SignedIn? {
        guard let claims = try? await keys.verify(token, as: Claims.self) else { return nil }
        let seconds = TimeInterval(now.microseconds) / 1_000_000
        guard claims.issuer == configuration.issuer, claims.audiences.contains(configuration.audience),
            let expiry = claims.expiry, seconds < expiry + Self.leeway,
            (claims.notBefore ?? seconds) <= seconds + Self.leeway,
            let name = claims.texts[configuration.claim ?? "sub"], !name.isEmpty
        else { return nil }
        return SignedIn(vouchedFor: name)
    }
}

/// The claims of a token that count here.
private struct Claims: JWTPayload {
    /// Any name of a claim.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }

    let issuer: String?
    let audiences: [String]
    /// Seconds since 1970.
    let expiry: TimeInterval?
    let notBefore: TimeInterval?
    /// The claims that are texts.
    let texts: [String: String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var texts: [String: String] = [:]
        for key in container.allKeys {
            if let text = try? container.decode(String.self, forKey: key) { texts[key.stringValue] = text }
        }
        self.texts = texts
        issuer = texts["iss"]
        let audience = Key(stringValue: "aud")
        audiences = texts["aud"].map { [$0] } ?? (try? container.decode([String].self, forKey: audience)) ?? []
        expiry = try? container.decode(TimeInterval.self, forKey: Key(stringValue: "exp"))
        notBefore = try container.decodeIfPresent(TimeInterval.self, forKey: Key(stringValue: "nbf"))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, text) in texts { try container.encode(text, forKey: Key(stringValue: name)) }
    }

    /// What the claims have to say is asked by ``OpenIDProvider/signedIn(showing:at:)``, by the server's clock.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
