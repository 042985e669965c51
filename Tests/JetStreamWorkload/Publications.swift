import Foundation
import Ingest
import LedgerTestKit
import TrainingEvents

/// What offices publish in a run: the events of a small population in their order, some alone and some together, some
/// twice, and messages in between that can never be recorded.
struct Publications {
    private(set) var messages: [String] = []
    /// Source and ID of every event that has to be in the ledger, in order.
    private(set) var wanted: [String] = []
    /// The messages that have to be refused.
    private(set) var bad: Set<String> = []
    private(set) var repeated = 0

    /// - Parameter count: events that have to be in the ledger.
    init(count: Int, using generator: inout SeededGenerator) throws {
        var population = PopulationGenerator(trainees: max(count / 20, 10), seed: generator.next())
        var recent: [String] = []
        while wanted.count < count {
            var together: [String] = []
            for _ in 0..<(Int.random(in: 0..<4, using: &generator) == 0 ? Int.random(in: 2...9, using: &generator) : 1)
            {
                guard wanted.count < count, let line = population.next() else { break }
                let text = String(decoding: line, as: UTF8.self)
                together.append(text)
                wanted.append(try Self.key(text))
            }
            guard let first = together.first else { throw Fault("the population is too small") }
            let message = together.count == 1 ? first : "[\(together.joined(separator: ","))]"
            messages.append(message)
            recent.append(message)
            if Int.random(in: 0..<10, using: &generator) == 0,
                let again = recent.suffix(40).randomElement(using: &generator)
            {
                messages.append(again)
                repeated += 1
            }
            if Int.random(in: 0..<25, using: &generator) == 0 {
                let message = try Self.bad(bad.count, behind: first, using: &generator)
                messages.append(message)
                bad.insert(message)
            }
        }
        // As large as a message can be: with the reason it does not fit into one.
        let large = String(repeating: "x", count: (1 << 20) - 200)
        messages.insert(large, at: messages.count / 2)
        bad.insert(large)
    }

    /// Source and ID of an event.
    private static func key(_ text: String) throws -> String {
        let json = try JSONParser.parse(text)
        guard case .string(let source) = json["source"], case .string(let id) = json["id"] else {
            throw Fault("an event without source or id")
        }
        return "\(source) \(id)"
    }

    private static func bad(_ number: Int, behind text: String, using generator: inout SeededGenerator) throws -> String
    {
        let unknown = """
            {"specversion":"1.0","id":"bad-\(number)","source":"/bad","type":"trainee.amended","subject":"T-nobody",\
            "time":"2019-06-02T09:00:00+08:00","data":{"reason":"correction","sex":"male"}}
            """
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: return "no JSON \(number)"
        case 1: return unknown.replacingOccurrences(of: "trainee.amended", with: "trainee.praised")
        case 2: return unknown
        case 3:
            // Good by itself, and refused with what it comes with.
            let good = """
                {"specversion":"1.0","id":"half-\(number)","source":"/bad","type":"trainee.registered",\
                "subject":"HALF-\(number)","time":"2019-06-01T09:00:00+08:00",\
                "data":{"birthDate":"1990-01-01","sex":"female","nationality":"national"}}
                """
            return "[\(good),\(unknown)]"
        default:
            // The same source and ID with another time.
            var json = try JSONParser.parse(text)
            guard case .object(var members) = json, let time = members.firstIndex(where: { $0.key == "time" }) else {
                throw Fault("an event without time")
            }
            members[time].value = .string("2019-01-01T00:00:\(10 + number % 50)+08:00")
            json = .object(members)
            return json.text
        }
    }

    /// Publishes everything in order, each message until a stream has it.
    ///
    /// - Parameter pause: called after each message.
    func publish(to server: NatsServer, pause: () -> Void) throws {
        var link: JetStreamConnection?
        for message in messages {
            var tries = 0
            while true {
                do throws(FeedError) {
                    if link == nil { link = try JetStreamConnection(server) }
                    // An ID of its own each time: what JetStream itself would drop has to be dropped by the ledger.
                    try link?.publish(Array(message.utf8), to: "events.office", id: UUID().uuidString)
                    break
                } catch {
                    link = nil
                    tries += 1
                    guard tries < 600 else { throw Fault("publishing fails: \(error.reason)") }
                    usleep(50_000)
                }
            }
            pause()
        }
    }
}
