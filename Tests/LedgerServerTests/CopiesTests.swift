import Access
import EventLog
import Foundation
import HTTPTypes
import Ledger
import NIOCore
import Testing
import TrainingEvents
import Transparency

@testable import LedgerServer

@Suite("What a server gives to those who follow its ledger")
struct CopiesTests {
    private static let key = SigningKey(generatingFor: "copies.example/a")

    private func with(_ work: @escaping @Sendable (ServerFixture, VerifierKey) async throws -> Void) async throws {
        let key = try #require(Self.key)
        try await ServerFixture.with(setting: { $0.copyKey = key }) { try await work($0, key.verifier(.note)) }
    }

    @Test("are heads signed with its own key, that say which ledger, how far and which writer")
    func heads() async throws {
        try await with { fixture, key in
            let answer = try await fixture.ask("/copies/head", by: "op")
            #expect(answer.status == .ok)
            let head = try CopyHead(parsing: Array(answer.text.utf8), signedByOneOf: [key])
            let log = try GrowingLog(opening: fixture.ledger, files: RealFileSystem())
            let now = try log.head()
            #expect(head.head == now.head && head.epoch == now.epoch && head.ledgerID == log.ledgerID)
            let stranger = try #require(SigningKey(generatingFor: "copies.example/a")).verifier(.note)
            #expect(throws: LedgerError.self) {
                try CopyHead(parsing: Array(answer.text.utf8), signedByOneOf: [stranger])
            }
        }
    }

    @Test("is for operators: everybody else is denied, and that is written down")
    func rights() async throws {
        try await with { fixture, _ in
            let paths = [
                "/copies/head", "/copies/segments", "/copies/segments/0", "/copies/files",
                "/copies/file?name=access.json",
            ]
            for path in paths {
                #expect(try await fixture.ask(path, by: "op").status == .ok, "\(path)")
                for name in ["chen", "audi", "huang"] {
                    #expect(try await fixture.ask(path, by: name).status == .forbidden, "\(path) \(name)")
                }
                #expect(try await fixture.get(path).status == .unauthorized, "\(path)")
                let browser = try await fixture.signIn("op")
                #expect(try await fixture.get(path, browser).status == .unauthorized, "\(path)")
            }
        }
    }

    private struct LostLease: WriterLease {
        private static let lost = LedgerError.log(LogError(.notTheWriter, "lost"))
        func claim(after known: UInt32) throws(LedgerError) -> UInt32 { throw Self.lost }
        func check() throws(LedgerError) { throw Self.lost }
        func didWrite(_ epoch: UInt32) throws(LedgerError) { throw Self.lost }
        func end() {}
    }

    @Test("is no head where the lease is lost, and nothing is recorded then")
    func lostLease() async throws {
        let key = try #require(Self.key)
        try await ServerFixture.with(setting: { ($0.copyKey, $0.lease) = (key, LostLease()) }) { fixture in
            let head = try fixture.head()
            let answer = try await fixture.ask("/copies/head", by: "op")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.json["code"] == .string("notTheWriter"))
            let event = ServerFixture.registration("a", of: "T-NEW")
            let recorded = try await fixture.ask("/events", by: "chen", method: .post, body: event)
            #expect(recorded.status == .serviceUnavailable)
            #expect(recorded.json["code"] == .string("notTheWriter"))
            #expect(try fixture.head() == head)
        }
    }

    @Test("is nothing where the server has no key for it")
    func withoutKey() async throws {
        try await ServerFixture.with { fixture in
            for path in ["/copies/head", "/copies/segments/0"] {
                let answer = try await fixture.ask(path, by: "op")
                #expect(answer.status == .notFound)
            }
        }
    }

    @Test("are the files of the log and what belongs to it, and no other file")
    func files() async throws {
        try await with { fixture, _ in
            let names = try await fixture.ask("/copies/files", by: "op").text.split(separator: "\n").map(String.init)
            #expect(names.contains("access.json"))
            #expect(names.allSatisfy(CopiedFile.isCopied))
            let wrong = [
                "ledger.json", "durable", "LOCK", "../ledger.keys.kek", "rulebooks/../ledger.json", "rulebooks/",
                "/etc/passwd", "rulebooks/.hidden", "checkpoints/a/b", "", "derived/x", "rulebooks/a.tmp",
            ]
            for name in wrong {
                let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                #expect(try await fixture.ask("/copies/file?name=\(encoded)", by: "op").status == .notFound, "\(name)")
            }
            #expect(try await fixture.ask("/copies/segments/7", by: "op").status != .ok)
            let piece = try await fixture.ask("/copies/segments/0?from=0", by: "op")
            let length = try #require(Int(piece.header(.segmentLength) ?? ""))
            #expect(piece.body.readableBytes == length)
            #expect(try await fixture.ask("/copies/segments/0?from=\(length + 99)", by: "op").body.readableBytes == 0)
        }
    }

    @Test("records for somebody only when enough followers have it, and says so otherwise")
    func confirmations() async throws {
        let progress = CopyProgress()
        progress.note("b", has: 5)
        #expect(try await progress.wait(until: 5, by: 1, atMost: .zero))
        #expect(try await !progress.wait(until: 6, by: 1, atMost: .zero))
        #expect(try await !progress.wait(until: 5, by: 2, atMost: .zero))
        // The same follower twice is one; and what it had once, it does not lose by asking again.
        progress.note("b", has: 3)
        #expect(try await !progress.wait(until: 5, by: 2, atMost: .zero))
        progress.note("c", has: 9)
        #expect(try await progress.wait(until: 5, by: 2, atMost: .zero))
        progress.forget("c")
        #expect(try await !progress.wait(until: 5, by: 2, atMost: .zero))
        #expect(try await progress.wait(until: 5, by: 0, atMost: .zero))
    }
}
