import Ledger
import Testing
import TrainingEvents

@Suite("The corpus: cases worked by hand from the rules")
struct CorpusTests {
    @Test("every case of a file comes to what is expected", arguments: try CorpusFile.names())
    func cases(file name: String) throws {
        let file = try CorpusFile(named: name)
        let common = try CorpusFile.common()
        #expect(!file.cases.isEmpty)
        for kase in file.cases {
            do {
                var runner = try CaseRunner(kase, file: name, common: common)
                let differences = try runner.run(kase["expect"]?.elements ?? []) { _, _ in }
                for difference in differences { Issue.record("\(runner.name): \(difference)") }
            } catch {
                Issue.record("\(name): \(kase["name"] ?? .null): \(error)")
            }
        }
    }
}
