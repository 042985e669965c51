import EventLog
import Foundation
import Ledger
import TrainingEvents

/// The few calls to etcd that a lease takes (API version 3 in JSON: keys and values in base64, numbers as text).
struct EtcdCalls: Sendable {
    /// What has to be so for a change to take place.
    enum Condition {
        case isAbsent(String)
        /// The key was made in this revision.
        case wasMade(String, String)
        /// The key was changed last in this revision; 0 if it is not there.
        case hasRevision(String, String)
    }

    private let http = BlockingHTTP(patience: 2)
    private let address: URL

    /// - Throws: `input` if the address is none.
    init(_ address: String) throws(LedgerError) {
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host != nil else {
            throw .input(path: "--lease", reason: "it takes the address of etcd, such as http://127.0.0.1:2379")
        }
        self.address = url
    }

    /// Makes a lease; its ID.
    func grant(seconds: Int) throws(LogError) -> String {
        let answer = try call("lease/grant", .members(["TTL": .number(seconds)]))
        guard let id = Self.text(answer["ID"]) else { throw Self.malformed }
        return id
    }

    /// Renews a lease; the seconds it has then, 0 if it is gone.
    func keepAlive(_ lease: String) throws(LogError) -> Int {
        let answer = try call("lease/keepalive", .members(["ID": .string(lease)]))
        guard let result = answer["result"] else { throw Self.malformed }
        return Self.text(result["TTL"]).flatMap { Int($0) } ?? 0
    }

    /// Gives a lease back, with the keys that go with it.
    func revoke(_ lease: String) throws(LogError) {
        _ = try call("lease/revoke", .members(["ID": .string(lease)]))
    }

    /// A key's value and the revision in which it was changed last; `nil` if it is not there.
    func value(_ key: String) throws(LogError) -> (text: String, revision: String)? {
        let answer = try call("kv/range", .members(["key": .string(Self.encoded(key))]))
        guard case .array(let found)? = answer["kvs"], let first = found.first else { return nil }
        guard let revision = Self.text(first["mod_revision"]), let value = Self.text(first["value"]),
            let bytes = Data(base64Encoded: value), let text = String(data: bytes, encoding: .utf8)
        else { throw Self.malformed }
        return (text, revision)
    }

    /// Puts values if all conditions hold, in one step.
    ///
    /// - Returns: the revision of the change; `nil` if a condition does not hold.
    func change(
        if conditions: [Condition], put values: [(key: String, value: String)], lease: String? = nil
    ) throws(LogError) -> String? {
        let puts = values.map { key, value in
            JSONValue.members([
                "requestPut": .members([
                    "key": .string(Self.encoded(key)), "value": .string(Self.encoded(value)),
                    "lease": lease.map { .string($0) },
                ])
            ])
        }
        let answer = try call(
            "kv/txn", .members(["compare": .array(conditions.map(Self.json)), "success": .array(puts)]))
        guard case .bool(true)? = answer["succeeded"] else { return nil }
        guard let revision = Self.text(answer["header"]?["revision"]) else { throw Self.malformed }
        return revision
    }

    private static func json(_ condition: Condition) -> JSONValue {
        let (key, target, field, revision) =
            switch condition {
            case .isAbsent(let key): (key, "CREATE", "createRevision", "0")
            case .wasMade(let key, let revision): (key, "CREATE", "createRevision", revision)
            case .hasRevision(let key, let revision): (key, "MOD", "modRevision", revision)
            }
        return .members([
            "key": .string(encoded(key)), "target": .string(target), "result": .string("EQUAL"),
            field: .string(revision),
        ])
    }

    private static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func text(_ json: JSONValue?) -> String? {
        if case .string(let text)? = json { text } else { nil }
    }

    private func call(_ name: String, _ question: JSONValue) throws(LogError) -> JSONValue {
        let answer = try http.send(
            address.appending(path: "v3/\(name)"), method: "POST", headers: ["Content-Type": "application/json"],
            body: Array(question.text.utf8))
        guard answer.status == 200 else {
            throw LogError(.inputOutput(EREMOTEIO), "etcd answers \(name) with status \(answer.status)")
        }
        do throws(EventError) { return try JSONParser.parse(String(decoding: answer.body, as: UTF8.self)) } catch {
            throw Self.malformed
        }
    }

    private static let malformed = LogError(.inputOutput(EPROTO), "etcd's answer is not as expected")
}
