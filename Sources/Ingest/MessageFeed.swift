/// A message of a feed.
package struct FeedMessage: Sendable {
    /// Its place in the stream, from 1.
    package let sequence: UInt64
    /// What it was published under.
    package let subject: String
    package let payload: [UInt8]
    /// Where the server waits for its acknowledgement.
    package let receipt: String

    package init(sequence: UInt64, subject: String, payload: [UInt8], receipt: String) {
        self.sequence = sequence
        self.subject = subject
        self.payload = payload
        self.receipt = receipt
    }
}

/// What becomes of a message that is done with.
package enum Settlement: Sendable {
    /// What it brought is in the ledger.
    case accepted
    /// It was refused, and the refusal is kept in a stream.
    case refused
}

/// Messages that are delivered at least once, each until it is settled.
///
/// A feed that throws `unreachable` can be asked again.
package protocol MessageFeed: AnyObject {
    /// Messages that wait, `limit` at most. Waits a moment where there is none.
    func fetch(_ limit: Int) throws(FeedError) -> [FeedMessage]

    /// How many messages were delivered, to this process or another, and are not settled.
    func outstanding() throws(FeedError) -> Int

    /// Says that messages are done with; returns when the server knows.
    func settle(_ messages: [FeedMessage], _ settlement: Settlement) throws(FeedError)

    /// Publishes why a message was refused, with the message; returns when a stream has it.
    func publish(_ refusal: Refusal) throws(FeedError)
}
