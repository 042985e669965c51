import Foundation
import Testing

@testable import TrainingEvents

@Suite("What the fields are in the sense of the law on personal data")
struct FieldCatalogueTests {
    private static let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/personal-data.md")
    private static let marks = ["<!-- fields begin -->\n", "<!-- fields end -->\n"]

    /// The rows of the table, one for every type.
    private static var table: String {
        let header = "| type | sealed (class) | kept | not personal |\n| --- | --- | --- | --- |\n"
        return header
            + EventType.allCases.map { type in
                let fields = FieldCatalogue.fields(of: type)
                let sealed = fields.compactMap { field in field.retention.map { "\(field.path) (\($0.name))" } }
                let kept = fields.filter { $0.sensitivity == .kept }.map(\.path)
                let others = fields.filter { $0.sensitivity == .notPersonal }.map(\.path)
                let cells = [sealed, kept, others].map { $0.isEmpty ? "–" : $0.joined(separator: ", ") }
                return "| `\(type.name)` | \(cells.joined(separator: " | ")) |\n"
            }.joined()
    }

    @Test("stands in docs/personal-data.md for every field of every type; TRAINLEDGER_WRITE_FIELDS=1 writes it")
    func document() throws {
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let start = try #require(text.range(of: Self.marks[0])).upperBound
        let end = try #require(text.range(of: Self.marks[1])).lowerBound
        if ProcessInfo.processInfo.environment["TRAINLEDGER_WRITE_FIELDS"] != nil {
            try text.replacingCharacters(in: start..<end, with: Self.table)
                .write(to: Self.document, atomically: true, encoding: .utf8)
        }
        #expect(text[start..<end] == Self.table, "docs/personal-data.md is not what the declarations say")
    }

    @Test("every text that a person can write freely is sealed")
    func freeText() {
        let free = ["reason", "note", "evidence", "legalBasis", "author", "handler", "text", "approvedBy"]
        for type in EventType.allCases {
            for field in FieldCatalogue.fields(of: type) where free.contains(field.path) {
                // The reason for leaving is a code of a vocabulary.
                let isCode = [.enrolmentWithdrawn, .enrolmentExpelled, .payoutRevoked].contains(type)
                #expect((field.retention != nil) == !isCode, "\(type.name) \(field.path)")
            }
        }
    }

    @Test("every example's fields are in the catalogue, each once", arguments: EventExample.all)
    func complete(example: EventExample) throws {
        let type = try #require(EventType(named: example.type))
        let paths = FieldCatalogue.fields(of: type).map(\.path)
        #expect(Set(paths).count == paths.count)
        guard case .object(let members) = try JSONParser.parse(example.full) else { return }
        for member in members {
            #expect(
                paths.contains { $0 == member.key || $0.hasPrefix(member.key + ".") }, "\(type.name) \(member.key)")
        }
    }

    @Test("a personal text in a record is a text, a sealed one or a destroyed one, and nothing else is taken")
    func forms() throws {
        let sealed = SealedText(
            .identity, keyVersion: 1, keyPlace: 7, nonce: [UInt8](repeating: 1, count: 12),
            ciphertext: [UInt8](repeating: 2, count: 16), tag: [UInt8](repeating: 3, count: 16))
        for text in [PersonalText.plain("王"), .sealed(sealed), .erased] {
            var fields = TraineeRegistered()
            fields.fields.birthDate = .placeholder
            fields.fields.sex = .female
            fields.fields.nationality = .national
            fields.fields.name = text
            let event = Event(
                envelope: Envelope(source: "/s", id: "e", time: .placeholder, recordedTime: .placeholder),
                subject: .newTrainee("T"), body: .traineeRegistered(fields))
            let bytes = try event.encoded()
            #expect(try Event(decoding: bytes) == event)
            guard text != .plain("王") else { continue }
            // A sealed text is the last thing in this record: one byte more or less, another class or no version.
            let place = try #require(bytes.lastIndex { $0 >= 0xFE })
            for (offset, value) in [(1, UInt8(0)), (1, 99), (2, 0)] where place + offset < bytes.count {
                var other = bytes
                other[place + offset] = value
                #expect(throws: EventError.self) { try Event(decoding: other) }
            }
            #expect(throws: EventError.self) { try Event(decoding: Array(bytes.dropLast())) }
        }
    }
}
