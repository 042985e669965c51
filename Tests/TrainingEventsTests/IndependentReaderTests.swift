import Foundation
import Testing

@testable import TrainingEvents

/// Tools/read_segment.py with the records of a log, in hexadecimal lines.
enum IndependentReader {
    struct Output {
        var status: Int32
        var text: String
        var error: String
    }

    /// Why the reader cannot be run here; `nil` where it can.
    static let obstacle: String? = {
        guard let output = try? run(["-c", "import google.protobuf"], input: "") else {
            return "no /usr/bin/env python3"
        }
        if output.status == 0 { return nil }
        let reason = "the independent reader is not tested: python3 with google.protobuf is missing (\(output.error))"
        print(reason)
        return reason
    }()

    static func read(_ records: [[UInt8]]) throws -> Output {
        let lines = records.map { record in
            record.map { byte in byte < 16 ? "0\(String(byte, radix: 16))" : String(byte, radix: 16) }.joined()
        }
        return try run([PackageFiles.reader.path, "--records", "-"], input: lines.joined(separator: "\n"))
    }

    private static func run(_ arguments: [String], input: String) throws -> Output {
        let folder = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, not pipes: a pipe that nobody empties would block the reader.
        for name in ["in", "out", "err"] {
            try Data(name == "in" ? Array(input.utf8) : []).write(to: folder.appending(path: name))
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        try process.run()
        process.waitUntilExit()
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
        }
        return Output(status: process.terminationStatus, text: try text("out"), error: try text("err"))
    }
}

@Suite("The independent reader in Python", .enabled(if: IndependentReader.obstacle == nil))
struct IndependentReaderTests {
    /// Registrations that give the IDs of ``TestDoor`` their numbers, and every example after them.
    private func log() throws -> (events: [Event], registry: Registry) {
        var events: [Event] = []
        let introductions = [
            ("unit.registered", ["U-0", "U-1"]), ("class.approved", ["C-0", "C-1"]),
            ("trainee.registered", ["T-1000", "T-1001", "T-1002"]),
        ]
        for (type, ids) in introductions {
            for id in ids {
                var event = try TestDoor.event(.of(type), EventExample.of(type).minimal)
                event.subject =
                    type == "unit.registered"
                    ? .newUnit(id) : type == "class.approved" ? .newClass(id) : .newTrainee(id)
                events.append(event)
            }
        }
        for example in EventExample.all {
            for data in example.each {
                var event = try TestDoor.event(example, data)
                // The second time an ID is introduced it is another one.
                switch event.subject {
                case .newUnit(let id): event.subject = .newUnit("\(id)-\(events.count)")
                case .newClass(let id): event.subject = .newClass("\(id)-\(events.count)")
                case .newTrainee(let id): event.subject = .newTrainee("\(id)-\(events.count)")
                default: break
                }
                events.append(event)
            }
        }
        let odd = try TestDoor.event(
            .of("class.cancelled"), #"{"on":"2999-12-31","reason":"\"\\/\n\t\u2028é臺😀\u200b"}"#)
        events.append(odd)
        for text in [
            "1868-01-01T00:00:00+08:00", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z",
            "2999-12-31T23:59:59.999999+08:00",
        ] {
            var event = odd
            event.envelope.time = instant(text)
            events.append(event)
        }
        for (subject, data) in [("C-0", "first"), ("U-1", "x"), ("cap-2025", "y"), ("T-1000", "z")] {
            events.append(
                try TestDoor.read(
                    TestDoor.line(
                        "event.retracted", subject,
                        data: #"{"retractsSource":"s","retractsId":"\#(data)","reason":"r"}"#)))
        }
        var registry = Registry()
        for event in events { registry.note(event.subject) }
        return (events, registry)
    }

    @Test("prints the same JSON for every event type")
    func sameJSON() throws {
        let (events, registry) = try log()
        let output = try IndependentReader.read(events.map { try $0.encoded() })
        #expect(output.status == 0, "\(output.error)")
        let lines = output.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.count == events.count + 1)
        for (position, event) in events.enumerated() where position < lines.count {
            #expect(lines[position] == event.json(sequence: UInt64(position), registry: registry).text)
        }
    }

    @Test("prints the same JSON when every personal part is destroyed")
    func withoutPersonalParts() throws {
        let (events, registry) = try log()
        let records = try events.map { try RecordTests.withoutPersonalPart($0.encoded()) }
        let output = try IndependentReader.read(records)
        #expect(output.status == 0, "\(output.error)")
        let lines = output.text.split(separator: "\n").map(String.init)
        #expect(lines.count == events.count)
        for (position, record) in records.enumerated() where position < lines.count {
            let event = try Event(decoding: record)
            #expect(lines[position] == event.json(sequence: UInt64(position), registry: registry).text)
        }
        #expect(!output.text.contains("A123456789"))
    }

    @Test(
        "refuses what our decoder refuses: other spellings of the same event",
        arguments: [
            "an unknown field", "fields in another order", "subject 0 written out", "a number longer than it need be",
            "type 52", "a field twice", "a tail",
        ])
    func refused(name: String) throws {
        let output = try IndependentReader.read([try #require(RecordTests.otherSpellings[name])])
        #expect(output.status == 65)
        #expect(output.text.isEmpty)
    }
}
