import Access
import CivilTime
import EventLog
import Foundation
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents
import Transparency

@testable import Ledger

@Suite("Every operation, through the ledger's own doors")
struct AccessMatrixTests {
    /// Does what an operation is for, by the same calls as the commands.
    private static func perform(
        _ operation: Access.Operation, _ fixture: AccessFixture, _ request: AccessRequest
    ) throws {
        let ledger = fixture.ledger
        func reader() throws -> LedgerReader { try LedgerReader(opening: ledger, for: request) }
        switch operation {
        case .readEvents:
            let selection = EventSelection(subject: request.subject.id)
            let reader = try reader()
            try reader.forEachEvent(selection, at: try reader.resolve(.head)) { _, _, _ in }
        case .readTimeline:
            let reader = try reader()
            let book = try RulebookChoice.named("base")
            _ = try reader.timeline(of: AccessFixture.trainee, at: try reader.resolve(.head)) { _ in book }
        case .readBalance, .decide:
            let reader = try reader()
            _ = try reader.histories(of: AccessFixture.trainee, at: try reader.resolve(.head))
        case .readReport, .compareRules, .rebuild:
            let reader = try reader()
            _ = try reader.histories(at: try reader.resolve(.head))
        case .matchInsurance, .listPayments, .readRoster:
            let reader = try reader()
            let point = try reader.resolve(.head)
            let histories = try reader.histories(at: point)
            if operation == .matchInsurance {
                _ = try InsuranceMatchList(of: AccessFixture.classID, reader, histories, at: point)
            } else if operation == .readRoster {
                _ = try RosterList(of: AccessFixture.classID, reader, histories, at: point)
            } else {
                _ = try PaymentList(of: AccessFixture.classID, reader, histories, at: point)
            }
        case .findTrainee: _ = try reader().trainees(nationalID: "A123456789")
        case .proveEvents, .auditHashes: _ = try LedgerProofs(try reader())
        case .settleClass:
            let reader = try reader()
            _ = try reader.payoutIDs(of: ClassNumber(0), at: try reader.resolve(.head))
        case .recordEvents, .erase, .adoptRulebook:
            try LedgerWriter(opening: ledger, for: request, now: { LedgerFixture.now }).close()
        case .verify: _ = try LedgerVerification(of: ledger, for: request) { _, _ in }
        case .signCheckpoint: _ = try CheckpointSigning(ledger: ledger, files: RealFileSystem(), for: request)
        case .copyLedger:
            _ = try LedgerCopy(of: ledger, to: "\(fixture.directory)/copy-\(UUID().uuidString)", for: request)
        case .repairLedger: _ = try LedgerRepair(of: ledger, from: fixture.directory + "/no-mirror", for: request)
        case .sealSegments: _ = try SegmentSealing(ledger: ledger, includingOpen: false, for: request)
        case .applyErasures:
            _ = try LedgerWriter.applyErasures(to: ledger, for: request, now: { LedgerFixture.now })
        case .readAccess: _ = try AccessTrail(of: AccessFixture.trainee, in: ledger, for: request)
        case .readPrincipals:
            _ = try AccessAdministration(of: ledger).principals(for: request.caller, now: request.now)
        case .administerPrincipals:
            var entry = GrantEntry(.principalAdded, "new-\(UUID().uuidString)")
            entry.credential = Credential(newFor: entry.principal).fingerprint
            try AccessAdministration(of: ledger).change(entry, by: request.caller, now: request.now)
        }
    }

    /// Whose record is asked for: what the role may reach, if it may do it at all.
    private static func subject(_ operation: Access.Operation, _ role: Role?) -> AccessSubject {
        switch operation {
        case .readEvents:
            let reach = role.flatMap { AccessMatrix.permission($0, operation)?.reach } ?? .everything
            return reach == .everything ? .everyone : .named(AccessFixture.trainee)
        case .readTimeline, .readBalance, .readAccess: return .trainee(AccessFixture.trainee)
        case .decide: return .enrolment(trainee: AccessFixture.trainee, class: AccessFixture.classID)
        case .readReport:
            return role == .clerk ? .unit(AccessFixture.unit) : .everyone
        case .compareRules: return .everyone
        case .proveEvents: return role == .reviewer ? .trainee(AccessFixture.trainee) : .everyone
        case .settleClass, .matchInsurance, .listPayments, .readRoster: return .class(AccessFixture.classID)
        default: return .nobody
        }
    }

