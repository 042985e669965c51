import Access
import CivilTime
import Foundation
import Ledger
import PersonalData
import Testing
import TrainingEvents

@testable import Ingest

@Suite("What a feed brings")
struct IngestLoopTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")

    private final class Told {
        var lines: [String] = []
    }

    private var ledger: String { directory.path + "/ledger" }
    private static let now = Instant("2026-11-01T12:00:00+08:00") ?? .earliest

    private static func trainee(_ id: String, sex: String = "female") -> String {
        """
        {"specversion":"1.0","id":"r-\(id)","source":"/office","type":"trainee.registered","subject":"\(id)",\
        "time":"2026-06-01T09:00:00+08:00","data":{"birthDate":"1990-01-01","sex":"\(sex)","nationality":"national"}}
        """
    }

    /// Needs that the trainee is registered.
    private static func amendment(_ id: String) -> String {
        """
        {"specversion":"1.0","id":"a-\(id)","source":"/office","type":"trainee.amended","subject":"\(id)",\
        "time":"2026-06-02T09:00:00+08:00","data":{"reason":"correction","sex":"male"}}
        """
    }

    /// Runs the loop over a feed on a new ledger.
    private func with(
        _ payloads: [String], batch: Int = 100, _ prepare: (FakeFeed) throws -> Void = { _ in }
    ) throws -> (feed: FakeFeed, report: IngestReport, told: [String]) {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try LedgerWriter.create(ledger)
        let feed = FakeFeed(payloads)
        try prepare(feed)
        let (report, told) = try run(feed, batch: batch)
        return (feed, report, told)
    }

    private func run(
        _ feed: FakeFeed, batch: Int = 100, stop: @escaping () -> Bool = { false }, untilIdle: Bool = true
    ) throws -> (IngestReport, [String]) {
        let recorder = EventRecorder(of: ledger, keys: .ofEnvironment, now: { Self.now })
        defer { recorder.close() }
        var options = IngestOptions()
        (options.batch, options.shortestPause, options.longestPause) = (batch, 1, 20)
        options.acknowledgementWait = 1_000
        if untilIdle { options.untilIdle = 0 }
        let told = Told()
        let request = AccessRequest(.recordEvents, by: .nobody, now: { Self.now })
        var loop = IngestLoop(feed, into: recorder, for: request, options, isStopped: stop) { line in
            told.lines.append(line)
        }
        let report = try loop.run()
        return (report, told.lines)
    }

    /// The IDs of what is durable, in their order; whoever reads takes no lock.
    private func recorded() throws -> [String] {
        let reader = try LedgerReader(opening: ledger)
        var ids: [String] = []
        try reader.forEachEvent(at: try reader.resolve(.head)) { _, event, _ throws(LedgerError) in
            ids.append(event.envelope.id)
        }
        return ids
    }

    private func end() { try? FileManager.default.removeItem(at: directory) }

    @Test("is recorded in order and acknowledged when it is durable")
    func order() throws {
        defer { end() }
        var durable: [Int] = []
        let (feed, report, told) = try with(
            [Self.trainee("T-1"), "[\(Self.amendment("T-1")),\(Self.trainee("T-2"))]", Self.amendment("T-2"), "[]"],
            batch: 2
        ) { feed in feed.onSettle = { durable.append(try recorded().count) } }
        #expect(report == IngestReport(messages: 4, appended: 4, duplicates: 0, refused: 0))
        #expect(try recorded() == ["r-T-1", "a-T-1", "r-T-2", "a-T-2"])
        #expect(durable == [3, 4])
        #expect(
            feed.journal == [
                "fetch 1", "fetch 2", "accepted 1", "accepted 2", "fetch 3", "fetch 4", "accepted 3", "accepted 4",
            ])
        #expect(told.isEmpty)
    }

    @Test("twice is recorded once, within a batch and later")
    func duplicates() throws {
        defer { end() }
        let (feed, first, _) = try with([Self.trainee("T-1"), Self.trainee("T-1")])
        #expect(first == IngestReport(messages: 2, appended: 1, duplicates: 1, refused: 0))
        let (second, _) = try run(FakeFeed([Self.trainee("T-1"), Self.trainee("T-2")]))
        #expect(second == IngestReport(messages: 2, appended: 1, duplicates: 1, refused: 0))
        #expect(try recorded() == ["r-T-1", "r-T-2"])
        #expect(feed.entries.allSatisfy { $0.isSettled })
    }

    @Test("and can never be recorded is published with its reason, and keeps nothing else from the ledger")
    func refusals() throws {
        defer { end() }
        let half = "[\(Self.trainee("T-2")),\(Self.amendment("T-9"))]"
        let big = "\"" + String(repeating: "x", count: Limits.lineBytes) + "\""
        let (feed, report, told) = try with([
            "no JSON", Self.trainee("T-1"), Self.trainee("T-1", sex: "male"), half, "[1,{}]", big, Self.trainee("T-3"),
        ])
        #expect(report == IngestReport(messages: 7, appended: 2, duplicates: 0, refused: 5))
        #expect(try recorded() == ["r-T-1", "r-T-3"])
        let refusals = Dictionary(uniqueKeysWithValues: feed.refusals.map { ($0.message.sequence, $0.events) })
        #expect(refusals[1]?.map(\.error.code) == [.malformedJSON])
        #expect(refusals[3]?.map(\.error.code) == [.conflict])
        #expect(refusals[4]?.map(\.index) == [1])
        #expect(refusals[4]?.map(\.error.code) == [.unknownReference])
        #expect(refusals[5]?.map(\.index) == [0, 1])
        #expect(refusals[6]?.map(\.error.code) == [.lineTooLong])
        // What was refused was published before it was settled.
        for sequence in [1, 3, 4, 5, 6] {
            let published = try #require(feed.journal.firstIndex(of: "publish \(sequence)"))
            #expect(feed.journal[published + 1] == "refused \(sequence)")
        }
        #expect(told.contains("message 3 was refused: conflict"))
        let json = feed.refusals[1].json(stream: "EVENTS")
        #expect(json["sequence"] == .number(3))
        #expect(json.text.contains(#""code":"conflict""#))
    }

    @Test("again after a crash between the ledger and the acknowledgement is recorded once")
    func crash() throws {
        defer { end() }
        let (feed, report, told) = try with([Self.trainee("T-1"), Self.amendment("T-1")]) { feed in
            feed.failures["settle"] = [FeedError(.unreachable, "gone")]
        }
        #expect(report == IngestReport(messages: 2, appended: 2, duplicates: 2, refused: 0))
        #expect(try recorded() == ["r-T-1", "a-T-1"])
        #expect(told == ["gone; trying again"])
        #expect(feed.entries.allSatisfy { $0.isSettled })
    }

    @Test("behind a message that was lost on its way waits for it")
    func lost() throws {
        defer { end() }
        let (feed, report, _) = try with([Self.trainee("T-1"), Self.amendment("T-1")]) { $0.lose([1]) }
        #expect(report == IngestReport(messages: 2, appended: 2, duplicates: 0, refused: 0))
        #expect(try recorded() == ["r-T-1", "a-T-1"])
        #expect(feed.refusals.isEmpty)
        #expect(feed.journal.first == "fetch 2")
    }

    @Test("is not settled while its refusal cannot be published")
    func unpublished() throws {
        defer { end() }
        let (feed, report, told) = try with(["no JSON", Self.trainee("T-1")]) { feed in
            feed.failures["publish"] = [FeedError(.unreachable, "no stream"), FeedError(.unreachable, "no stream")]
        }
        #expect(report.refused == 1)
        #expect(try recorded() == ["r-T-1"])
        #expect(feed.refusals.count == 1)
        #expect(Array(feed.journal.suffix(2)) == ["publish 1", "refused 1"])
        #expect(told.contains("no stream; trying again"))
    }

    @Test("waits while somebody else writes to the ledger, and nothing is settled meanwhile")
    func busy() throws {
        defer { end() }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try LedgerWriter.create(ledger)
        var other: LedgerWriter? = try LedgerWriter(opening: ledger, now: { Self.now })
        let feed = FakeFeed([Self.trainee("T-1")])
        var asked = 0
        let (report, told) = try run(
            feed,
            stop: {
                asked += 1
                if asked == 3 {
                    #expect(feed.journal.isEmpty)
                    try? other?.close()
                    other = nil
                }
                return false
            })
        #expect(report == IngestReport(messages: 1, appended: 1, duplicates: 0, refused: 0))
        #expect(told.count == 1)
        #expect(told.first?.hasSuffix("trying again") == true)
    }

    @Test("ends with what will not pass by itself")
    func ends() throws {
        defer { end() }
        #expect(throws: IngestError.self) { try run(FakeFeed([Self.trainee("T-1")])) }
        let feed = FakeFeed([Self.trainee("T-1")])
        feed.failures["fetch"] = [FeedError(.missing, "no such stream")]
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try LedgerWriter.create(ledger)
        do {
            _ = try run(feed)
            Issue.record("it went on")
        } catch let error as IngestError {
            #expect(error.exitStatus == 66)
            #expect(error.message == "no such stream")
        }
        #expect(feed.journal.isEmpty)
    }

    @Test("ends when it is asked to, after the batch in hand")
    func stops() throws {
        defer { end() }
        let feed = FakeFeed([Self.trainee("T-1"), Self.trainee("T-2")])
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try LedgerWriter.create(ledger)
        let (report, _) = try run(
            feed, batch: 1, stop: { feed.journal.contains("accepted 1") }, untilIdle: false)
        #expect(report.appended == 1)
        #expect(try recorded() == ["r-T-1"])
    }

    @Test(
        "and was refused does not come in again",
        arguments: [
            ("events.>", "events.refused", true), ("events.>", "refused.events", false),
            ("*.taipei", "refused.taipei", true),
            ("events.taipei", "events.taipei", true), ("events.*", "events.taipei.refused", false),
            (">", "refused", true),
            ("events.taipei.>", "events.taipei", false),
        ])
    func circles(subject: String, refusals: String, isCircle: Bool) {
        let source = JetStreamSource(stream: "S", consumer: "c", subject: subject, refusals: refusals)
        #expect(source.takesItsRefusals == isCircle)
    }
}
