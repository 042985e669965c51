import Access
import Explanations
import HTTPTypes
import Hummingbird
import Ledger
import Mustache

/// The templates and files of the pages, compiled into the program.
struct Site: Sendable {
    private let library: MustacheLibrary
    /// The directory of the ledger, for what a page may offer to whoever sees it.
    private let ledger: String

    /// - Throws: what is wrong with a template: the program was built with it then.
    init(ledger: String) throws {
        self.ledger = ledger
        var library = MustacheLibrary()
        for (name, bytes) in Self.templates {
            library.register(try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self)), named: name)
        }
        self.library = library
    }

    private static let templates: KeyValuePairs = [
        "header": PackageResources.header_mustache, "footer": PackageResources.footer_mustache,
        "sign-in": PackageResources.sign_in_mustache, "home": PackageResources.home_mustache,
        "trainee": PackageResources.trainee_mustache, "statement": PackageResources.statement_mustache,
        "looks": PackageResources.looks_mustache, "problem": PackageResources.problem_mustache,
        "class": PackageResources.class_mustache, "sheet": PackageResources.sheet_mustache,
        "settlement": PackageResources.settlement_mustache, "rules": PackageResources.rules_mustache,
        "comparison": PackageResources.comparison_mustache, "audit": PackageResources.audit_mustache,
        "event": PackageResources.event_mustache, "work": PackageResources.work_mustache,
    ]

    /// A page. The value `here` is the address under which it is found again, where that is another than the one asked
    /// for: a form may be answered where there is nothing to look at.
    func page(
        _ name: String, title: String, _ values: [String: Any], _ context: LedgerRequestContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let language = context.language
        var values = values
        values["title"] = title
        values["language"] = language.rawValue
        values["otherLanguage"] = language == .chinese ? "en" : "zh-TW"
        values["here"] = PathText.encoded(values["here"] as? String ?? context.here)
        values["otherLanguageName"] = language == .chinese ? "English" : "中文"
        values["words"] = PageWords.all.mapValues { $0(language) }
        if let session = context.session?.session {
            values["session"] = [
                "name": session.signedIn.principal, "purpose": session.purpose, "token": session.formToken,
            ]
            values.merge(navigation(session.signedIn.principal, context)) { $1 }
        }
        let html = library.render(values, withTemplate: name) ?? ""
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    /// Which pages somebody can use at all. Where the grants cannot be read, none: the gate then denies everything too.
    private func navigation(_ principal: String, _ context: LedgerRequestContext) -> [String: Any] {
        guard let rights = try? PrincipalRights(of: principal, in: ledger) else { return [:] }
        func links(_ pages: [(address: String, word: String, opens: Bool)]) -> [[String: Any]] {
            pages.filter(\.opens).map { page in
                [
                    "address": page.address, "name": PageWords.text(page.word, context.language),
                    "isCurrent": page.address == "/" ? context.here == "/" : context.here.hasPrefix(page.address),
                ]
            }
        }
        let work = links([
            ("/work/rebuild", "rebuild", rights.mayDo(.rebuild)), ("/work/verify", "verify", rights.mayDo(.verify)),
        ])
        return [
            "opensTrainees": rights.mayDo(.readTimeline), "opensClasses": rights.mayDo(.readRoster),
            "opensLooks": rights.mayDo(.readAccess), "asksTrainee": rights.pageOfTrainees != nil, "offers": work,
            "hasOffers": !work.isEmpty,
            "sections": links([
                ("/", "home", true), ("/rules", "rules", true), ("/audit", "audit", rights.opensAudit),
            ]),
        ]
    }

    /// What whoever is signed in may do at all.
    ///
    /// - Throws: `access`; 401.
    func rights(_ context: LedgerRequestContext) throws -> PrincipalRights {
        guard let caller = context.caller else { throw HTTPError(.unauthorized) }
        return try PrincipalRights(of: caller.name, in: ledger)
    }

    /// A file that never changes while this program runs.
    static func asset(_ name: String) -> Response? {
        let files: [String: (bytes: [UInt8], type: String)] = [
            "style.css": (PackageResources.style_css, "text/css; charset=utf-8"),
            "icon.svg": (PackageResources.icon_svg, "image/svg+xml"),
            "timeline.js": (PackageResources.timeline_js, "text/javascript; charset=utf-8"),
            "entry.js": (PackageResources.entry_js, "text/javascript; charset=utf-8"),
        ]
        guard let file = files[name] else { return nil }
        return Response(
            status: .ok, headers: [.contentType: file.type, .cacheControl: "private, max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}

extension PrincipalRights {
    /// Whether somebody may open the audit page, which lists everybody's events: a reviewer may read those of their own
    /// cases alone.
    var opensAudit: Bool { mayDoForAll(.readEvents) && mayDoForAll(.proveEvents) }

    /// What of a trainee somebody can open: their page; for a key officer who looked at it; `nil` for nothing.
    var pageOfTrainees: String? {
        if mayDo(.readTimeline) { return "" }
        return mayDo(.readAccess) ? "/looks" : nil
    }
}
