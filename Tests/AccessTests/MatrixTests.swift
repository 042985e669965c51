import Access
import Foundation
import Testing
import TrainingEvents

@Suite("The matrix of who may do what")
struct MatrixTests {
    private static let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/access.md")

    /// The cells of the table in the document, by operation and role.
    private static func table() throws -> [String: [String: String]] {
        let lines = try String(contentsOf: document, encoding: .utf8).split(separator: "\n")
        var roles: [String] = []
        var table: [String: [String: String]] = [:]
        for line in lines where line.hasPrefix("|") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
            if cells.first == "operation" { roles = cells.dropFirst(2).map { String($0.prefix { $0 != " " }) } }
            guard !roles.isEmpty, cells.count == roles.count + 2, let name = cells.first, name.hasPrefix("`") else {
                continue
            }
            let operation = name.trimmingCharacters(in: CharacterSet(charactersIn: "`"))
            table[operation] = Dictionary(uniqueKeysWithValues: zip(roles, cells.dropFirst(2)))
        }
        return table
    }

    private static func cell(_ role: Role, _ operation: Access.Operation) -> String {
        guard let permission = AccessMatrix.permission(role, operation) else { return "–" }
        let reach =
            switch permission.reach {
            case .everything: "all"
            case .ownCases: "cases"
            case .ownUnits: "units"
            }
        let texts = RetentionClass.allCases.filter { permission.texts.contains($0) }.map(\.name)
        return texts.isEmpty ? reach : "\(reach): \(texts.joined(separator: " "))"
    }

    @Test("is what docs/access.md says, cell by cell", arguments: Access.Operation.allCases)
    func document(operation: Access.Operation) throws {
        let row = try #require(try Self.table()[operation.name])
        #expect(row.count == Role.allCases.count)
        for role in Role.allCases { #expect(row[role.name] == Self.cell(role, operation), "\(role.name)") }
    }

    @Test("lets an operator see no text and no one's record")
    func operators() {
        let personal: [Access.Operation] = [
            .readEvents, .readTimeline, .readBalance, .decide, .readReport, .findTrainee, .proveEvents, .readAccess,
        ]
        for operation in personal { #expect(AccessMatrix.permission(.operator, operation) == nil) }
        for operation in Access.Operation.allCases {
            #expect(AccessMatrix.permission(.operator, operation)?.texts.isEmpty ?? true)
        }
    }

    @Test("opens to an auditor no text about a trainee")
    func auditors() {
        for operation in Access.Operation.allCases {
            let texts = AccessMatrix.permission(.auditor, operation)?.texts ?? []
            #expect(texts.isSubset(of: [.office]))
        }
    }

    @Test("leaves erasing and granting to key officers, and both need a second one")
    func twoPersons() {
        for operation in [Access.Operation.erase, .administerPrincipals] {
            #expect(operation.needsSecondPerson)
            #expect(Role.allCases.filter { AccessMatrix.permission($0, operation) != nil } == [.keyOfficer])
        }
        #expect(Access.Operation.allCases.filter(\.needsSecondPerson).count == 2)
    }
}
