import Foundation
import Ingest
import Ledger
import LedgerTestKit
import Synchronization
import TrainingEvents

/// One run: offices publish, and both the ingest and the server are killed again and again; in the end every event has
/// to be in the ledger exactly once, and every bad message among the refusals.
struct Run {
    let seed: UInt64
    let events: Int
    let ingestKills: Int
    let serverKills: Int
    let ingest: String
    let natsServer: String

    /// The line that tells of it.
    func perform() throws -> String {
        let directory = FileManager.default.temporaryDirectory.appending(path: "jetstream-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        do {
            return try perform(in: directory)
        } catch {
            let log = (try? String(contentsOfFile: directory + "/ingest.log", encoding: .utf8)) ?? ""
            throw Fault("\(error)\n\(log.suffix(2_000))")
        }
    }

    private func perform(in directory: String) throws -> String {
        let began = ContinuousClock.now
        var generator = SeededGenerator(seed)
        let publications = try Publications(count: events, using: &generator)
        let ledger = directory + "/ledger"
        try LedgerWriter.create(ledger)
        let server = try ServerProcess(natsServer, directory: directory)
        defer { server.stop() }
        let streams = Streams(server: NatsServer(server.address))
        try streams.make()
        let published = try killing(server, publications, directory, &generator)
        let end = try Child(
            ingest, arguments(directory, server) + ["--until-idle", "2"], output: directory + "/ingest.log")
        guard end.wait() == 0 else { throw Fault("the last ingest ended with an error") }
        let refusals = try check(ledger, publications, streams)
        let seconds = (ContinuousClock.now - began).components.seconds
        return "seed \(seed): \(events) events in \(publications.messages.count) messages (\(publications.repeated) "
            + "published twice, \(published) in the stream), ingest killed \(ingestKills) times, server \(serverKills) "
            + "times: every event once, \(publications.bad.count) bad messages in \(refusals) refusals, \(seconds) s"
    }

    private func arguments(_ directory: String, _ server: ServerProcess) -> [String] {
        [
            directory + "/ledger", "--nats", server.address, "--stream", Streams.events, "--subject", "events.>",
            "--refused", "refused.events", "--batch", "25", "--ack-wait-seconds", "1", "--wait-milliseconds", "200",
        ]
    }

    /// Publishes, and kills meanwhile; gives how many messages the stream has then.
    private func killing(
        _ server: ServerProcess, _ publications: Publications, _ directory: String, _ generator: inout SeededGenerator
    ) throws -> UInt64 {
        let log = directory + "/ingest.log"
        let address = NatsServer(server.address)
        // So that the last message is published about when the last kill is due.
        let kills = ingestKills + serverKills
        let pause = UInt32(kills * 400_000 / publications.messages.count)
        let outcome = Outcome()
        let publisher = Thread {
            do { try publications.publish(to: address) { usleep(pause) } } catch {
                outcome.fault.withLock { $0 = "\(error)" }
            }
            outcome.done.signal()
        }
        publisher.start()
        var reader = try Child(ingest, arguments(directory, server), output: log)
        var order = Array(repeating: true, count: ingestKills) + Array(repeating: false, count: serverKills)
        order.shuffle(using: &generator)
        for isIngest in order {
            usleep(UInt32.random(in: 100_000...700_000, using: &generator))
            if isIngest {
                reader.kill()
                reader = try Child(ingest, arguments(directory, server), output: log)
            } else {
                server.kill()
                usleep(UInt32.random(in: 0...300_000, using: &generator))
                try server.start()
            }
        }
        outcome.done.wait()
        // Before that it does not listen yet.
        try reader.awaitOutput("taking events.> of EVENTS")
        let status = reader.stop()
        guard status == 0 else { throw Fault("the ingest ended with \(status) when it was asked to") }
        if let fault = outcome.fault.withLock({ $0 }) { throw Fault(fault) }
        return try Streams(server: address).count(Streams.events)
    }

    private final class Outcome: Sendable {
        let done = DispatchSemaphore(value: 0)
        let fault = Mutex<String?>(nil)
    }

    /// Gives how many refusals there are.
    private func check(_ ledger: String, _ publications: Publications, _ streams: Streams) throws -> Int {
        let reader = try LedgerReader(opening: ledger)
        var found: [String] = []
        try reader.forEachEvent(at: try reader.resolve(.head)) { _, event, _ throws(LedgerError) in
            found.append("\(event.envelope.source) \(event.envelope.id)")
        }
        let refusals = try streams.refused()
        guard found == publications.wanted else {
            let missing = Set(publications.wanted).subtracting(found).count
            let more = found.count - Set(found).count
            let reasons = refusals.filter { !publications.bad.contains($0.text) }.compactMap(\.reason).prefix(3)
            throw Fault(
                "\(missing) events are missing, \(more) are there twice, of \(found.count) recorded; \(reasons)")
        }
        guard Set(refusals.map(\.text)) == publications.bad else {
            throw Fault("the refusals are not the bad messages: \(refusals.count) of \(publications.bad.count)")
        }
        guard refusals.allSatisfy({ $0.reason?.contains("\"code\":") == true }) else {
            throw Fault("a refusal without a reason")
        }
        return refusals.count
    }
}
