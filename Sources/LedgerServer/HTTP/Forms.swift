import HTTPTypes
import Hummingbird

/// The forms that pages send.
enum Forms {
    /// Bytes of a form at most, where a page does not take more.
    private static let limit = 16 << 10

    /// The fields of a form.
    ///
    /// - Throws: 413.
    static func fields(_ request: Request, limit: Int = limit) async throws -> FormFields {
        FormFields(String(buffer: try await request.body.collect(upTo: limit)))
    }

    /// The fields of a form that this site's own page sent in this session.
    ///
    /// - Throws: 403, 413.
    static func checked(
        _ request: Request, _ context: LedgerRequestContext, limit: Int = limit
    ) async throws -> FormFields {
        let form = try await fields(request, limit: limit)
        guard let session = context.session?.session, isFromHere(request), form["token"] == session.formToken
        else { throw HTTPError(.forbidden) }
        return form
    }

    /// Browsers say where a request comes from; what comes from another site is refused.
    static func isFromHere(_ request: Request) -> Bool {
        guard let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name] else { return true }
        return site == "same-origin" || site == "none"
    }
}
