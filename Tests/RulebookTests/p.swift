import CivilTime
import Rulebook
import Testing

@Test func baseReads() throws {
    do {
        let book = try BuiltInRulebooks.book(named: "base")
        print(book.digest, book.parameterListing.count)
        let cap = try BuiltInRulebooks.book(named: "cap-2025")
        let day = try #require(CivilDate("2025-01-01"))
        #expect(cap[.quotaCap, on: day] == 100_000)
        #expect(book[.quotaCap, on: day] == 70_000)
        let again = try Rulebook.parse(cap.text, fileName: "again")
        #expect(again == cap)
        print(Rulebook.check(book.text, fileName: "base"))
    } catch {
        print(error)
        if let e = error as? RulebookError { Issue.record("\(e)") }
    }
}
