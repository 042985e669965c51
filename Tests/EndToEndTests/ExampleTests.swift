import Foundation
import Testing

@Suite("The examples of the three programmes come to what was worked out by hand")
struct ExampleTests {
    @Test("every expectation of EventLogs/expected.json")
    func expectations() async throws {
        let file = CommandLineProgram.root.appending(path: "EventLogs/expected.json")
        let expected = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]])
        #expect(expected.count > 60)
        try await CommandLineProgram.withExamples { ledger in
            var answers: [String: [String: Any]] = [:]
            for (kind, classID) in Set(expected.map { Pair($0) }).map({ ($0.kind, $0.classID) }) {
                let run = try await CommandLineProgram.run(["decide", ledger, kind, "--class", classID, "--json"])
                #expect(run.status == 0, "\(run.complaints)")
                for answer in try run.objects { answers["\(kind) \(classID) \(answer["trainee"] ?? "")"] = answer }
            }
            for expectation in expected {
                let pair = Pair(expectation)
                let trainee = expectation["trainee"] as? String ?? ""
                let answer = try #require(
                    answers["\(pair.kind) \(pair.classID) \(trainee)"], "no answer for \(pair) \(trainee)")
                for (key, value) in expectation where key != "why" {
                    let (wanted, found) = ("\(value)", answer[key].map { "\($0)" } ?? "nothing")
                    #expect(wanted == found, "\(pair.kind) \(trainee) in \(pair.classID): \(key)")
                }
            }
        }
    }

    private struct Pair: Hashable {
        let kind: String
        let classID: String

        init(_ expectation: [String: Any]) {
            kind = expectation["kind"] as? String ?? ""
            classID = expectation["class"] as? String ?? ""
        }
    }

    @Test(
        "T16: the balance of a day",
        arguments: [
            ("T-TIP-16", "2026-06-01", 12_000, 8_000, 50_000), ("T-TIP-15", "2026-06-01", 65_000, 5_000, 0),
            ("T-TIP-14", "2015-03-04", 70_000, 0, 0), ("T-TIP-14", "2015-05-01", 0, 8_000, 62_000),
        ])
    func balances(trainee: String, on: String, paid: Int, committed: Int, remaining: Int) async throws {
        try await CommandLineProgram.withExamples { ledger in
            let run = try await CommandLineProgram.run(["balance", ledger, trainee, "--on", on, "--json"])
            let quota = try #require(try run.object["quota"] as? [String: Any])
            #expect(quota["paid"] as? Int == paid)
            #expect(quota["committed"] as? Int == committed)
            #expect(quota["remaining"] as? Int == remaining)
        }
    }

    @Test("T17: before the class was closed the general rate was told, after it the full one")
    func closing() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let ask = ["decide", ledger, "tuitionSubsidy", "--class", "TIP-115-T08", "--trainee", "T-TIP-08", "--json"]
            let after = try await CommandLineProgram.run(ask)
            #expect(try after.object["amount"] as? Int == 10_000)
            let before = try await CommandLineProgram.run(ask + ["--happened-by", "115-05-10"])
            #expect(try before.object["amount"] as? Int == 8_000)
        }
    }

    @Test("a decision that says no ends with 1, one that grants with 0")
    func statuses() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let ask = ["decide", ledger, "tuitionSubsidy", "--class", "TIP-115-T12", "--trainee"]
            let granted = try await CommandLineProgram.run(ask + ["T-TIP-12-5H"])
            #expect(granted.status == 0)
            let refused = try await CommandLineProgram.run(ask + ["T-TIP-12-6H"])
            #expect(refused.status == 1)
        }
    }
}
