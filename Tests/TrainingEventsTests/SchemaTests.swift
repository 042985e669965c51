import Foundation
import Testing

@testable import TrainingEvents

/// Files of the package, found from this source file.
enum PackageFiles {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let schema = root.appending(path: "docs/events.proto")
    static let reader = root.appending(path: "Tools/read_segment.py")
}

@Suite("The published schema")
struct SchemaTests {
    @Test("is docs/events.proto, byte for byte; TRAINLEDGER_WRITE_SCHEMA=1 writes it")
    func published() throws {
        if ProcessInfo.processInfo.environment["TRAINLEDGER_WRITE_SCHEMA"] == "1" {
            try Data(EventSchema.text.utf8).write(to: PackageFiles.schema)
        }
        let file = try Data(contentsOf: PackageFiles.schema)
        #expect(file == Data(EventSchema.text.utf8), "docs/events.proto is not what the declarations say")
    }

    /// The declared lines of a type, facts and personal fields apart.
    private func collected(_ type: EventType) throws -> SchemaCollector {
        var collector = SchemaCollector()
        var body = EventBody(emptyOf: type)
        try body.visit(&collector)
        return collector
    }

    @Test(
        "numbers the fields of a message in ascending order, facts from 8 on, or 5 where a number is given",
        arguments: EventType.allCases)
    func ascending(type: EventType) throws {
        let collector = try collected(type)
        let givesNumber = [.unitRegistered, .classApproved, .traineeRegistered].contains(type)
        #expect((collector.facts.first?.number ?? 8) >= (givesNumber ? 5 : 8))
        for lines in [collector.facts, collector.personal] + collector.nested.map(\.lines) {
            for (earlier, later) in zip(lines, lines.dropFirst()) { #expect(earlier.number < later.number) }
            #expect(Set(lines.map(\.name)).count == lines.count)
        }
    }

    @Test("names no type twice and defines every type that it names")
    func closed() {
        let words = EventSchema.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let defined = words.filter { ["message", "enum"].contains($0.first) }.map { $0[1] }
        #expect(Set(defined).count == defined.count)
        let scalars: Set = ["string", "bytes", "bool", "uint32", "uint64", "sint32", "sint64"]
        var used = 0
        for line in words where line.contains("=") && line.count >= 4 && !["syntax"].contains(line[0]) {
            let isEnumValue = line[1] == "="
            if isEnumValue { continue }
            let type = ["optional", "repeated"].contains(line[0]) ? line[1] : line[0]
            #expect(scalars.contains(type) || defined.contains(type), "\(type) is not defined")
            used += 1
        }
        #expect(used > 250)
    }

    @Test("gives the codes of every vocabulary the numbers that the records hold")
    func vocabularies() {
        #expect(EventSchema.text.contains("\n  EventType_eventRetracted = 51;\n"))
        #expect(EventSchema.text.contains("\n  Category_registeredHomeless = 25;\n"))
        #expect(EventSchema.text.contains("\n  InsuranceScheme_nationalPension = 8;\n"))
        #expect(EventSchema.text.contains("\n  Seat_unspecified = 0;\n  Seat_subsidised = 1;\n"))
    }
}
