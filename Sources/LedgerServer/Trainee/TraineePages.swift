import TrainingEvents
import Histories
import Access
import Decisions
import Explanations
import Hummingbird
import Ledger

/// The pages about one trainee.
struct TraineePages: Sendable {
    let desk: Desk
    let site: Site

    func trainee(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let trainee = try context.id("trainee")
        let query = FormFields(queryOf: request)
        let question = TraineePage.Question(
            trainee: trainee, asOf: query["as-of"], rulebook: query["rulebook"], style: context.style,
            opensAudit: try site.rights(context).opensAudit)
        let ledger = desk.options.ledger
        let values = try await desk.read(.readTimeline, of: .trainee(trainee), context) { reader throws(LedgerError) in
            PageValues(try TraineePage(question, reader, ledger: ledger).values())
        }
        return site.page("trainee", title: trainee, values.values, context)
    }

    func statement(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let (trainee, query) = (try context.id("trainee"), FormFields(queryOf: request))
        let (classID, asOf) = (query["class"], query["as-of"])
        guard let kind = DecisionKind(named: query["kind"]), kind != .unitEligibility else {
            throw HTTPError(.notFound)
        }
        let ledger = desk.options.ledger
        let documents = try await desk.read(.decide, of: .enrolment(trainee: trainee, class: classID), context) {
            reader throws(LedgerError) in
            try StatementPage.documents(kind, of: trainee, in: classID, asOf: asOf, reader, ledger: ledger)
        }
        return site.page(
            "statement", title: PageWords.text("statement", context.language),
            ["documents": documents, "back": "/trainees/\(PathText.encoded(trainee))"], context)
    }

    func whoLooked(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let trainee = try context.id("trainee")
        let access = try desk.request(.readAccess, of: .trainee(trainee), context)
        let (ledger, style) = (desk.options.ledger, context.style)
        let looks = try await desk.work { () throws(LedgerError) in
            PageValues(LooksPage.values(try AccessTrail(of: trainee, in: ledger, for: access), style))
        }
        var values = looks.values
        values["path"] = "/trainees/\(PathText.encoded(trainee))"
        return site.page(
            "looks", title: "\(trainee) · \(PageWords.text("who", context.language))", values, context)
    }
}
