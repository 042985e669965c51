import Ingest

/// A feed in memory that behaves as a server does: it delivers what is not settled again, after a while.
final class FakeFeed: MessageFeed {
    struct Entry {
        let payload: [UInt8]
        /// Fetches until it is delivered again; `nil` where it was not delivered, or is settled.
        var redelivery: Int?
        var isSettled = false
    }

    private(set) var entries: [Entry] = []
    private(set) var refusals: [Refusal] = []
    /// What was fetched and settled, in order: `fetch 1`, `accepted 1`, `refused 2`.
    private(set) var journal: [String] = []
    /// What the next calls fail with, by the name of the call.
    var failures: [String: [FeedError]] = [:]
    /// Called before messages are settled.
    var onSettle: (() throws -> Void)?
    private let redeliveryAfter = 3

    init(_ payloads: [String]) { entries = payloads.map { Entry(payload: Array($0.utf8)) } }

    /// A process got these, by their numbers from 1, and never settled them.
    func lose(_ sequences: [Int]) {
        for sequence in sequences { entries[sequence - 1].redelivery = redeliveryAfter }
    }

    private func failing(_ call: String) throws(FeedError) {
        guard let error = failures[call]?.first else { return }
        failures[call]?.removeFirst()
        throw error
    }

    func fetch(_ limit: Int) throws(FeedError) -> [FeedMessage] {
        try failing("fetch")
        var messages: [FeedMessage] = []
        for index in entries.indices where !entries[index].isSettled {
            if let left = entries[index].redelivery, left > 0 {
                entries[index].redelivery = left - 1
                continue
            }
            guard messages.count < limit else { continue }
            entries[index].redelivery = redeliveryAfter
            messages.append(
                FeedMessage(
                    sequence: UInt64(index + 1), subject: "events.test", payload: entries[index].payload,
                    receipt: "\(index + 1)"))
        }
        journal += messages.map { "fetch \($0.sequence)" }
        return messages
    }

    func outstanding() throws(FeedError) -> Int {
        try failing("outstanding")
        return entries.count { !$0.isSettled && $0.redelivery != nil }
    }

    func settle(_ messages: [FeedMessage], _ settlement: Settlement) throws(FeedError) {
        guard !messages.isEmpty else { return }
        try failing("settle")
        do { try onSettle?() } catch { throw FeedError(.unreachable, "the test: \(error)") }
        for message in messages {
            entries[Int(message.sequence) - 1].isSettled = true
            journal.append("\(settlement) \(message.sequence)")
        }
    }

    func publish(_ refusal: Refusal) throws(FeedError) {
        try failing("publish")
        refusals.append(refusal)
        journal.append("publish \(refusal.message.sequence)")
    }
}
