import Foundation
import Testing

/// The style that a test can hold.
@Suite("The sources keep the rules of the house")
struct TidyTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func files(under folder: String) throws -> [(name: String, text: String)] {
        let base = root.appending(path: folder)
        let paths = try #require(FileManager.default.enumerator(atPath: base.path)).compactMap { $0 as? String }
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map {
            ("\(folder)/\($0)", try String(contentsOf: base.appending(path: $0), encoding: .utf8))
        }
    }

    @Test("a file has at most 400 lines", arguments: ["Sources", "Tests"])
    func length(folder: String) throws {
        for (name, text) in try Self.files(under: folder) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(lines <= 400, "\(name) has \(lines) lines")
        }
    }

    @Test("Histories and Decisions know no Foundation, clock, floating point or hash value")
    func pure() throws {
        let banned = ["import Foundation", "Date()", "Double", "Float", "Hasher", ".hashValue", "Locale", "TimeZone"]
        for folder in ["Sources/Histories", "Sources/Decisions", "Sources/CivilTime"] {
            for (name, text) in try Self.files(under: folder) {
                for word in banned { #expect(!text.contains(word), "\(name) has \(word)") }
            }
        }
    }

    @Test("nothing is left over")
    func leftovers() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "fatal" + "Error(", "try" + "!", "not " + "implemented"]
        for (name, text) in try Self.files(under: "Sources") {
            for mark in marks { #expect(!text.contains(mark), "\(name) has \(mark)") }
        }
    }

    @Test("every test file expects something")
    func expectations() throws {
        for (name, text) in try Self.files(under: "Tests") where name.hasSuffix("Tests.swift") {
            #expect(text.contains("#expect") || text.contains("#require"), "\(name) expects nothing")
        }
    }
}
