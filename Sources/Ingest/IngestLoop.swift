import Glibc
package import Ledger
import TrainingEvents

/// Records the messages of a feed: takes what waits, records it, and only then says so.
///
/// A message is settled when what it brings is durable in the ledger, or when its refusal is durable in a stream; until
/// then it is delivered again. What is delivered again falls out by source and ID. Messages are recorded in the order of
/// their stream, each as a whole or not at all.
package struct IngestLoop<Feed: MessageFeed> {
    private let feed: Feed
    private let recorder: EventRecorder
    private let request: AccessRequest
    private let options: IngestOptions
    private let isStopped: () -> Bool
    private let tell: (String) -> Void
    private var report = IngestReport()
    private var pause: Int
    private var lastTold = ""
    private let clock = ContinuousClock()

    /// - Parameters:
    ///   - request: on whose behalf events are recorded.
    ///   - isStopped: whether to end; asked between batches and while waiting.
    ///   - tell: is told in a sentence what is tried again, and what was refused.
    package init(
        _ feed: Feed, into recorder: EventRecorder, for request: AccessRequest, _ options: IngestOptions,
        isStopped: @escaping () -> Bool, tell: @escaping (String) -> Void
    ) {
        self.feed = feed
        self.recorder = recorder
        self.request = request
        self.options = options
        self.isStopped = isStopped
        self.tell = tell
        pause = options.shortestPause
    }

    /// Goes on until it is stopped, or nothing comes any more. What was not settled then is delivered again.
    ///
    /// - Throws: what will not pass by itself.
    package mutating func run() throws(IngestError) -> IngestReport {
        // Before the first message: whether there is a ledger that this request may write to.
        guard try record([[]]) != nil else { return report }
        var lastMessage = clock.now
        while !isStopped() {
            do throws(IngestError) {
                if let hand = try gather() {
                    if !hand.isEmpty {
                        lastMessage = clock.now
                        try take(hand)
                    } else if let idle = options.untilIdle, clock.now - lastMessage >= .milliseconds(idle) {
                        break
                    }
                    calm()
                } else {
                    lastMessage = clock.now
                }
            } catch {
                guard error.isPassing else { throw error }
                lastMessage = clock.now
                waitAndTryAgain(error)
            }
        }
        return report
    }

    /// All messages that were delivered and are not settled, in the order of the stream; `nil` if somebody else has some
    /// of them.
    ///
    /// What was delivered and lost, because a process or a connection ended, comes again only after a while. Messages
    /// behind it may need the events that it brings, and would be refused without them: they wait.
    private func gather() throws(IngestError) -> [FeedMessage]? {
        let end = clock.now + .milliseconds(options.acknowledgementWait * 2 + 2_000)
        var hand: [UInt64: FeedMessage] = [:]
        var wanted = options.batch
        while !isStopped() {
            let outstanding: Int
            do throws(FeedError) {
                for message in try feed.fetch(wanted) { hand[message.sequence] = message }
                outstanding = try feed.outstanding()
            } catch {
                throw .feed(error)
            }
            if hand.count >= outstanding { return hand.values.sorted { $0.sequence < $1.sequence } }
            if clock.now > end { break }
            wanted = outstanding - hand.count
        }
        // Another process has the rest. After a while of another length than its own, one of the two gets all.
        wait(Int.random(in: 0...options.acknowledgementWait))
        return nil
    }

    /// Records what messages bring, and settles them.
    private mutating func take(_ hand: [FeedMessage]) throws(IngestError) {
        var brought: [(message: FeedMessage, drafts: [EventDraft])] = []
        var refused: [Refusal] = []
        for message in hand {
            switch MessageReading.read(message.payload) {
            case .events(let drafts): brought.append((message, drafts))
            case .refused(let events): refused.append(Refusal(message, events))
            }
        }
        guard let outcomes = try record(brought.map(\.drafts)) else { return }
        var accepted: [FeedMessage] = []
        for ((message, _), outcome) in zip(brought, outcomes) {
            switch outcome {
            case .success(let recorded):
                count(recorded.admissions)
                accepted.append(message)
            case .failure(let event):
                // That is no fault of the message.
                guard event.error.code != .noKeys else { throw .ledger(.refused(event.error)) }
                refused.append(Refusal(message, [event]))
            }
        }
        do throws(FeedError) {
            try feed.settle(accepted, .accepted)
            report.messages += accepted.count
            for refusal in refused.sorted(by: { $0.message.sequence < $1.message.sequence }) { try refuse(refusal) }
        } catch {
            throw .feed(error)
        }
    }

    private mutating func refuse(_ refusal: Refusal) throws(FeedError) {
        try feed.publish(refusal)
        try feed.settle([refusal.message], .refused)
        report.messages += 1
        report.refused += 1
        let code = refusal.events.first?.error.code.rawValue ?? ""
        tell("message \(refusal.message.sequence) was refused: \(code)")
    }

    private mutating func count(_ admissions: [LedgerWriter.Admission]) {
        for admission in admissions {
            switch admission {
            case .admitted: report.appended += 1
            case .duplicate: report.duplicates += 1
            }
        }
    }

    /// Records what messages bring, durably before this returns. Tries again until the ledger takes it; `nil` if it is
    /// stopped before.
    private mutating func record(
        _ brought: [[EventDraft]]
    ) throws(IngestError) -> [Result<EventRecorder.Recorded, RefusedEvent>]? {
        while true {
            do throws(LedgerError) {
                let outcomes = try recorder.record(inTurn: brought, for: request)
                calm()
                return outcomes
            } catch {
                let failure = IngestError.ledger(error)
                guard failure.isPassing else { throw failure }
                guard !isStopped() else { return nil }
                waitAndTryAgain(failure)
            }
        }
    }

    private mutating func calm() {
        pause = options.shortestPause
        lastTold = ""
    }

    private mutating func waitAndTryAgain(_ error: IngestError) {
        if error.message != lastTold {
            tell("\(error.message); trying again")
            lastTold = error.message
        }
        wait(pause)
        pause = min(pause * 2, options.longestPause)
    }

    /// Waits, but not on when it is stopped.
    private func wait(_ milliseconds: Int) {
        let end = clock.now + .milliseconds(milliseconds)
        while !isStopped() {
            let left = end - clock.now
            guard left > .zero else { return }
            let slice = min(left, .milliseconds(50))
            usleep(UInt32(slice.components.attoseconds / 1_000_000_000_000))
        }
    }
}
