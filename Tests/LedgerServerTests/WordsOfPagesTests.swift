import CivilTime
import Explanations
import Foundation
import Testing
import TrainingEvents

@testable import Ledger
@testable import LedgerServer

@Suite("The words of the pages")
struct WordsOfPagesTests {
    private static let chinese = ReadingStyle(language: .chinese, usesROCDates: true)
    private static let english = ReadingStyle(language: .english, usesROCDates: false)

    /// What a person reads of a page, without event types, which stand there as the contract spells them.
    private func read(_ page: String) -> String {
        let main = page[(page.firstRange(of: "<main")?.lowerBound ?? page.startIndex)...]
        return String(main).replacing(/<[^>]*>/, with: " ").replacing(/[A-Za-z]+\.[A-Za-z]+/, with: "")
    }

    @Test("are no raw keys or codes, in neither language", arguments: ["zh-TW", "en"])
    func keys(language: String) async throws {
        try await ServerFixture.with { fixture in
            var browser = try await fixture.signIn("audi")
            _ = try await fixture.look("T-COFFEE-01", browser)
            browser.language = language
            for trainee in ["T-COFFEE-01", "T-COFFEE-13", "T-COFFEE-07"] {
                let page = try await fixture.get("/trainees/\(trainee)", browser)
                let text = read(page.text)
                #expect(text.count > 1_000)
                let raw = Set(text.matches(of: /\b[a-z]+[A-Z][A-Za-z]*\b/).map { String($0.0) })
                #expect(raw.isEmpty, "\(trainee): \(raw.sorted())")
                if language == "zh-TW" {
                    #expect(
                        !text.contains(/[^-@\w](19|20)\d\d-\d\d-\d\d/), "\(trainee) has a date that is not of the ROC")
                    #expect(!text.contains("半個月數") && !text.contains(/分鐘 \d+小時/))
                } else {
                    #expect(!text.contains(/\b1 months/))
                }
            }
        }
    }

    @Test("every field of every event has a Chinese name")
    func fields() {
        for type in EventType.names.compactMap({ EventType(named: $0) }) {
            for field in FieldCatalogue.fields(of: type) {
                // The ledger keeps these for itself; they are in no JSON.
                if ["number", "target"].contains(field.path) { continue }
                let name = field.path.split(separator: ".").last.map(String.init) ?? field.path
                #expect(Terms.key(name, .chinese) != name, "\(type.name) \(field.path)")
            }
        }
    }

    @Test("a number stands there with one unit, and a span of days in the calendar of the page")
    func units() {
        let facts: [JSONValue.Member] = [
            .init("scheduledMinutes", .integer(9_360)), .init("capHalfMonths", .integer(12)),
            .init("halfMonths", .integer(2)), .init("amount", .integer(17_700)),
        ]
        #expect(Self.chinese.show(facts) == "應到時數 156小時，上限 6個月，月數 1個月，金額 NT$17,700")
        #expect(Self.english.show(facts) == "scheduled 156 h, cap 6 months, duration 1 month, amount NT$17,700")
        #expect(Self.chinese.show(.string("2020-06-30 – 2022-06-30")) == "109-06-30 – 111-06-30")
        #expect(Self.english.show(.string("2020-06-30 – 2022-06-30")) == "2020-06-30 – 2022-06-30")
    }

    @Test("an effect that says nothing new is left out, and money has its sign and thousands apart")
    func effects() {
        func line(_ value: String, _ before: JSONValue, _ after: JSONValue, of subject: String) -> String? {
            let effect = Timeline.Effect(subject: subject, classID: "C-1", value: value, before: before, after: after)
            return EffectRendering(effect, Self.english).line
        }
        for nothing in [JSONValue.integer(0), .bool(false), .array([])] {
            #expect(line("paid", .null, nothing, of: "feeShare") == nil)
            #expect(line("paid", nothing, .null, of: "feeShare") == nil)
        }
        #expect(
            line("due", .integer(0), .integer(17_700), of: "livingAllowance")
                == "living allowance C-1 due: NT$0 → NT$17,700")
        #expect(line("P-1.net", .null, .integer(9_000), of: "payout") == "payout C-1 P-1 net: – → NT$9,000")
        #expect(
            line("outcome", .null, .string("granted"), of: "registration")
                == "registration C-1 outcome: – → may apply")
    }

    @Test("of the rules: amounts, percentages, names of categories and papers instead of what the book writes")
    func rules() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            let page = read(try await fixture.get("/rules", browser).text)
            #expect(page.contains("NT$70,000") && page.contains("80%") && page.contains("official document"))
            #expect(!page.contains("common [") && !page.contains("[]") && page.contains("every row: "))
            #expect(page.contains("20 days and 60 hours: 1 month"))
        }
    }
}
