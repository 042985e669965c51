import Access
import CivilTime
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Synchronization
import Testing
import TrainingEvents

@testable import LedgerServer

/// A ledger with the coffee class under access control, a server of it, and a clock that is moved by hand.
struct ServerFixture: Sendable {
    let ledger: String
    let ticks: Ticks
    let client: any TestClientProtocol

    /// A clock that only goes forward, by hand.
    final class Ticks: Sendable {
        private let nanoseconds = Mutex<UInt64>(1_000_000_000_000_000)
        var now: UInt64 { nanoseconds.withLock { $0 } }

        func pass(seconds: UInt64) { nanoseconds.withLock { $0 += seconds * 1_000_000_000 } }
    }

    /// What a browser keeps between two requests.
    struct Browser: Sendable {
        var session = ""
        var headers: HTTPFields {
            [.cookie: "\(SessionFinding.cookieName)=\(session); \(SessionFinding.languageCookieName)=en"]
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let password = "correct horse battery"
    private static let time = Instant("2026-11-01T12:00:00+08:00") ?? .earliest

    static func with(_ work: @Sendable (ServerFixture) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let ledger = directory.path + "/ledger"
        try fill(ledger)
        let ticks = Ticks()
        let server = try LedgerServer(ServerOptions(ledger: ledger), now: { time }, ticks: { ticks.now })
        try await server.application().test(.router) { client in
            try await work(ServerFixture(ledger: ledger, ticks: ticks, client: client))
        }
    }

    private static func fill(_ ledger: String) throws {
        try LedgerWriter.create(ledger)
        let writer = try LedgerWriter(opening: ledger, now: { time })
        var importer = Importer(writer)
        _ = try importer.run([root.appending(path: "EventLogs/coffee-2026.jsonl").path])
        try writer.close()
        let officers = (Credential(newFor: "lin"), Credential(newFor: "wang"))
        try AccessAdministration.enable(ledger, officers: officers, now: time)
        for (name, role) in [("huang", Role.reviewer), ("audi", .auditor), ("op", .operator)] {
            let credential = Credential(newFor: name)
            try change(.principalAdded, name, ledger, officers) { $0.credential = credential.fingerprint }
            try change(.roleGranted, name, ledger, officers) { $0.role = role }
            try PasswordStore(of: ledger).set(
                password, by: credential, cost: PasswordHash.Cost(rounds: 1 << 10, parallelism: 1))
        }
        try change(.caseAssigned, "huang", ledger, officers) { $0.trainee = "T-COFFEE-01" }
    }

    private static func change(
        _ change: GrantChange, _ name: String, _ ledger: String, _ officers: (Credential, Credential),
        _ fill: (inout GrantEntry) -> Void
    ) throws {
        var entry = GrantEntry(change, name)
        fill(&entry)
        try AccessAdministration(of: ledger).change(
            entry, by: Caller(credential: officers.0, second: officers.1), now: { time })
    }

    func get(_ path: String, _ browser: Browser = Browser()) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: browser.headers)
    }

    func post(
        _ path: String, _ fields: String, _ browser: Browser = Browser(), site: String = "same-origin"
    ) async throws -> TestResponse {
        var headers = browser.headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        if let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = site }
        return try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: fields))
    }

    /// Signs in; the number of the session is in the cookie.
    func signIn(_ name: String, password: String = Self.password) async throws -> Browser {
        let encoded = password.replacing(" ", with: "+")
        let response = try await post("/sign-in", "name=\(name)&password=\(encoded)")
        let cookie = response.headers[.setCookie] ?? ""
        let start = cookie.range(of: "=")?.upperBound ?? cookie.startIndex
        return Browser(session: String(cookie[start...].prefix { $0 != ";" }))
    }

    /// The token that the forms of a session carry.
    func token(_ browser: Browser) async throws -> String {
        let page = String(buffer: try await get("/", browser).body)
        let mark = #"name="token" value=""#
        guard let start = page.range(of: mark)?.upperBound else { return "" }
        return String(page[start...].prefix { $0 != "\"" })
    }

    /// Says what it is for, and looks at a trainee.
    func look(_ trainee: String, _ browser: Browser) async throws -> TestResponse {
        let token = try await token(browser)
        _ = try await post("/look", "token=\(token)&purpose=case+12&trainee=\(trainee)", browser)
        return try await get("/trainees/\(trainee)", browser)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