    @Test("is granted or denied as the matrix says, in each role and in none, and written down either way")
    func everyCell() throws {
        try AccessFixture.with { fixture throws in
            let askers = AccessFixture.holders.map { (Optional($0.0), Optional($0.1)) } + [(nil, "none"), (nil, nil)]
            for operation in Access.Operation.allCases {
                for (role, name) in askers {
                    let permitted = role.flatMap { AccessMatrix.permission($0, operation) } != nil
                    let before = try fixture.reads().count
                    let request = fixture.request(
                        operation, of: Self.subject(operation, role), by: name, second: "wang")
                    let denial = AccessFixture.denial { try Self.perform(operation, fixture, request) }
                    let written = Array(try fixture.reads()[before...])
                    let cell = "\(operation.name) by \(name ?? "nobody")"
                    #expect((denial == nil) == permitted, "\(cell): \(String(describing: denial))")
                    #expect(!written.isEmpty, "\(cell) was not written down")
                    #expect(written.first?.operation == operation, "\(cell)")
                    #expect(written.first?.refusal == denial, "\(cell)")
                    #expect(written.first?.principal == name, "\(cell)")
                    #expect(written.first?.role == (permitted ? role : nil), "\(cell)")
                }
            }
        }
    }

    @Test("a reader that was opened for one operation answers no other")
    func oneOperation() throws {
        try AccessFixture.with { fixture throws in
            let id = AccessFixture.trainee
            let book = try RulebookChoice.named("base")
            let questions: [(Set<Access.Operation>, (LedgerReader, LedgerPoint) throws -> Void)] = [
                ([.readEvents], { try $0.forEachEvent(at: $1) { _, _, _ in } }),
                ([.readTimeline], { _ = try $0.timeline(of: id, at: $1) { _ in book } }),
                ([.readTimeline], { _ = try $0.personEvents(of: id, at: $1) }),
                ([.readTimeline, .readBalance, .decide], { _ = try $0.histories(of: id, at: $1) }),
                (
                    [
                        .readBalance, .decide, .readReport, .compareRules, .settleClass, .rebuild, .matchInsurance,
                        .readRoster,
                        .listPayments,
                    ],
                    { _ = try $0.histories(at: $1) }
                ),
                ([.findTrainee], { reader, _ in _ = try reader.trainees(nationalID: "A123456789") }),
                ([.readReport], { _ = try $0.identity(at: $1) }),
                ([.settleClass], { _ = try $0.payoutIDs(of: ClassNumber(0), at: $1) }),
                ([.erase], { reader, _ in _ = try reader.erasureCertificate(of: id) }),
                ([.readEvents], { reader, _ in _ = try reader.newestEvent(of: .attendanceRecorded) }),
                ([.proveEvents, .auditHashes], { reader, _ in _ = try LedgerProofs(reader) }),
            ]
            for (operation, name) in [
                (Access.Operation.readEvents, "audi"), (.readBalance, "audi"), (.rebuild, "op"),
                (.compareRules, "op"), (.auditHashes, "op"), (.verify, "op"),
            ] {
                let reader = try fixture.reader(operation, of: .everyone, by: name)
                let point = try reader.resolve(.head)
                for (index, (operations, ask)) in questions.enumerated() {
                    let denial = AccessFixture.denial { try ask(reader, point) }
                    #expect((denial == nil) == operations.contains(operation), "\(operation.name), question \(index)")
                }
            }
        }
    }

    @Test("a reader that was opened for one trainee answers about no other")
    func oneTrainee() throws {
        try AccessFixture.with { fixture throws in
            let book = try RulebookChoice.named("base")
            let reader = try fixture.reader(.readTimeline, of: .trainee(AccessFixture.trainee), by: "audi")
            let point = try reader.resolve(.head)
            #expect(AccessFixture.denial { _ = try reader.timeline(of: "T-9", at: point) { _ in book } } != nil)
            let events = try fixture.reader(.readEvents, of: .named(AccessFixture.trainee), by: "audi")
            for selection in [EventSelection(), EventSelection(subject: "T-9"), EventSelection(classID: "C-OTHER")] {
                #expect(AccessFixture.denial { try events.forEachEvent(selection, at: point) { _, _, _ in } } != nil)
            }
        }
    }
}
