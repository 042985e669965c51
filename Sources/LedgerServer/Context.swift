import Foundation
import Explanations
import Hummingbird

/// What a request carries from middleware to page.
struct LedgerRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who is signed in, and under which number.
    var session: (number: String, session: Sessions.Session)?
    var language = Language.chinese

    init(source: Source) { coreContext = .init(source: source) }

    /// Bytes of a form or batch of events at most.
    var maxUploadSize: Int { 1 << 20 }
}

/// A name and value of a form or query, bounded.
struct FormFields {
    private let values: [String: String]
    private static let limit = 100

    /// Reads `name=value&…`; what is no such text has no fields.
    init(_ text: String) {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&", maxSplits: Self.limit) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            func decoded(_ part: Substring) -> String? { part.replacing("+", with: " ").removingPercentEncoding }
            guard let name = decoded(parts[0]), let value = decoded(parts[1]) else { continue }
            values[name] = values[name] ?? value
        }
        self.values = values
    }

    /// A value without white space around it; empty where there is none.
    subscript(name: String) -> String {
        (values[name] ?? "").trimmingSpaces
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
