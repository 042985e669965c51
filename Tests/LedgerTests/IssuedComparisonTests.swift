import CivilTime
import Decisions
import Histories
import Ledger
import Rulebook
import Testing
import TrainingEvents

@Suite("A decision as it was told stands beside the one that is recomputed")
struct IssuedComparisonTests {
    private static let setting = [
        #"{"type":"unit.registered","subject":"U","time":"2026-01-05T09:00:00+08:00","data":{"name":"協會","kind":"foundation","county":"臺北市","foundedOn":"2010-01-01"}}"#,
        #"{"type":"class.approved","subject":"C","time":"2026-01-05T09:00:00+08:00","data":{"programme":"industryTalent","courseName":"課程","unit":"U","county":"臺北市","fee":10000,"seats":20,"startsOn":"2026-03-02","endsOn":"2026-03-02","selection":"firstCome"}}"#,
        #"{"type":"class.scheduled","subject":"C","time":"2026-01-05T09:00:00+08:00","data":{"sessions":[{"on":"2026-03-02","from":"09:00","to":"12:00"}]}}"#,
        #"{"type":"trainee.registered","subject":"T","time":"2026-02-02T12:00:00+08:00","data":{"birthDate":"1990-01-01","sex":"female","nationality":"national"}}"#,
        #"{"type":"enrolment.started","subject":"T","time":"2026-03-02T09:00:00+08:00","data":{"class":"C","on":"2026-03-02"}}"#,
        #"{"type":"insurance.verified","subject":"T","time":"2026-03-03T09:00:00+08:00","data":{"asOf":"2026-03-03","method":"system","spells":[{"scheme":"labour","from":"2020-01-01"}]}}"#,
        #"{"type":"attendance.recorded","subject":"T","time":"2026-03-02T12:00:00+08:00","data":{"class":"C","on":"2026-03-02","presentMinutes":180}}"#,
        #"{"type":"enrolment.completed","subject":"T","time":"2026-03-02T18:00:00+08:00","data":{"class":"C","on":"2026-03-02","certificate":true}}"#,
        #"{"type":"survey.submitted","subject":"T","time":"2026-03-02T18:00:00+08:00","data":{"class":"C","on":"2026-03-02"}}"#,
    ]

    /// The decision as told: granted, 8,000, by `base` at the ninth event.
    private static func told(_ outcome: String, _ amount: Int, rulebook: String = "base") -> String {
        #"{"type":"decision.issued","subject":"T","time":"2026-03-20T09:00:00+08:00","data":{"kind":"tuitionSubsidy","class":"C","on":"2026-03-20","outcome":"\#(outcome)","amount":\#(amount),"rulebook":"\#(rulebook)","atSequence":9}}"#
    }

    private func comparison(
        _ more: [String], told: String, rulebook: String = "base"
    ) throws -> IssuedComparison {
        try LedgerFixture.withLedger { ledger in
            let lines = (Self.setting + [told] + more).enumerated().map { index, line in
                Array((#"{"specversion":"1.0","id":"e\#(index)","source":"/t","# + line.dropFirst()).utf8)
            }
            try LedgerFixture.append(lines, to: ledger)
            let reader = try LedgerReader(opening: ledger)
            let point = try reader.resolve(.head)
            let (histories, _) = try reader.histories(of: "T", at: point)
            let book = try BuiltInRulebooks.book(named: rulebook)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            let number = try #require(histories.registry.classes["C"])
            let question = EnrolmentQuestion(kind: .tuitionSubsidy, classNumber: number, traineeID: "T")
            let decision = try #require(question.decisions(histories, book).first)
            let all = try IssuedComparison.all(for: decision, reader, histories, context, ledger: ledger)
            return try #require(all.first)
        }
    }

    private func causes(_ comparison: IssuedComparison) -> [String] {
        comparison.causes.map { cause in
            switch cause {
            case .lateEvent(_, let type): "late \(type.name)"
            case .correction(_, let type): "correction \(type.name)"
            case .laterEvent(_, let type): "later \(type.name)"
            case .parameter(let clause): "parameter \(clause)"
            case .clause(let clause): "clause \(clause ?? "–")"
            }
        }
    }

    @Test("nothing has changed: it agrees")
    func agrees() throws {
        let comparison = try comparison([], told: Self.told("granted", 8_000))
        #expect(comparison.agrees)
        #expect(comparison.causes.isEmpty)
    }

    @Test("a certificate that was issued before and recorded after is a late event")
    func lateEvent() throws {
        let late = [
            #"{"type":"identity.certified","subject":"T","time":"2026-02-20T09:00:00+08:00","data":{"category":"disabled","validFrom":"2026-01-01","documents":["disabilityCard"]}}"#,
            #"{"type":"class.closed","subject":"C","time":"2026-03-25T09:00:00+08:00","data":{"on":"2026-03-25"}}"#,
        ]
        let comparison = try comparison(late, told: Self.told("granted", 8_000))
        #expect(!comparison.agrees)
        #expect(causes(comparison) == ["late identity.certified", "later class.closed"])
    }

    @Test("an amendment is a correction")
    func amendment() throws {
        let amended =
            #"{"type":"class.amended","subject":"C","time":"2026-04-01T09:00:00+08:00","data":{"fee":9000,"reason":"誤植"}}"#
        let comparison = try comparison([amended], told: Self.told("granted", 8_000))
        #expect(causes(comparison) == ["correction class.amended"])
    }

    @Test("a retraction of what it rested on is a correction")
    func retraction() throws {
        let retracted =
            #"{"type":"event.retracted","subject":"T","time":"2026-04-01T09:00:00+08:00","data":{"retractsSource":"/t","retractsId":"e8","reason":"他人之調查表"}}"#
        let comparison = try comparison([retracted], told: Self.told("granted", 8_000))
        #expect(causes(comparison) == ["correction event.retracted"])
    }

    @Test("what was never so is laid to the clause or to the telling")
    func wrongTelling() throws {
        let comparison = try comparison([], told: Self.told("granted", 7_500))
        #expect(causes(comparison) == ["clause –"])
    }
}
