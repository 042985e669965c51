import Foundation
import Hummingbird
import Testing
import Transparency
import Yams

@testable import LedgerServer

@Suite("The committed description of the JSON interface")
struct OpenAPITests {
    private static let methods: Set<String> = ["get", "post", "put", "delete", "patch", "head", "options"]
    /// Routes of pages for people, which are no part of the interface.
    private static let pages = [
        "/assets", "/sign-in", "/sign-out", "/language", "/look", "/trainees", "/classes", "/rules", "/audit", "/work",
    ]

    @Test("names every route of the server that is no page, and no other")
    func routes() async throws {
        let text = try String(
            contentsOf: ServerFixture.root.appending(path: "docs/openapi.yaml"), encoding: .utf8)
        let paths = try #require(try Yams.compose(yaml: text)?["paths"]?.mapping)
        var described: Set<String> = []
        for (path, item) in paths {
            for method in item.mapping?.keys.compactMap(\.string) ?? [] where Self.methods.contains(method) {
                described.insert("\(method.uppercased()) \(path.string ?? "")")
            }
        }
        let expected = described
        try await ServerFixture.with { fixture in
            var options = ServerOptions(ledger: fixture.ledger)
            options.copyKey = SigningKey(generatingFor: "copies.example/a")
            let served = try LedgerServer.routes(of: options).filter { route in
                let path = route.split(separator: " ")[1]
                return path != "/" && !Self.pages.contains { path.hasPrefix($0 + "/") || path == $0 }
            }
            #expect(Set(served) == expected)
        }
    }

    @Test("gives every operation an ID of its own and says what happens to whoever may not")
    func operations() throws {
        let text = try String(
            contentsOf: ServerFixture.root.appending(path: "docs/openapi.yaml"), encoding: .utf8)
        let paths = try #require(try Yams.compose(yaml: text)?["paths"]?.mapping)
        var ids: [String] = []
        for (path, item) in paths {
            for (method, operation) in item.mapping ?? [:] where Self.methods.contains(method.string ?? "") {
                ids.append(operation["operationId"]?.string ?? "")
                let isOpen = operation["security"]?.sequence?.isEmpty == true
                let responses = operation["responses"]?.mapping?.keys.compactMap(\.string) ?? []
                #expect(isOpen || responses.contains("401"), "\(method.string ?? "") \(path.string ?? "")")
            }
        }
        #expect(Set(ids).count == ids.count && !ids.contains(""))
    }
}
