package import Access
package import EventLog
import Foundation
package import Ledger

/// The log of a ledger that a server gives to those who follow it, over HTTP.
package struct HTTPCopySource: CopySource, Sendable {
    private let http = BlockingHTTP(patience: 15)
    private let leader: URL
    private let authorization: String

    /// - Parameters:
    ///   - leader: the address of the server: `https`, or `http` on this machine, since the credential goes with each
    ///     request.
    ///   - credential: of somebody who may copy the ledger.
    /// - Throws: `input` for another address.
    package init(_ leader: String, credential: Credential) throws(LedgerError) {
        guard let url = URL(string: leader), let host = url.host, url.user == nil,
            url.scheme == "https" || (url.scheme == "http" && ["localhost", "127.0.0.1", "::1"].contains(host))
        else {
            throw .input(
                path: "--from", reason: "it takes an address such as https://leader.example, or http on this machine")
        }
        self.leader = url
        authorization = "Bearer " + Data(credential.text.utf8).base64EncodedString()
    }

    package func head(having durable: UInt64, waiting: Bool) throws(LogError) -> [UInt8] {
        try get("copies/head", ["having": "\(durable)", "wait": waiting ? "1" : "0"]).body
    }

    package func segmentStarts() throws(LogError) -> [UInt64] {
        try lines("copies/segments").map { line throws(LogError) in
            guard let start = UInt64(line) else { throw Self.malformed }
            return start
        }
    }

    package func bytes(ofSegmentAt first: UInt64, from offset: UInt64) throws(LogError) -> SegmentPiece {
        let answer = try get("copies/segments/\(first)", ["from": "\(offset)"])
        guard let length = answer.headers["segment-length"].flatMap({ UInt64($0) }),
            let sealed = answer.headers["segment-sealed"], ["0", "1"].contains(sealed)
        else { throw Self.malformed }
        return SegmentPiece(isSealed: sealed == "1", length: length, bytes: answer.body)
    }

    package func fileNames() throws(LogError) -> [String] {
        try lines("copies/files")
    }

    package func content(of name: String) throws(LogError) -> [UInt8]? {
        let answer = try request("copies/file", ["name": name])
        if answer.status == 404 { return nil }
        return try Self.granted(answer).body
    }

    private func lines(_ path: String) throws(LogError) -> [String] {
        String(decoding: try get(path).body, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func get(_ path: String, _ query: [String: String] = [:]) throws(LogError) -> BlockingHTTP.Answer {
        try Self.granted(try request(path, query))
    }

    private func request(_ path: String, _ query: [String: String]) throws(LogError) -> BlockingHTTP.Answer {
        let items = query.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        let url = leader.appending(path: path).appending(queryItems: items)
        return try http.send(url, headers: ["Authorization": authorization])
    }

    private static func granted(_ answer: BlockingHTTP.Answer) throws(LogError) -> BlockingHTTP.Answer {
        switch answer.status {
        case 200: return answer
        case 401, 403:
            throw LogError(.readOnly, "the leader does not let this credential copy its ledger; it takes an operator's")
        case 404:
            throw LogError(
                .outOfRange,
                "the leader does not give its log away: it was started without --copy-key, or lacks that part")
        default: throw LogError(.inputOutput(EAGAIN), "the leader answers with status \(answer.status)")
        }
    }

    private static let malformed = LogError(.damaged, "the leader's answer is not as expected")
}
