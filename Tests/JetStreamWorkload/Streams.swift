import CNats
import Ingest
import TrainingEvents

/// The two streams of a run: what offices publish, and what was refused of it.
struct Streams {
    static let events = "EVENTS"
    static let refusals = "REFUSALS"
    let server: NatsServer

    func make() throws {
        let link = try JetStreamConnection(server)
        for (name, subject) in [(Self.events, "events.>"), (Self.refusals, "refused.>")] {
            let status = name.withCString { name in
                subject.withCString { subject -> natsStatus in
                    var subjects: [UnsafePointer<CChar>?] = [subject]
                    return subjects.withUnsafeMutableBufferPointer { subjects in
                        var config = jsStreamConfig()
                        jsStreamConfig_Init(&config)
                        config.Name = name
                        config.Subjects = subjects.baseAddress
                        config.SubjectsLen = 1
                        config.Storage = js_FileStorage
                        var info: UnsafeMutablePointer<jsStreamInfo>?
                        defer { jsStreamInfo_Destroy(info) }
                        return js_AddStream(&info, link.context, &config, nil, nil)
                    }
                }
            }
            guard status == NATS_OK else { throw Fault("the stream \(name) cannot be made") }
        }
    }

    /// How many messages a stream has.
    func count(_ stream: String) throws -> UInt64 {
        let link = try JetStreamConnection(server)
        var info: UnsafeMutablePointer<jsStreamInfo>?
        defer { jsStreamInfo_Destroy(info) }
        guard js_GetStreamInfo(&info, link.context, stream, nil, nil) == NATS_OK, let info else {
            throw Fault("the stream \(stream) is gone")
        }
        return info.pointee.State.Msgs
    }

    /// The refused messages, each with its reason. What was too large for one message is put together.
    func refused() throws -> [(text: String, reason: String?)] {
        let link = try JetStreamConnection(server)
        var refused: [(text: String, reason: String?)] = []
        for index in 0..<(try count(Self.refusals)) {
            var message: OpaquePointer?
            defer { natsMsg_Destroy(message) }
            guard js_GetMsg(&message, link.context, Self.refusals, index + 1, nil, nil) == NATS_OK, let message else {
                throw Fault("refusal \(index + 1) cannot be read")
            }
            var header: UnsafePointer<CChar>?
            _ = natsMsgHeader_Get(message, "Trainledger-Refusal", &header)
            let reason = header.map { String(cString: $0) }
            let bytes = UnsafeRawBufferPointer(
                start: natsMsg_GetData(message).map { UnsafeRawPointer($0) }, count: Int(natsMsg_GetDataLength(message))
            )
            let text = String(decoding: bytes, as: UTF8.self)
            if let reason, case .integer(let part) = try JSONParser.parse(reason)["part"], part > 0, !refused.isEmpty {
                refused[refused.count - 1].text += text
            } else {
                refused.append((text, reason))
            }
        }
        return refused
    }
}
