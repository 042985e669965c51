import Access
import CivilTime
import Dispatch
import Foundation
import LedgerTestKit
import PersonalData
import Synchronization
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Events of many callers at once")
struct EventRecorderTests {
    private static func draft(
        _ id: String, of trainee: String, sex: String = "female", name: String? = nil
    ) throws -> EventDraft {
        let named = name.map { #","name":"\#($0)""# } ?? ""
        return try EventDraft(
            json: try JSONParser.parse(
                """
                {"specversion":"1.0","id":"\(id)","source":"/recorder","type":"trainee.registered","subject":"\(trainee)",\
                "time":"2026-06-01T09:00:00+08:00",\
                "data":{"birthDate":"1990-01-01","sex":"\(sex)","nationality":"national"\(named)}}
                """))
    }

    private static func request() -> AccessRequest {
        AccessRequest(.recordEvents, by: .nobody, now: { LedgerFixture.now })
    }

    private static func with(_ work: (String, EventRecorder) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let ledger = directory.path + "/ledger"
        try LedgerWriter.create(ledger)
        let recorder = EventRecorder(of: ledger, keys: .ofEnvironment, now: { LedgerFixture.now })
        defer { recorder.close() }
        try work(ledger, recorder)
    }

    @Test("are each recorded once, whole, and at the position that their caller is told")
    func concurrency() throws {
        try Self.with { ledger, recorder throws in
            let told = Mutex<[UInt64: String]>([:])
            let failures = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 64) { caller in
                do {
                    let drafts = try (0..<3).map { try Self.draft("\(caller)-\($0)", of: "T-\(caller)-\($0)") }
                    // Every eighth caller brings one that is refused behind two that are not.
                    let isWrong = caller % 8 == 0
                    let brought = isWrong ? drafts + [try Self.draft("x\(caller)", of: "T-\(caller)-0")] : drafts
                    do {
                        let recorded = try recorder.record(brought, for: Self.request())
                        for (index, admission) in recorded.admissions.enumerated() {
                            guard case .admitted(let position) = admission else { continue }
                            told.withLock { $0[position] = "T-\(caller)-\(index)" }
                        }
                        if isWrong { failures.withLock { $0.append("\(caller) was taken") } }
                    } catch EventRecorder.Failure.refused(let index, let error) {
                        if !isWrong || index != 3 || error.code != .alreadyExists {
                            failures.withLock { $0.append("\(caller): \(index) \(error)") }
                        }
                    }
                } catch {
                    failures.withLock { $0.append("\(caller): \(error)") }
                }
            }
            #expect(failures.withLock { $0 }.isEmpty)
            let reader = try LedgerReader(opening: ledger)
            var found: [UInt64: String] = [:]
            try reader.forEachEvent(at: try reader.resolve(.head)) { position, event, registry throws(LedgerError) in
                found[position] = event.subject.id(in: registry)
            }
            #expect(found.count == 56 * 3)
            #expect(found == told.withLock { $0 })
        }
    }

    @Test("leave the ledger to others a moment later, and find what others wrote")
    func others() throws {
        try Self.with { ledger, recorder throws in
            _ = try recorder.record([try Self.draft("1", of: "T-1")], for: Self.request())
            let writer = try LedgerWriter(opening: ledger, now: { LedgerFixture.now })
            _ = try writer.admit(try Self.draft("2", of: "T-2"), keepsRecordedTime: false)
            try writer.commit()
            try writer.close()
            let again = try recorder.record([try Self.draft("2", of: "T-2")], for: Self.request())
            #expect(again.admissions == [.duplicate(position: 1)])
            #expect(again.head == 2)
        }
    }

    @Test("that are only tried leave nothing behind")
    func trial() throws {
        try Self.with { ledger, recorder throws in
            let first = try Self.draft("1", of: "T-1")
            let tried = try recorder.record(for: Self.request()) { writer throws(LedgerError) in
                do throws(AdmissionError) {
                    _ = try writer.admit(first, keepsRecordedTime: false)
                } catch {
                    return true
                }
                return false
            }
            #expect(tried.head == 0)
            let kept = try recorder.record([try Self.draft("2", of: "T-1", sex: "male")], for: Self.request())
            #expect(kept.admissions == [.admitted(position: 0)])
        }
    }

    @Test("wait for the position that their caller expects")
    func expected() throws {
        try Self.with { _, recorder throws in
            let draft = try Self.draft("1", of: "T-1")
            #expect(throws: EventRecorder.Failure.self) {
                _ = try recorder.record([draft], expecting: 1, for: Self.request())
            }
            #expect(try recorder.record([draft], expecting: 0, for: Self.request()).head == 1)
            // Sent again: it is there, whatever was expected.
            #expect(
                try recorder.record([draft], expecting: 0, for: Self.request()).admissions == [.duplicate(position: 0)])
        }
    }

    @Test("in turn are recorded each as a whole, and those behind a refused one too")
    func inTurn() throws {
        try Self.with { ledger, recorder throws in
            let first = try Self.draft("1", of: "T-1", name: "王小明")
            let second = try Self.draft("2", of: "T-2", name: "李大同")
            let again = try Self.draft("x", of: "T-1")
            let messages = [[first], [], [second, again], [first], [second], [again]]
            let results = try recorder.record(inTurn: messages, for: Self.request())
            #expect(try results[0].get().admissions == [.admitted(position: 0)])
            #expect(try results[1].get().admissions == [])
            #expect(throws: RefusedEvent.self) { try results[2].get() }
            guard case .failure(let refused) = results[2] else { return }
            #expect(refused.index == 1)
            #expect(refused.error.code == .alreadyExists)
            #expect(try results[3].get().admissions == [.duplicate(position: 0)])
            #expect(try results[4].get().admissions == [.admitted(position: 1)])
            #expect(throws: RefusedEvent.self) { try results[5].get() }
            #expect(try LedgerReader(opening: ledger).head == 2)
        }
    }

    @Test("in turn are not recorded where the ledger fails, and are when it does not")
    func failing() throws {
        try Self.with { ledger, recorder throws in
            let other = try LedgerWriter(opening: ledger, now: { LedgerFixture.now })
            let messages = try (0..<3).map { [try Self.draft("\($0)", of: "T-\($0)")] }
            #expect(throws: LedgerError.self) { try recorder.record(inTurn: messages, for: Self.request()) }
            try other.close()
            #expect(try LedgerReader(opening: ledger).head == 0)
            #expect(try recorder.record(inTurn: messages, for: Self.request()).count == 3)
        }
    }
}
