import EventLog
import Rulebook
import Access
import Explanations
import HTTPTypes
import Hummingbird
import Ledger
import PersonalData
import TrainingEvents

/// Work on the whole ledger from a page: rebuilding every projection, and verifying every byte. The page shows how far it
/// is, by itself anew every two seconds, and then the receipt.
struct WorkPages: Sendable {
    let desk: Desk
    let site: Site
    let work: LongWork

    func show(_ kind: LongWork.Kind, _ context: LedgerRequestContext) throws -> Response {
        let rights = try site.rights(context)
        guard rights.mayDo(kind.operation) else { throw HTTPError(.forbidden) }
        return page(kind, context)
    }

    func begin(_ kind: LongWork.Kind, _ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let form = try await Forms.checked(request, context)
        let access = try desk.request(kind.operation, context)
        guard let principal = context.caller?.name else { throw HTTPError(.unauthorized) }
        let asked = Asked(asOf: form["as-of"], rulebook: form["rulebook"], language: context.language)
        guard try site.rights(context).mayDo(kind.operation) else {
            // The gate denies it, and writes that down.
            try await desk.read(kind.operation, of: .nobody, context) { _ in }
            throw HTTPError(.forbidden)
        }
        let begins = work.begin(kind, by: principal, on: desk) { [desk] reporter throws(LedgerError) in
            switch kind {
            case .rebuild: try Self.rebuild(asked, access, desk, reporter)
            case .verify: try Self.verify(asked, access, desk, reporter)
            }
        }
        guard begins else { return page(kind, context, isBusy: true) }
        return .redirect(to: "/work/\(kind.rawValue)", type: .normal)
    }

    private struct Asked: Sendable {
        let asOf: String
        let rulebook: String
        let language: Language
    }

    private static func rebuild(
        _ asked: Asked, _ access: AccessRequest, _ desk: Desk, _ reporter: LongWork.Reporter
    ) throws(LedgerError) -> (receipt: [LongWork.Line], isSound: Bool) {
        let reader = try LedgerReader(opening: desk.options.ledger, keys: KeyUse(desk.options.keys), for: access)
        let basis = AnswersAPI.Basis(asOf: asked.asOf, rulebook: asked.rulebook, ledger: desk.options.ledger)
        let point = try basis.point(in: reader)
        let histories = try reader.histories(at: point) { reporter.progress($0, point.eventCount) }
        let book = try basis.book(histories)
        reporter.progress(point.eventCount, point.eventCount)
        let rebuild = try Rebuild(histories, book, jobs: LedgerReader.defaultJobs)
        let language = asked.language
        func line(_ words: Words, _ value: String) -> LongWork.Line { .init(name: words(language), value: value) }
        return (
            [
                line(Words("事件", "events"), "\(rebuild.eventCount)"),
                line(Words("學員", "trainees"), "\(rebuild.traineeCount)"),
                line(Words("班次", "classes"), "\(rebuild.classCount)"),
                line(Words("總雜湊", "digest"), "sha256:\(rebuild.digest)"),
                line(Words("事實雜湊", "digest of the facts"), "sha256:\(rebuild.factsDigest)"),
                line(Words("決定雜湊", "digest of the decisions"), "sha256:\(rebuild.decisionsDigest)"),
                line(Words("規則", "rulebook"), "\(book.id) \(book.digest)"),
            ], true
        )
    }

    private static func verify(
        _ asked: Asked, _ access: AccessRequest, _ desk: Desk, _ reporter: LongWork.Reporter
    ) throws(LedgerError) -> (receipt: [LongWork.Line], isSound: Bool) {
        let found = try LedgerVerification(of: desk.options.ledger, keys: desk.options.keys, for: access) {
            reporter.progress($0, $1)
        }
        let language = asked.language
        var lines = [
            LongWork.Line(name: Words("紀錄", "records")(language), value: "\(found.log.records)"),
            LongWork.Line(name: Words("區段", "segments")(language), value: "\(found.log.segments)"),
            LongWork.Line(
                name: Words("樹根", "tree root")(language), value: found.log.treeHead.map { "\($0.root)" } ?? "–"),
        ]
        let damages =
            found.log.damages.map(\.description) + found.records.map { "record \($0.position): \($0.error.message)" }
            + (found.rulebooks.map { "\($0.file): \($0.reason)" } + found.checkpoints.map { "\($0.file): \($0.reason)" })
            + found.keys.faults.map { "\($0.file): \($0.reason)" } + found.access.map { "\($0.file): \($0.reason)" }
        lines += damages.prefix(100).map { LongWork.Line(name: Words("損壞", "damage")(language), value: $0) }
        return (lines, found.isSound)
    }

    private func page(_ kind: LongWork.Kind, _ context: LedgerRequestContext, isBusy: Bool = false) -> Response {
        let language = context.language
        var values: [String: Any] = [
            "isBusy": isBusy, "path": "/work/\(kind.rawValue)", "here": "/work/\(kind.rawValue)",
            "isRebuild": kind == .rebuild,
        ]
        if let state = work.state(kind) {
            var shown: [String: Any] = [
                "by": state.principal, "began": context.style.show(.string("\(state.began)")),
                "isRunning": state.isRunning, "done": "\(state.done)", "total": "\(max(state.total, 1))",
                "receipt": state.receipt.map { ["name": $0.name, "value": $0.value] },
                "result": Self.result(state)(language), "resultClass": state.isSound ? "granted" : "refused",
            ]
            if let ended = state.ended { shown["ended"] = context.style.show(.string("\(ended)")) }
            values["state"] = shown
            values["refresh"] = state.isRunning
        }
        return site.page(
            "work", title: PageWords.text(kind.rawValue, language), values, context, status: isBusy ? .conflict : .ok)
    }

    /// How a piece of work stands, or what it came to.
    static func result(_ state: LongWork.State) -> Words {
        if state.isRunning { return Words("進行中", "under way") }
        if let failure = state.failure { return Problems.answer(to: failure).1 }
        guard state.kind == .verify else { return Words("完成", "done") }
        return state.isSound ? Words("完好", "sound") : Words("有損壞", "damaged")
    }
}

extension LongWork.Kind {
    /// What has to be granted for it.
    var operation: Access.Operation { self == .rebuild ? .rebuild : .verify }
}
