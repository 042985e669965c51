import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("A backup gives the same answers, and mends what is damaged")
struct LedgerCopyTests {
    private static func flip(_ path: String, _ byte: Int) throws {
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        bytes[byte % bytes.count] ^= 4
        try Data(bytes).write(to: URL(filePath: path))
    }

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

    private static func digest(_ ledger: String, _ asOf: AsOf = .head) throws -> TreeHash {
        let reader = try LedgerReader(opening: ledger)
        return FactsDigest(try reader.histories(at: try reader.resolve(asOf), jobs: 1), jobs: 1).root
    }

    /// A generated ledger with a rulebook of its own.
    private static func withLedger(_ work: (_ directory: String, _ ledger: String) throws -> Void) throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = directory + "/ledger"
            try LedgerWriter.create(ledger)
            _ = try LedgerFixture.generate(into: ledger, trainees: 4, seed: 3)
            try RulebookStore(ledger: ledger).keep(LedgerFixture.smallBook(cap: 60_000))
            try work(directory, ledger)
        }
    }

    @Test("the facts of a copy are those of the ledger, at the head and at any position before")
    func copies() throws {
        try Self.withLedger { directory, ledger in
            let head = try LedgerReader(opening: ledger).head
            for end in [0, 1, head / 2, head] {
                let target = "\(directory)/copy-\(end)"
                let copy = try LedgerCopy(of: ledger, to: target, upTo: .position(end))
                #expect(copy.head.size == end)
                #expect(try Self.digest(target) == (try Self.digest(ledger, .position(end))))
                #expect(try LedgerVerification(of: target) { _, _ in }.isSound)
                #expect(try RulebookStore(ledger: target).faults().isEmpty)
            }
        }
    }

    @Test("a copy is never written over something, nor made of a damaged ledger")
    func refusals() throws {
        try Self.withLedger { directory, ledger in
            #expect(throws: LedgerError.self) { try LedgerCopy(of: ledger, to: directory) }
            for inside in [
                "\(ledger)/copy", "\(ledger)/segments/copy", "\(directory)/../\(Self.name(directory))/ledger/c",
            ] {
                #expect(throws: LedgerError.self) { try LedgerCopy(of: ledger, to: inside) }
                #expect(!FileManager.default.fileExists(atPath: inside))
            }
            #expect(throws: LedgerError.self) { try LedgerCopy(of: ledger, to: directory + "/missing/copy") }
            _ = try LedgerCopy(of: ledger, to: directory + "/slash/")
            #expect(try LedgerVerification(of: directory + "/slash") { _, _ in }.isSound)
            let book = try #require(try FileManager.default.contentsOfDirectory(atPath: ledger + "/rulebooks").first)
            try Self.flip("\(ledger)/rulebooks/\(book)", 40)
            #expect(throws: LedgerError.self) { try LedgerCopy(of: ledger, to: directory + "/copy") }
            #expect(!FileManager.default.fileExists(atPath: directory + "/copy"))
        }
    }

    @Test("every kind of file is mended from a backup, what was damaged is kept, and a receipt says so")
    func repairs() throws {
        try Self.withLedger { directory, ledger in
            let digest = try Self.digest(ledger)
            let head = try LedgerVerification(of: ledger) { _, _ in }.log.treeHead
            _ = try LedgerCopy(of: ledger, to: directory + "/backup")
            let segment = try #require(
                try FileManager.default.contentsOfDirectory(atPath: ledger + "/segments").sorted().first)
            let book = try #require(try FileManager.default.contentsOfDirectory(atPath: ledger + "/rulebooks").first)
            let names = ["ledger.json", "segments/\(segment)", "rulebooks/\(book)"]
            for (index, name) in names.enumerated() {
                try Self.flip("\(ledger)/\(name)", 4_321)
                let repair = try LedgerRepair(of: ledger, from: directory + "/backup")
                #expect(repair.mended.map(\.file) == [name])
                #expect(repair.head == head)
                #expect(repair.receipt == "quarantine/repair-\(index + 1).json")
                for kept in repair.mended.compactMap(\.keptAs) {
                    #expect(FileManager.default.fileExists(atPath: "\(ledger)/\(kept)"))
                }
                #expect(try Self.digest(ledger) == digest)
            }
            #expect(try LedgerRepair(of: ledger, from: directory + "/backup").receipt == nil)
        }
    }

    @Test("a ledger is not mended from itself, by whatever name, nor from what is no ledger")
    func itself() throws {
        try Self.withLedger { directory, ledger in
            for mirror in [ledger, ledger + "/", ledger + "/../ledger", directory, directory + "/missing"] {
                #expect(throws: LedgerError.self) { try LedgerRepair(of: ledger, from: mirror) }
            }
            let verification = try LedgerVerification(of: ledger) { _, _ in }
            #expect(verification.isSound)
        }
    }

    @Test("what the backup lacks as well is named and not mended")
    func beyond() throws {
        try Self.withLedger { directory, ledger in
            _ = try LedgerCopy(of: ledger, to: directory + "/backup", upTo: .position(3))
            let segment = try #require(
                try FileManager.default.contentsOfDirectory(atPath: ledger + "/segments").sorted().first)
            try Self.flip("\(ledger)/segments/\(segment)", 9_000)
            #expect {
                try LedgerRepair(of: ledger, from: directory + "/backup")
            } throws: { error in
                guard case LedgerError.log(let error) = error else { return false }
                return error.code == .damaged && error.place.positions != nil
            }
        }
    }
}
