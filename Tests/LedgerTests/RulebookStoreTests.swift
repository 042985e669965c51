import EventLog
import LedgerTestKit
import Rulebook
import Testing

@testable import Ledger

@Suite("The ledger keeps the rulebooks it has adopted")
struct RulebookStoreTests {
    private let ledger = "/ledger"

    private func disk() throws -> SimulatedFileSystem {
        let files = SimulatedFileSystem()
        try files.makeDirectory(ledger)
        try files.synchroniseDirectory("/")
        return files
    }

    private func path(_ book: Rulebook) -> String { "\(ledger)/rulebooks/\(RulebookFile.name(book.digest))" }

    @Test("what is kept is read back as an equal book, and keeping it again changes nothing")
    func keeping() throws {
        let store = RulebookStore(ledger: ledger, files: try disk())
        for name in BuiltInRulebooks.names {
            let book = try BuiltInRulebooks.book(named: name)
            #expect(try store.book(book.digest) == nil)
            #expect(try store.keep(book))
            #expect(try !store.keep(book))
            #expect(try store.book(book.digest) == book)
        }
        #expect(try store.faults().isEmpty)
    }

    @Test("a crash at any operation leaves the book whole or not there, and keeping it again mends it")
    func crash() throws {
        let book = try LedgerFixture.smallBook(cap: 90_000)
        let whole = try disk()
        let before = whole.operations
        try RulebookStore(ledger: ledger, files: whole).keep(book)
        for operation in before + 1...whole.operations {
            let files = try disk()
            files.crash(at: operation)
            #expect(throws: LedgerError.self) { try RulebookStore(ledger: ledger, files: files).keep(book) }
            let changes = files.unsyncedChanges
            for subset in 0..<(changes < 8 ? 1 << changes : 64) {
                let after = files.afterCrash { (subset >> ($0 % 16)) & 1 == 1 }
                let store = RulebookStore(ledger: ledger, files: after)
                let found = try store.book(book.digest)
                #expect(found == nil || found == book, "operation \(operation), subset \(subset)")
                #expect(try store.faults().isEmpty)
                try store.keep(book)
                // What was kept survives a crash that loses all that may be lost.
                let last = RulebookStore(ledger: ledger, files: after.afterCrash { _ in false })
                #expect(try last.book(book.digest) == book, "operation \(operation), subset \(subset)")
            }
        }
    }

    @Test("a damaged file is named by whoever reads it, and is neither overwritten nor read")
    func damage() throws {
        let files = try disk()
        let store = RulebookStore(ledger: ledger, files: files)
        let book = try LedgerFixture.smallBook(cap: 90_000)
        try store.keep(book)
        #expect(try store.book(book.digest) == book, "a book that was read before is looked at again")
        files.flip(path(book), bit: 4_001)
        for read in [{ _ = try store.book(book.digest) }, { try store.keep(book) }] as [() throws -> Void] {
            do {
                try read()
                Issue.record("a damaged rulebook was taken")
            } catch LedgerError.damagedRulebook(let file, _) {
                #expect(file == "rulebooks/\(RulebookFile.name(book.digest))")
            }
        }
        #expect(try store.faults().map(\.file) == ["rulebooks/\(RulebookFile.name(book.digest))"])
    }

    @Test("bytes that have the right digest and are no canonical text are a fault too")
    func notCanonical() throws {
        let files = try disk()
        let store = RulebookStore(ledger: ledger, files: files)
        try store.keep(try LedgerFixture.smallBook(cap: 90_000))
        let layer = LedgerFixture.smallBookText(cap: 80_000)
        let name = RulebookFile.name(Rulebook.digest(of: layer))
        try files.replace("\(ledger)/rulebooks/\(name)", in: "\(ledger)/rulebooks", with: layer)
        #expect(try store.faults().map(\.file) == ["rulebooks/\(name)"])
    }

    @Test("an adopted book that is neither built in nor kept is missing; foreign files are passed over")
    func absence() throws {
        let files = try disk()
        let store = RulebookStore(ledger: ledger, files: files)
        let book = try LedgerFixture.smallBook(cap: 90_000)
        #expect(try store.absence(of: book.digest)?.file.hasPrefix("rulebooks/") == true)
        #expect(try store.absence(of: try BuiltInRulebooks.book(named: "base").digest) == nil)
        try store.keep(book)
        #expect(try store.absence(of: book.digest) == nil)
        try files.replace("\(ledger)/rulebooks/notes", in: "\(ledger)/rulebooks", with: [1])
        #expect(try store.faults().isEmpty)
    }
}
