import CNats
import TrainingEvents

/// What is read from JetStream.
package struct JetStreamSource: Sendable {
    /// The stream, which has to be there.
    package var stream: String
    /// The durable consumer; it is made if it is not there.
    package var consumer: String
    /// Which messages of the stream; `*` and `>` as in NATS.
    package var subject: String
    /// Where refused messages are published; a stream has to take them.
    package var refusals: String

    package init(stream: String, consumer: String, subject: String, refusals: String) {
        self.stream = stream
        self.consumer = consumer
        self.subject = subject
        self.refusals = refusals
    }

    /// Whether refused messages would come in again.
    package var takesItsRefusals: Bool { Self.matches(subject, refusals) }

    private static func matches(_ pattern: String, _ subject: String) -> Bool {
        let wanted = pattern.split(separator: ".", omittingEmptySubsequences: false)
        let found = subject.split(separator: ".", omittingEmptySubsequences: false)
        for (index, token) in wanted.enumerated() {
            guard index < found.count else { return false }
            if token == ">" { return true }
            guard token == "*" || token == found[index] else { return false }
        }
        return wanted.count == found.count
    }
}

/// A durable pull consumer of a JetStream stream. Connects when it is asked for something, and anew after a failure.
package final class JetStreamFeed: MessageFeed {
    private let server: NatsServer
    private let source: JetStreamSource
    private let options: IngestOptions
    /// How long a call waits for the first message, in milliseconds.
    private let wait: Int
    private var link: Link?
    /// Bytes of messages that are fetched at once, about, if no message is larger.
    private static let fetchedBytes = 16 << 20
    /// For a question about what is there already. Servers wait so long where there is nothing.
    private static let moment = 50
    /// Room for the headers of a refusal.
    private static let headerBytes = 32 << 10

    /// A connection and the subscription on it.
    private final class Link {
        let connection: JetStreamConnection
        let subscription: OpaquePointer

        init(_ connection: JetStreamConnection, _ subscription: OpaquePointer) {
            self.connection = connection
            self.subscription = subscription
        }

        deinit { natsSubscription_Destroy(subscription) }
    }

    package init(_ server: NatsServer, _ source: JetStreamSource, _ options: IngestOptions, wait: Int) {
        self.server = server
        self.source = source
        self.options = options
        self.wait = wait
    }

    package func fetch(_ limit: Int) throws(FeedError) -> [FeedMessage] {
        try linked { link throws(FeedError) in
            let waiting = try self.fetch(limit, on: link, for: Self.moment, waits: false)
            return waiting.isEmpty ? try self.fetch(1, on: link, for: self.wait, waits: true) : waiting
        }
    }

    package func outstanding() throws(FeedError) -> Int {
        try linked { link throws(FeedError) in
            var info: UnsafeMutablePointer<jsConsumerInfo>?
            var code = jsErrCode(0)
            let status = js_GetConsumerInfo(
                &info, link.connection.context, self.source.stream, self.source.consumer, nil, &code)
            defer { jsConsumerInfo_Destroy(info) }
            try check(status, "asking after the consumer", code)
            return Int(clamping: info?.pointee.NumAckPending ?? 0)
        }
    }

    package func settle(_ messages: [FeedMessage], _ settlement: Settlement) throws(FeedError) {
        guard let last = messages.last else { return }
        let word =
            switch settlement {
            case .accepted: "+ACK"
            case .refused: "+TERM"
            }
        try linked { link throws(FeedError) in
            // The server takes them in their order: it answers the last when it has taken all.
            for message in messages.dropLast() { try link.connection.post(message.receipt, word) }
            try link.connection.answer(last.receipt, word)
        }
    }

    package func publish(_ refusal: Refusal) throws(FeedError) {
        try linked { link throws(FeedError) in
            let message = refusal.message
            let limit = max(link.connection.payloadLimit - Self.headerBytes, 1)
            // With its headers a message may be larger than the server takes: then it goes in two.
            let parts = max(1, (message.payload.count + limit - 1) / limit)
            for part in 0..<parts {
                let piece = message.payload[(part * limit)..<min((part + 1) * limit, message.payload.count)]
                let reason = refusal.json(stream: self.source.stream, part: part, of: parts).text
                try link.connection.publish(
                    piece, to: self.source.refusals,
                    id: "\(self.source.stream).\(self.source.consumer).\(message.sequence).\(part)",
                    header: ("Trainledger-Refusal", reason))
            }
        }
    }

    /// Does work on a connection, a new one after a failure.
    private func linked<Value>(_ work: (Link) throws(FeedError) -> Value) throws(FeedError) -> Value {
        do throws(FeedError) {
            if link == nil { link = try connect() }
            guard let link else { throw FeedError(.unreachable, "NATS: connecting: no connection") }
            return try work(link)
        } catch {
            link = nil
            throw error
        }
    }

    private func connect() throws(FeedError) -> Link {
        let connection = try JetStreamConnection(server)
        try makeConsumer(on: connection)
        var subscription: OpaquePointer?
        var code = jsErrCode(0)
        let status = source.stream.withCString { stream in
            source.consumer.withCString { consumer -> natsStatus in
                var options = jsSubOptions()
                jsSubOptions_Init(&options)
                options.Stream = stream
                options.Consumer = consumer
                return js_PullSubscribe(
                    &subscription, connection.context, source.subject, consumer, nil, &options, &code)
            }
        }
        try check(status, "subscribing to the consumer", code)
        guard let subscription else { throw FeedError(NATS_ERR, jsErrCode(0), "subscribing to the consumer") }
        return Link(connection, subscription)
    }

    /// Makes the durable consumer, or sees that the one that is there is as it has to be.
    private func makeConsumer(on connection: JetStreamConnection) throws(FeedError) {
        var code = jsErrCode(0)
        let status = source.consumer.withCString { consumer in
            source.subject.withCString { subject -> natsStatus in
                var config = jsConsumerConfig()
                jsConsumerConfig_Init(&config)
                config.Durable = consumer
                config.FilterSubject = subject
                config.DeliverPolicy = js_DeliverAll
                config.AckPolicy = js_AckExplicit
                config.AckWait = Int64(options.acknowledgementWait) * 1_000_000
                // For ever: what cannot be recorded now is not given up.
                config.MaxDeliver = -1
                // No more than one batch is ever on its way, whatever was lost.
                config.MaxAckPending = Int64(options.batch)
                var info: UnsafeMutablePointer<jsConsumerInfo>?
                let status = js_AddConsumer(&info, connection.context, source.stream, &config, nil, &code)
                jsConsumerInfo_Destroy(info)
                return status
            }
        }
        try check(status, "making the consumer", code)
    }

    /// - Parameters:
    ///   - time: until when the answer is taken, in milliseconds; what comes later comes with the next one.
    ///   - waits: whether to wait for what is not there yet.
    private func fetch(_ limit: Int, on link: Link, for time: Int, waits: Bool) throws(FeedError) -> [FeedMessage] {
        var request = jsFetchRequest()
        jsFetchRequest_Init(&request)
        request.Batch = Int32(clamping: limit)
        // A message that is larger than this would never come.
        request.MaxBytes = Int64(max(Self.fetchedBytes, 2 * link.connection.payloadLimit))
        request.NoWait = !waits
        request.Expires = Int64(time) * 1_000_000
        var list = natsMsgList()
        let status = natsSubscription_FetchRequest(&list, link.subscription, &request)
        defer { natsMsgList_Destroy(&list) }
        if status == NATS_TIMEOUT || status == NATS_NOT_FOUND { return [] }
        try check(status, "fetching")
        var messages: [FeedMessage] = []
        for index in 0..<Int(list.Count) {
            // What has no place in a stream is no message of it.
            guard let pointer = list.Msgs?[index], let message = Self.message(pointer) else { continue }
            messages.append(message)
        }
        return messages
    }

    private static func message(_ pointer: OpaquePointer) -> FeedMessage? {
        var place: UnsafeMutablePointer<jsMsgMetaData>?
        guard natsMsg_GetMetaData(&place, pointer) == NATS_OK, let place else { return nil }
        defer { jsMsgMetaData_Destroy(place) }
        guard let receipt = natsMsg_GetReply(pointer), let subject = natsMsg_GetSubject(pointer) else { return nil }
        let length = Int(natsMsg_GetDataLength(pointer))
        let payload = natsMsg_GetData(pointer).map { data in
            [UInt8](UnsafeRawBufferPointer(start: UnsafeRawPointer(data), count: length))
        }
        return FeedMessage(
            sequence: place.pointee.Sequence.Stream, subject: String(cString: subject), payload: payload ?? [],
            receipt: String(cString: receipt))
    }
}
