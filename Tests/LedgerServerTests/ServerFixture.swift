import Access
import CivilTime
import Foundation
import HTTPTypes
import Hummingbird
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
    let client: ServerClient
    /// The credentials of everybody, by name.
    let credentials: [String: Credential]

    /// A clock that only goes forward, by hand.
    final class Ticks: Sendable {
        private let nanoseconds = Mutex<UInt64>(1_000_000_000_000_000)
        var now: UInt64 { nanoseconds.withLock { $0 } }

        func pass(seconds: UInt64) { nanoseconds.withLock { $0 += seconds * 1_000_000_000 } }
    }

    /// What a browser keeps between two requests.
    struct Browser: Sendable {
        var session = ""
        var language = "en"
        var headers: HTTPFields {
            [.cookie: "\(SessionFinding.cookieName)=\(session); \(SessionFinding.languageCookieName)=\(language)"]
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let password = "correct horse battery"
    static let time = Instant("2026-11-01T12:00:00+08:00") ?? .earliest

    static func with(
        openID: OpenIDProvider? = nil, setting: (inout ServerOptions) -> Void = { _ in },
        _ work: @Sendable (ServerFixture) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let ledger = directory.path + "/ledger"
        let credentials = try fill(ledger)
        let ticks = Ticks()
        var options = ServerOptions(ledger: ledger)
        options.openID = openID
        setting(&options)
        let server = try LedgerServer(options, now: { time }, ticks: { ticks.now })
        try await work(
            ServerFixture(ledger: ledger, ticks: ticks, client: ServerClient(of: server), credentials: credentials))
    }

    private static func fill(_ ledger: String) throws -> [String: Credential] {
        try LedgerWriter.create(ledger)
        let writer = try LedgerWriter(opening: ledger, now: { time })
        var importer = Importer(writer)
        _ = try importer.run([root.appending(path: "EventLogs/coffee-2026.jsonl").path])
        try writer.close()
        let officers = (Credential(newFor: "lin"), Credential(newFor: "wang"))
        try AccessAdministration.enable(ledger, officers: officers, now: time)
        var credentials: [String: Credential] = [:]
        let people: [(String, Role, unit: String?)] = [
            ("huang", .reviewer, nil), ("audi", .auditor, nil), ("op", .operator, nil), ("chen", .clerk, nil),
            ("other", .clerk, "U-ELSEWHERE"),
        ]
        for (name, role, unit) in people {
            let credential = Credential(newFor: name)
            credentials[name] = credential
            try change(.principalAdded, name, ledger, officers) { $0.credential = credential.fingerprint }
            try change(.roleGranted, name, ledger, officers) { ($0.role, $0.unit) = (role, unit) }
            try PasswordStore(of: ledger).set(
                password, by: credential, cost: PasswordHash.Cost(rounds: 1 << 10, parallelism: 1))
        }
        try change(.caseAssigned, "huang", ledger, officers) { $0.trainee = "T-COFFEE-01" }
        return credentials
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

    func get(_ path: String, _ browser: Browser = Browser()) async throws -> ServerAnswer {
        try await client.execute(uri: path, method: .get, headers: browser.headers)
    }

    func post(
        _ path: String, _ fields: String, _ browser: Browser = Browser(), site: String = "same-origin"
    ) async throws -> ServerAnswer {
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
    func look(_ trainee: String, _ browser: Browser) async throws -> ServerAnswer {
        let token = try await token(browser)
        _ = try await post("/look", "token=\(token)&purpose=case+12&trainee=\(trainee)", browser)
        return try await get("/trainees/\(trainee)", browser)
    }
}

extension ServerAnswer {
    var text: String { String(buffer: body) }
}

extension ServerFixture {
    /// The header by which a program shows a credential.
    func token(of name: String) -> String {
        "Bearer " + Data((credentials[name]?.text ?? "").utf8).base64EncodedString()
    }

    /// A request of the JSON interface, for a case.
    func ask(
        _ path: String, by name: String, method: HTTPRequest.Method = .get, body: String? = nil,
        _ more: [String: String] = [:]
    ) async throws -> ServerAnswer {
        var fields = ["Authorization": token(of: name), "Purpose": "case%2012"]
        if body != nil { fields["Content-Type"] = "application/cloudevents+json" }
        return try await raw(path, method, body, fields.merging(more) { $1 })
    }

    /// A request with these headers and no others.
    func raw(
        _ path: String, _ method: HTTPRequest.Method = .get, _ body: String? = nil, _ fields: [String: String]
    ) async throws -> ServerAnswer {
        var headers = HTTPFields()
        for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
        return try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }

    /// An event that registers somebody, as a CloudEvent.
    static func registration(_ id: String, of trainee: String, born: String = "1990-01-01") -> String {
        """
        {"specversion":"1.0","id":"\(id)","source":"/test","type":"trainee.registered","subject":"\(trainee)",\
        "time":"2026-06-01T09:00:00+08:00","data":{"birthDate":"\(born)","sex":"female","nationality":"national"}}
        """
    }

    /// A request of somebody, for the ledger itself.
    func request(_ operation: Access.Operation, by name: String) -> AccessRequest {
        AccessRequest(operation, by: Caller(credential: credentials[name], purpose: "test"), now: { Self.time })
    }

    /// How many events the ledger holds.
    func head() throws -> UInt64 { try LedgerReader.head(of: ledger) }
}

extension ServerAnswer {
    /// A header field.
    func header(_ name: HTTPField.Name) -> String? { headers[name] }

    /// The body as JSON.
    var json: JSONValue {
        (try? JSONParser.parse(text)) ?? .null
    }
}
