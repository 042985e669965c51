import CNats

/// Where a NATS server is, and what it is shown.
package struct NatsServer: Sendable {
    /// Such as `nats://127.0.0.1:4222`, or `tls://` where the server asks for TLS.
    package var address: String
    /// A `.creds` file with a token and a key; `nil` where the server asks for none.
    package var credentials: String?
    /// A PEM file of the authorities that the server's certificate is held against.
    package var authorities: String?

    package init(_ address: String, credentials: String? = nil, authorities: String? = nil) {
        self.address = address
        self.credentials = credentials
        self.authorities = authorities
    }
}

/// A connection to a NATS server with JetStream, closed with the last reference to it.
///
/// It does not connect again by itself: whoever uses it makes a new one, and knows that something may have been lost.
package final class JetStreamConnection {
    package let connection: OpaquePointer
    package let context: OpaquePointer
    /// How long the server is given to answer, in milliseconds.
    package static let patience: Int64 = 5_000

    package init(_ server: NatsServer) throws(FeedError) {
        var options: OpaquePointer?
        try check(natsOptions_Create(&options), "options")
        defer { natsOptions_Destroy(options) }
        try check(natsOptions_SetURL(options, server.address), "the address")
        try check(natsOptions_SetName(options, "trainledger"), "the name")
        try check(natsOptions_SetAllowReconnect(options, false), "options")
        try check(natsOptions_SetTimeout(options, Self.patience), "options")
        // A server that went away without a word is noticed after half a minute.
        try check(natsOptions_SetPingInterval(options, 10_000), "options")
        if let credentials = server.credentials {
            try check(natsOptions_SetUserCredentialsFromFiles(options, credentials, nil), "the credentials")
        }
        if let authorities = server.authorities {
            try check(natsOptions_LoadCATrustedCertificates(options, authorities), "the certificates")
        }
        var connection: OpaquePointer?
        try check(natsConnection_Connect(&connection, options), "connecting")
        var context: OpaquePointer?
        let status = natsConnection_JetStream(&context, connection, nil)
        guard let connection, let context else {
            natsConnection_Destroy(connection)
            throw FeedError(status, jsErrCode(0), "JetStream")
        }
        self.connection = connection
        self.context = context
    }

    deinit {
        jsCtx_Destroy(context)
        natsConnection_Destroy(connection)
    }

    /// The largest message that the server takes, headers included, in bytes.
    var payloadLimit: Int { Int(natsConnection_GetMaxPayload(connection)) }

    /// Publishes a message; returns when a stream has it.
    ///
    /// - Parameters:
    ///   - id: the stream drops another message with this ID within its window.
    ///   - header: one header, whose value has no line break.
    package func publish(
        _ payload: some Collection<UInt8>, to subject: String, id: String, header: (name: String, value: String)? = nil
    ) throws(FeedError) {
        let bytes = payload.map { CChar(bitPattern: $0) }
        var message: OpaquePointer?
        try check(natsMsg_Create(&message, subject, nil, bytes, Int32(clamping: bytes.count)), "a message")
        defer { natsMsg_Destroy(message) }
        if let header { try check(natsMsgHeader_Set(message, header.name, header.value), "a header") }
        var acknowledgement: UnsafeMutablePointer<jsPubAck>?
        var code = jsErrCode(0)
        let status = id.withCString { id -> natsStatus in
            var options = jsPubOptions()
            jsPubOptions_Init(&options)
            options.MsgId = id
            options.MaxWait = Self.patience
            return js_PublishMsg(&acknowledgement, context, message, &options, &code)
        }
        jsPubAck_Destroy(acknowledgement)
        try check(status, "publishing to \(subject)", code)
    }

    /// Answers the server about a message; returns when it has taken this and all answers before.
    func answer(_ receipt: String, _ word: String) throws(FeedError) {
        var reply: OpaquePointer?
        let status = natsConnection_RequestString(&reply, connection, receipt, word, Self.patience)
        natsMsg_Destroy(reply)
        try check(status, "acknowledging")
    }

    /// Answers the server about a message, without waiting.
    func post(_ receipt: String, _ word: String) throws(FeedError) {
        try check(natsConnection_PublishString(connection, receipt, word), "acknowledging")
    }
}

/// Throws what a call of the library came to, unless it did what it was asked for.
func check(_ status: natsStatus, _ work: String, _ code: jsErrCode = jsErrCode(0)) throws(FeedError) {
    guard status == NATS_OK else { throw FeedError(status, code, work) }
}

extension FeedError {
    /// What a call of the library came to.
    init(_ status: natsStatus, _ code: jsErrCode, _ work: String) {
        let detail = code.rawValue == 0 ? "" : " (JetStream error \(code.rawValue))"
        let words = natsStatus_GetText(status).map { String(cString: $0) } ?? "error \(status.rawValue)"
        self.init(Self.code(status, code), "NATS: \(work): \(words)\(detail)")
    }

    private static func code(_ status: natsStatus, _ code: jsErrCode) -> Code {
        switch code {
        case JSStreamNotFoundErr, JSConsumerNotFoundErr: return .missing
        case JSConsumerCreateErr, JSConsumerNameExistErr, JSConsumerBadDurableNameErr, JSConsumerFilterNotSubsetErr,
            JSConsumerExistingActiveErr, JSConsumerReplacementWithDifferentNameErr, JSMaximumConsumersLimitErr,
            JSConsumerMaxPendingAckExcessErr, JSConsumerWQMultipleUnfilteredErr, JSConsumerWQConsumerNotUniqueErr:
            return .notCreated
        default: break
        }
        switch status {
        case NATS_CONNECTION_AUTH_FAILED, NATS_NOT_PERMITTED: return .denied
        case NATS_ADDRESS_MISSING, NATS_INVALID_ARG, NATS_INVALID_SUBJECT, NATS_SSL_ERROR,
            NATS_SECURE_CONNECTION_WANTED, NATS_SECURE_CONNECTION_REQUIRED:
            return .misconfigured
        default: return .unreachable
        }
    }
}
