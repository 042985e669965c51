import Foundation
import HTTPTypes
import JWTKit
import Testing

@testable import LedgerServer

@Suite("Tokens of an OpenID provider")
struct OpenIDTests {
    private struct Token: JWTPayload {
        var iss: String? = "https://id.example"
        var aud: String? = "trainledger"
        var sub: String? = "huang"
        var exp: Int? = 1_793_505_660
        var nbf: Int?

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    // The fixture's time is 2026-11-01T12:00:00+08:00, 1793505600.
    private static let now = 1_793_505_600

    private struct Issuer {
        let key = ES256PrivateKey()
        let keys = JWTKeyCollection()

        init(kid: String = "k1") async { await keys.add(ecdsa: key, kid: .init(string: kid)) }

        func sign(_ token: Token) async throws -> String { try await keys.sign(token, kid: "k1") }

        func configuration(algorithm: String = "ES256") throws -> [UInt8] {
            let parameters = try #require(key.publicKey.parameters)
            func url(_ text: String) -> String {
                text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            }
            return Array(
                """
                {"issuer":"https://id.example","audience":"trainledger","algorithm":"\(algorithm)","keys":[{"kty":"EC",\
                "crv":"P-256","alg":"ES256","kid":"k1","x":"\(url(parameters.x))","y":"\(url(parameters.y))"}]}
                """.utf8)
        }
    }

    private func status(of token: String, _ fixture: ServerFixture) async throws -> Int {
        try await fixture.raw(
            "/balances/T-COFFEE-01", .get, nil, ["Authorization": "Bearer \(token)", "Purpose": "case"]
        ).status.code
    }

    @Test("sign in whom they name, if everything about them is right, up to the last minute")
    func tokens() async throws {
        let (issuer, stranger) = (await Issuer(), await Issuer())
        let provider = try await OpenIDProvider(try issuer.configuration())
        try await ServerFixture.with(openID: provider) { fixture throws in
            #expect(try await status(of: try await issuer.sign(Token()), fixture) == 200)
            let leeway = Self.now - 59
            #expect(try await status(of: try await issuer.sign(Token(exp: leeway)), fixture) == 200)
            #expect(try await status(of: try await issuer.sign(Token(nbf: Self.now + 60)), fixture) == 200)
            let wrong = [
                Token(iss: "https://other.example"), Token(aud: "another"), Token(exp: Self.now - 60), Token(exp: nil),
                Token(nbf: Self.now + 61), Token(iss: nil), Token(aud: nil), Token(sub: nil), Token(sub: ""),
            ]
            for token in wrong {
                #expect(try await status(of: try await issuer.sign(token), fixture) == 401, "\(token)")
            }
            #expect(try await status(of: try await stranger.sign(Token()), fixture) == 401, "another key")
            // Whom the ledger does not know, or who may not, is denied by its gate, which writes that down.
            #expect(try await status(of: try await issuer.sign(Token(sub: "nobody")), fixture) == 403)
            #expect(try await status(of: try await issuer.sign(Token(sub: "op")), fixture) == 403)
        }
    }

    @Test("are not taken unsigned, cut short, or where no provider was named")
    func forgeries() async throws {
        let issuer = await Issuer()
        let provider = try await OpenIDProvider(try issuer.configuration())
        let token = try await issuer.sign(Token())
        let parts = token.split(separator: ".").map(String.init)
        let none = Data(#"{"alg":"none","typ":"JWT","kid":"k1"}"#.utf8).base64EncodedString().replacing("=", with: "")
        try await ServerFixture.with(openID: provider) { fixture throws in
            for forged in [
                "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1]).", "..", "a.b.c",
            ] {
                #expect(try await status(of: forged, fixture) == 401, "\(forged.prefix(20))")
            }
        }
        try await ServerFixture.with { fixture throws in #expect(try await status(of: token, fixture) == 401) }
    }

    @Test("need a configuration that names one algorithm and has a key of it")
    func configurations() async throws {
        let issuer = await Issuer()
        for bytes in [
            Array("{}".utf8), [], try issuer.configuration(algorithm: "none"),
            try issuer.configuration(algorithm: "RS256"),
        ] {
            await #expect(throws: OpenIDProvider.Fault.self) { _ = try await OpenIDProvider(bytes) }
        }
    }
}
