import Foundation
import TrainingEvents
import Yams

/// What is wrong with a case file itself.
struct CorpusError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension Node {
    /// The node as JSON: plain whole numbers, `true`, `false` and `null` are read as such, everything else is text.
    var json: JSONValue {
        switch self {
        case .scalar(let scalar):
            guard scalar.style == .plain else { return .string(scalar.string) }
            switch scalar.string {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "null", "~", "": return .null
            default: return Int64(scalar.string).map { .integer($0) } ?? .string(scalar.string)
            }
        case .sequence(let sequence): return .array(sequence.map(\.json))
        case .mapping(let mapping):
            return .object(mapping.map { JSONValue.Member($0.key.string ?? "", $0.value.json) })
        case .alias: return .null
        }
    }
}

extension JSONValue {
    var scalar: String? {
        if case .string(let text) = self { return text }
        if case .integer(let number) = self { return "\(number)" }
        return nil
    }

    var elements: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }

    var integer: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }

    /// The same with other members in place of those with their keys, or added.
    func with(_ key: String, _ value: JSONValue?) -> JSONValue {
        let rest = (members ?? []).filter { $0.key != key }
        return .object(rest + (value.map { [Member(key, $0)] } ?? []))
    }

    /// Members in the order of their keys, all the way down, so that equal objects are equal.
    var sorted: JSONValue {
        switch self {
        case .object(let members):
            .object(members.map { Member($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
        case .array(let elements): .array(elements.map(\.sorted))
        default: self
        }
    }
}

/// The case files beside this one.
struct CorpusFile {
    let name: String
    let clause: String
    let cases: [JSONValue]

    static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

    static func names(prefix: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path)
            .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("Common") && $0.hasPrefix(prefix) }.sorted()
    }

    init(named name: String) throws {
        self.name = name
        let file = try Self.load(name)
        clause = file["clause"]?.scalar ?? ""
        cases = file["cases"]?.elements ?? []
    }

    /// The lists of events that cases begin with, by name.
    static func common() throws -> [String: [JSONValue]] {
        var lists: [String: [JSONValue]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        where name.hasPrefix("Common") && name.hasSuffix(".yaml") {
            for member in try load(name).members ?? [] {
                guard lists[member.key] == nil else { throw CorpusError("\(name): \(member.key) stands twice") }
                lists[member.key] = member.value.elements ?? []
            }
        }
        return lists
    }

    private static func load(_ name: String) throws -> JSONValue {
        let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
        do {
            guard let node = try Yams.compose(yaml: text, .basic) else { throw CorpusError("\(name): empty") }
            return node.json
        } catch {
            throw CorpusError("\(name): \(error)")
        }
    }
}
