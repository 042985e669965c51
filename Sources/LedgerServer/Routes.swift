import Hummingbird
import Ledger

/// Which request goes where, and through which guards.
struct Routes: Sendable {
    let desk: Desk
    let site: Site
    let sessions: Sessions
    let metrics: ServerMetrics
    /// Nanoseconds of a clock that only goes forward.
    let ticks: @Sendable () -> UInt64

    func router(openID: OpenIDProvider?) -> Router<LedgerRequestContext> {
        let router = Router(context: LedgerRequestContext.self)
        router.add(middleware: RequestCounting(metrics: metrics, ticks: ticks))
        router.add(middleware: SecurityHeaders())
        router.add(middleware: SessionFinding(sessions: sessions))
        router.add(middleware: Problems(site: site))
        addMonitoring(to: router)
        router.get("assets/:name") { _, context in
            guard let asset = context.parameters.get("name").flatMap({ Site.asset($0) }) else {
                throw HTTPError(.notFound)
            }
            return asset
        }
        addSignIn(to: router)
        addPages(to: router.group().add(middleware: SignInRequirement()))
        let tokens = BearerTokens(
            provider: openID, ledger: desk.options.ledger, now: desk.now,
            wrongTokens: Attempts(size: 100, oneMoreEvery: 1_000, now: ticks))
        addInterface(to: router.group().add(middleware: APIProblems()).add(middleware: tokens))
        addCopies(to: router.group().add(middleware: APIProblems()).add(middleware: tokens))
        return router
    }

    /// What those who follow this ledger ask for.
    private func addCopies(to inside: RouterGroup<LedgerRequestContext>) {
        guard let leading = desk.leading else { return }
        let copies = CopiesAPI(
            desk: desk, leading: leading, progress: desk.copies,
            noted: Attempts(size: 1, oneMoreEvery: 3_600_000, now: ticks))
        inside.get("copies/head") { try await copies.head($0, $1) }
        inside.get("copies/segments") { try await copies.segments($0, $1) }
        inside.get("copies/segments/:first") { try await copies.segment($0, $1) }
        inside.get("copies/files") { try await copies.files($0, $1) }
        inside.get("copies/file") { try await copies.file($0, $1) }
    }

    private func addMonitoring(to router: Router<LedgerRequestContext>) {
        router.get("health") { _, _ in "ok\n" }
        router.get("metrics") { [desk, metrics, sessions] _, _ in
            let ledger = desk.options.ledger
            let head = try? await desk.work { () throws(LedgerError) in try LedgerReader.head(of: ledger) }
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: metrics.text(head: head, sessions: sessions.count))))
        }
    }

    private func addSignIn(to router: Router<LedgerRequestContext>) {
        let pages = SignInPages(
            desk: desk, site: site, sessions: sessions,
            attempts: Attempts(size: 5, oneMoreEvery: 60_000, now: ticks))
        router.get("sign-in") { pages.form($0, $1) }
        router.post("sign-in") { try await pages.signIn($0, $1) }
        router.get("language/:language") { try pages.language($0, $1) }
        let inside = router.group().add(middleware: SignInRequirement())
        inside.post("sign-out") { try await pages.signOut($0, $1) }
        inside.get("/") { pages.home($0, $1) }
        inside.post("look") { try await pages.look($0, $1) }
    }

    private func addPages(to inside: RouterGroup<LedgerRequestContext>) {
        let trainees = TraineePages(desk: desk, site: site)
        inside.get("trainees/:trainee") { try await trainees.trainee($0, $1) }
        inside.get("trainees/:trainee/statement") { try await trainees.statement($0, $1) }
        inside.get("trainees/:trainee/looks") { try await trainees.whoLooked($0, $1) }
        addClassPages(to: inside)
        addWholeLedgerPages(to: inside)
    }

    private func addClassPages(to inside: RouterGroup<LedgerRequestContext>) {
        let classes = ClassPages(desk: desk, site: site, metrics: metrics)
        inside.get("classes/:class") { try await classes.show($0, $1) }
        inside.post("classes/:class/attendance") { try await classes.recordAttendance($0, $1) }
        inside.post("classes/:class/leave") { try await classes.decideLeave($0, $1) }
        let sheets = SheetPages(desk: desk, site: site, metrics: metrics)
        inside.get("classes/:class/sheets/:kind") { try sheets.form($0, $1) }
        inside.post("classes/:class/sheets/:kind") { try await sheets.take($0, $1) }
        inside.get("classes/:class/sheets/:kind/template") { try sheets.template($0, $1) }
        let settlements = SettlementPages(settlements: Settlements(desk: desk), site: site)
        inside.get("classes/:class/settlement") { try await settlements.preview($0, $1) }
        inside.post("classes/:class/settlement") { try await settlements.commit($0, $1) }
    }

    private func addWholeLedgerPages(to inside: RouterGroup<LedgerRequestContext>) {
        let rules = RulesPages(desk: desk, site: site, comparisons: Comparisons(desk: desk))
        inside.get("rules") { try await rules.show($0, $1) }
        inside.get("rules/comparison") { try await rules.compare($0, $1) }
        inside.get("rules/comparison.csv") { try await rules.download($0, $1) }
        let longWork = LongWork(now: desk.now)
        let work = WorkPages(desk: desk, site: site, work: longWork)
        for kind in [LongWork.Kind.rebuild, .verify] {
            inside.get("work/\(kind.rawValue)") { try work.show(kind, $1) }
            inside.post("work/\(kind.rawValue)") { try await work.begin(kind, $0, $1) }
        }
        let audit = AuditPages(desk: desk, site: site, work: longWork)
        inside.get("audit") { try await audit.show($0, $1) }
        inside.get("audit/events.jsonl") { try await audit.download($0, $1) }
        inside.get("audit/events/:position") { try await audit.event($0, $1) }
        inside.get("audit/events/:position/proof") { try await audit.proof($0, $1) }
    }

    /// The JSON interface, as `docs/openapi.yaml` describes it.
    private func addInterface(to inside: RouterGroup<LedgerRequestContext>) {
        let answers = AnswersAPI(desk: desk)
        inside.get("head") { try await answers.head($0, $1) }
        inside.get("timelines/:trainee") { try await answers.timeline($0, $1) }
        inside.get("balances/:trainee") { try await answers.balance($0, $1) }
        inside.get("decisions/:kind") { try await answers.decisions($0, $1) }
        inside.get("deadlines") { try await answers.deadlines($0, $1) }
        let events = EventsAPI(desk: desk, metrics: metrics)
        inside.post("events") { try await events.record($0, $1) }
        inside.get("events") { try await events.list($0, $1) }
        inside.get("events/:position") { try await events.event($0, $1) }
        let feed = EventFeed(desk: desk, sessions: sessions)
        inside.get("feed") { try await feed.stream($0, $1) }
        let settlements = SettlementsAPI(settlements: Settlements(desk: desk))
        inside.get("settlements/:class") { try await settlements.show($0, $1) }
        inside.post("settlements/:class") { try await settlements.commit($0, $1) }
        let rules = RulesAPI(comparisons: Comparisons(desk: desk))
        inside.get("comparisons") { try await rules.compare($0, $1) }
    }
}
