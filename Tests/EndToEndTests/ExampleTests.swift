import Foundation
import Testing

@Suite("The examples of the three programmes come to what was worked out by hand")
struct ExampleTests {
    @Test("every expectation of EventLogs/expected.json")
    func expectations() async throws {
        let file = CommandLineProgram.root.appending(path: "EventLogs/expected.json")
        let expected = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]])
        #expect(expected.count > 240)
        try await CommandLineProgram.withExamples { ledger in
            var answers: [Question: [String: Any]] = [:]
            for question in Set(expected.map { Question($0).ofAll }) {
                let run = try await CommandLineProgram.run(question.command(ledger))
                #expect(run.status == 0 || question.unit != nil, "\(run.complaints)")
                for answer in try run.objects { answers[question.naming(answer["trainee"] as? String)] = answer }
            }
            for expectation in expected {
                let question = Question(expectation)
                let answer = try #require(answers[question], "no answer for \(question)")
                for (key, value) in expectation where key != "why" {
                    let (wanted, found) = ("\(value)", answer[key].map { "\($0)" } ?? "nothing")
                    #expect(wanted == found, "\(question): \(key)")
                }
            }
        }
    }

    /// What an expectation asks: a kind, of a class and a trainee in it, or of a unit on a day.
    private struct Question: Hashable {
        let kind: String
        let classID: String?
        let unit: String?
        let on: String?
        var trainee: String?

        init(_ expectation: [String: Any]) {
            kind = expectation["kind"] as? String ?? ""
            classID = expectation["class"] as? String
            unit = expectation["unit"] as? String
            on = expectation["on"] as? String
            trainee = expectation["trainee"] as? String
        }

        var ofAll: Question { naming(nil) }

        func naming(_ trainee: String?) -> Question {
            var question = self
            question.trainee = trainee
            return question
        }

        func command(_ ledger: String) -> [String] {
            let about = unit.map { ["--unit", $0, "--on", on ?? ""] } ?? ["--class", classID ?? ""]
            return ["decide", ledger, kind] + about + ["--json"]
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
