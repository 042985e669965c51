import EventLog
import LedgerTestKit
import Testing

@testable import Ledger

@Suite("A crash leaves a derived file whole or absent")
struct DerivedFileCrashTests {
    @Test("after a crash at every operation, with any of the unsynced changes kept")
    func crash() throws {
        var number = 0
        var crashed = true
        while crashed {
            number += 1
            let files = try DerivedFileTests.ledger()
            files.crash(at: files.operations + number)
            try? DerivedFileTests.write(DerivedFileTests.blocks, files)
            crashed = files.hasCrashed
            let changes = files.unsyncedChanges
            for subset in 0..<(1 << min(changes, 10)) {
                let left = files.afterCrash { $0 >= 10 || subset >> $0 & 1 == 1 }
                let absence = try DerivedFileTests.absence(left)
                #expect(absence == nil || absence == .missing, "operation \(number), subset \(subset)")
                if !crashed { #expect(absence == nil, "it was finished, subset \(subset)") }
                try DerivedFileTests.write(DerivedFileTests.blocks, left)
                #expect(try DerivedFileTests.content(left) == DerivedFileTests.blocks)
            }
        }
        #expect(number > 8)
    }

    @Test("a failure of any operation is thrown, and the file before stays")
    func failure() throws {
        for errno: Int32 in [5, 28] {
            var failed = true
            var number = 0
            while failed {
                number += 1
                let files = try DerivedFileTests.ledger()
                try DerivedFileTests.write([[1]], files)
                files.fail(.init(at: files.operations + number, errno: errno, isPermanent: false))
                do {
                    try DerivedFileTests.write(DerivedFileTests.blocks, files)
                    failed = errno == 28 && number < 30
                } catch {
                    // The last step makes the new name durable; if it fails, the new file may be there.
                    files.fail(nil)
                    let content = try DerivedFileTests.content(files)
                    #expect(content == [[1]] || content == DerivedFileTests.blocks, "operation \(number)")
                }
            }
        }
    }

    @Test("what was left unfinished is cleared away, and nothing else")
    func clearing() throws {
        let files = try DerivedFileTests.ledger()
        try DerivedFileTests.write(DerivedFileTests.blocks, files)
        let directory = SimulatedLedger.directory(files)
        files.close(try directory.create("sample-x"))
        try directory.removeUnfinished()
        #expect(files.filePaths.filter { $0.contains("/derived/") } == [DerivedFileTests.path])
        #expect(try directory.positions(of: DerivedFileTests.kind) == [DerivedFileTests.positions])
        try directory.remove(DerivedFileTests.kind, DerivedFileTests.positions)
        try directory.remove(DerivedFileTests.kind, DerivedFileTests.positions)
        #expect(try directory.positions(of: DerivedFileTests.kind).isEmpty)
    }
}
