import Rulebook
import Testing

@testable import Explanations

@Suite("The remarks of the built-in rulebooks in Chinese")
struct RemarksTests {
    /// Every reading and note of the rulebooks that come with the program.
    private func remarks() throws -> Set<String> {
        var remarks: [String?] = []
        for name in BuiltInRulebooks.names {
            let book = try BuiltInRulebooks.book(named: name)
            remarks += book.parameterListing.flatMap(\.entries).flatMap { [$0.note, $0.reading] }
            remarks += book.clauses.map(\.reading)
        }
        return Set(remarks.compactMap(\.self))
    }

    @Test("are there for each of them, and for nothing else")
    func complete() throws {
        let remarks = try remarks()
        #expect(remarks.count > 40)
        for remark in remarks {
            #expect(RemarkTerms.text(remark, .chinese) != remark, "\(remark)")
            #expect(RemarkTerms.text(remark, .english) == remark)
        }
        #expect(Set(RemarkTerms.chinese.keys).subtracting(remarks) == [])
    }

    @Test("name the same clauses, years and figures as the English")
    func figures() {
        for (english, chinese) in RemarkTerms.chinese {
            for clause in english.matches(of: /[A-Z]{3}-\d\d/).map(\.0) {
                #expect(chinese.contains(clause), "\(english)")
            }
            for year in english.matches(of: /ROC (\d{3})/).map(\.1) { #expect(chinese.contains(year), "\(english)") }
            for year in english.matches(of: /\b(20\d\d)\b/).compactMap({ Int($0.1) }) {
                #expect(chinese.contains("\(year - 1911)") || chinese.contains("\(year)"), "\(english)")
            }
        }
    }

    @Test("of somebody's own rulebook are shown as they were written")
    func foreign() { #expect(RemarkTerms.text("依本局函釋。", .chinese) == "依本局函釋。") }
}
