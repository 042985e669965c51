import CNats
import Foundation
import Ingest

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

    /// The messages of a stream with the reason in their header, if there is one.
    func messages(_ stream: String) throws -> [(text: String, reason: String?)] {
        let link = try JetStreamConnection(server)
        return try (0..<(try count(stream))).map { index in
            var message: OpaquePointer?
            defer { natsMsg_Destroy(message) }
            guard js_GetMsg(&message, link.context, stream, index + 1, nil, nil) == NATS_OK, let message else {
                throw Fault("message \(index + 1) of \(stream) cannot be read")
            }
            var reason: UnsafePointer<CChar>?
            _ = natsMsgHeader_Get(message, "Trainledger-Refusal", &reason)
            let bytes = UnsafeRawBufferPointer(
                start: natsMsg_GetData(message).map { UnsafeRawPointer($0) }, count: Int(natsMsg_GetDataLength(message))
            )
            return (String(decoding: bytes, as: UTF8.self), reason.map { String(cString: $0) })
        }
    }
}
