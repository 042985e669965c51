import Rulebook
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import TrainingEvents

/// An answer of the JSON interface, which says at which position of the ledger it stands and by which rulebook.
struct APIAnswer: Sendable {
    let json: JSONValue
    /// How many events were known.
    let position: UInt64
    var rulebookDigest: String?

    init(_ json: JSONValue, at position: UInt64, rulebookDigest: String? = nil) {
        self.json = json
        self.position = position
        self.rulebookDigest = rulebookDigest
    }

    init(_ json: JSONValue, _ context: AnswerContext) {
        self.init(json, at: context.point.eventCount, rulebookDigest: context.rulebook.digest)
    }

    func response(_ status: HTTPResponse.Status = .ok) -> Response {
        var response = Response.json(json, status)
        response.headers[.eTag] = "\"\(position)\""
        response.headers[.ledgerPosition] = "\(position)"
        if let rulebookDigest { response.headers[.rulebookDigest] = rulebookDigest }
        return response
    }
}

extension HTTPField.Name {
    /// How many events of the ledger an answer knows.
    static var ledgerPosition: HTTPField.Name { named("Ledger-Position") }
    /// The digest of the rulebook that an answer goes by.
    static var rulebookDigest: HTTPField.Name { named("Rulebook-Digest") }

    static func named(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is a name of a field") }
        return field
    }
}

extension Response {
    static func json(
        _ json: JSONValue, _ status: HTTPResponse.Status = .ok, type: String = "application/json"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(string: json.text + "\n")))
    }

    /// What is wrong, as a problem (RFC 9457).
    static func problem(
        _ status: HTTPResponse.Status, code: String, _ detail: String, adding more: [JSONValue.Member] = []
    ) -> Response {
        .json(
            .object(
                [
                    .init("type", .string("about:blank")), .init("title", .string(status.reasonPhrase)),
                    .init("status", .number(status.code)), .init("code", .string(code)),
                    .init("detail", .string(detail)),
                ] + more), status, type: "application/problem+json")
    }
}
