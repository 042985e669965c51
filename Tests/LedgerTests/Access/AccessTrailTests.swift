import Access
import CivilTime
import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Who looked, and what happens where that cannot be written down")
struct AccessTrailTests {
    private func looks(_ fixture: AccessFixture, _ trainee: String) throws -> [AccessTrail.Look] {
        let request = fixture.request(.readAccess, of: .trainee(trainee), by: "audi")
        return try AccessTrail(of: trainee, in: fixture.ledger, for: request).looks
    }

    @Test("a look at a class, at everyone and at a linked ID is a look at the trainee; one at another's record is not")
    func through() throws {
        try AccessFixture.with { fixture throws in
            _ = try fixture.reader(.readTimeline, of: .trainee("T-OTHER"), by: "audi")
            _ = try fixture.reader(.readEvents, of: .class(AccessFixture.classID), by: "chen")
            _ = try fixture.reader(.compareRules, of: .everyone, by: "op")
            let denial = AccessFixture.denial {
                _ = try fixture.reader(.readTimeline, of: .trainee("T-9"), by: "huang")
            }
            #expect(denial == .caseNotAssigned)
            let before = try looks(fixture, "T-9").dropLast()
            #expect(before.map(\.through) == [.class, .everyone, .trainee])
            #expect(before.map(\.access.entry.principal) == ["chen", "op", "huang"])
            #expect(before.last?.access.entry.refusal == .caseNotAssigned)
            let link = PersonalFixture.event(
                "l-1", "trainee.linked", "T-9", #"{"other":"T-OTHER","evidence":"same","on":"2026-06-05"}"#)
            let writer = try LedgerWriter(
                opening: fixture.ledger, for: fixture.request(.recordEvents, by: "chen"), now: { LedgerFixture.now })
            _ = try writer.admit(try LedgerFixture.draft(link), keepsRecordedTime: false)
            try writer.commit()
            try writer.close()
            #expect(try looks(fixture, "T-9").first?.access.entry.ids == ["T-OTHER"])
            _ = try fixture.reader(.readTimeline, of: .trainee("T-OTHER"), by: "audi")
            #expect(try fixture.reads().last?.ids == ["T-OTHER", "T-9"])
        }
    }

    @Test("what is no ID is not written down, and a purpose with a personal number is not taken")
    func personalNumbers() throws {
        try AccessFixture.with { fixture throws in
            _ = AccessFixture.denial { _ = try fixture.reader(.readTimeline, of: .trainee("A123456789"), by: "huang") }
            #expect(try fixture.reads().last?.ids == nil)
            #expect(try fixture.reads().last?.refusal == .caseNotAssigned)
            let request = fixture.request(.readEvents, of: .everyone, by: "audi", purpose: "call 0912-345-678")
            #expect(throws: LedgerError.self) { try LedgerReader(opening: fixture.ledger, for: request) }
            for file in try PersonalFixture.files([fixture.ledger + ".access"]) {
                let text = String(decoding: file.bytes, as: UTF8.self)
                #expect(!text.contains("A123456789") && !text.contains("0912-345"), "\(file.path)")
            }
        }
    }

    @Test("without the logs, or with those of another ledger, nobody is answered")
    func logsMissing() throws {
        try AccessFixture.with { fixture throws in
            let access = fixture.ledger + ".access"
            let files = FileManager.default
            for name in ["grants", "reads"] {
                try files.moveItem(atPath: "\(access)/\(name)", toPath: fixture.directory + "/aside")
                let missing = AccessFixture.failure { _ = try fixture.reader(.rebuild, by: "op") }
                #expect(missing == .logsMissing)
                _ =
                    name == "grants"
                    ? try AccessLog<GrantEntry>.create("\(access)/\(name)")
                    : try AccessLog<AccessEntry>.create("\(access)/\(name)")
                let foreign = AccessFixture.failure { _ = try fixture.reader(.rebuild, by: "op") }
                #expect(foreign == .logsMissing)
                try files.removeItem(atPath: "\(access)/\(name)")
                try files.moveItem(atPath: fixture.directory + "/aside", toPath: "\(access)/\(name)")
            }
            _ = try fixture.reader(.rebuild, by: "op")
        }
    }

    @Test("a log of reads that takes nothing more lets nothing pass")
    func failingClosed() throws {
        try AccessFixture.with { fixture throws in
            let segments = fixture.ledger + ".access/reads/segments"
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: segments).first)
            let path = "\(segments)/\(name)"
            let whole = try Data(contentsOf: URL(filePath: path))
            var broken = whole
            broken[2_100] ^= 1
            try broken.write(to: URL(filePath: path))
            #expect(AccessFixture.failure { _ = try fixture.reader(.rebuild, by: "op") } == .damaged)
            let verification = try LedgerVerification(everythingIn: fixture.ledger)
            #expect(!verification.isSound)
            #expect(verification.access.first?.file.hasPrefix("reads/segments/") == true)
            try whole.write(to: URL(filePath: path))
            let mended = try LedgerVerification(everythingIn: fixture.ledger)
            #expect(mended.isSound)
        }
    }

    @Test("no bit of the mark can be changed without everybody being turned away, and verify names it")
    func markBits() throws {
        try AccessFixture.with { fixture throws in
            let url = URL(filePath: fixture.ledger + "/access.json")
            let whole = try Data(contentsOf: url)
            for bit in 0..<whole.count * 8 {
                var flipped = whole
                flipped[bit / 8] ^= 1 << (bit % 8)
                try flipped.write(to: url)
                let failure = AccessFixture.failure { _ = try LedgerReader(opening: fixture.ledger) }
                #expect(failure == .damaged, "bit \(bit)")
            }
            let faults = try LedgerVerification(everythingIn: fixture.ledger).access
            #expect(faults.map(\.file) == ["access.json"])
        }
    }

    @Test("a damaged or missing mark is mended from a copy, for whoever may repair, and from no other ledger's")
    func markRepair() throws {
        try AccessFixture.with { fixture in
            let path = fixture.ledger + "/access.json"
            let whole = try Data(contentsOf: URL(filePath: path))
            let copy = fixture.directory + "/copy"
            _ = try LedgerCopy(of: fixture.ledger, to: copy, for: fixture.request(.copyLedger, by: "op"))
            for damage in [Data("{}".utf8), nil] {
                try FileManager.default.removeItem(atPath: path)
                try damage?.write(to: URL(filePath: path))
                #expect(AccessFixture.failure { _ = try LedgerReader(opening: fixture.ledger) } == .damaged)
                func repair(_ name: String, _ mirror: String) throws {
                    _ = try LedgerRepair(
                        of: fixture.ledger, from: mirror, for: fixture.request(.repairLedger, by: name))
                }
                #expect(AccessFixture.denial { try repair("audi", copy) } == .notPermitted)
                try repair("op", copy)
                #expect(try Data(contentsOf: URL(filePath: path)) == whole)
            }
            try Data("{}".utf8).write(to: URL(filePath: path))
            let foreign = try #require(AccessMark(Array(whole)))
            try AccessMark(grants: foreign.reads, reads: foreign.grants).write(in: copy, RealFileSystem())
            let failure = AccessFixture.failure {
                _ = try LedgerRepair(of: fixture.ledger, from: copy, for: fixture.request(.repairLedger, by: "op"))
            }
            #expect(failure == .logsMissing)
        }
    }

    @Test("a copy is under access control too, and answers nobody without the logs beside it")
    func copy() throws {
        try AccessFixture.with { fixture throws in
            let copy = fixture.directory + "/copy"
            _ = try LedgerCopy(of: fixture.ledger, to: copy, for: fixture.request(.copyLedger, by: "op"))
            #expect(AccessFixture.failure { _ = try LedgerReader(opening: copy) } == .denied(.noCredential))
            let request = fixture.request(.rebuild, by: "op")
            #expect(AccessFixture.failure { _ = try LedgerReader(opening: copy, for: request) } == .logsMissing)
            try FileManager.default.copyItem(atPath: fixture.ledger + ".access", toPath: copy + ".access")
            #expect(throws: Never.self) { try LedgerReader(opening: copy, for: request) }
        }
    }

    @Test("the log of reads can be signed and audited like a ledger")
    func transparency() throws {
        try AccessFixture.with { fixture throws in
            let reads = fixture.ledger + ".access/reads"
            let report = try verifyLog(directory: reads, files: RealFileSystem())
            let count = try fixture.reads().count
            #expect(report.treeHead?.size == UInt64(count))
            _ = try CheckpointSigning(ledger: reads, files: RealFileSystem())
        }
    }

    @Test("the logs of access lie in a directory for their owner alone")
    func privacy() throws {
        try AccessFixture.with { fixture throws in
            let attributes = try FileManager.default.attributesOfItem(atPath: fixture.ledger + ".access")
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test("access control is turned on once, with two names, and changes need two officers")
    func administration() throws {
        try AccessFixture.with { fixture throws in
            let officers = (Credential(newFor: "a"), Credential(newFor: "b"))
            let again = AccessFixture.failure {
                try AccessAdministration.enable(fixture.ledger, officers: officers, now: LedgerFixture.now)
            }
            #expect(again == .wrongState)
            #expect(
                AccessFixture.denial { try fixture.change(.principalRemoved, "op", and: nil) } == .secondPersonMissing)
            #expect(AccessFixture.denial { try fixture.change(.principalRemoved, "op", by: "op") } == .notPermitted)
            let objection = AccessFixture.failure { try fixture.change(.principalRemoved, "wang") }
            #expect(objection == .notChanged(.tooFewKeyOfficers))
            try fixture.change(.principalRemoved, "op")
            #expect(AccessFixture.denial { _ = try fixture.reader(.rebuild, by: "op") } == .unknownPrincipal)
        }
    }
}
