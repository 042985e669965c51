import Foundation
import Hummingbird

/// Names and values of a form or query, bounded in number.
struct FormFields {
    private var values: [String: [String]]
    private static let limit = 2_000

    /// Reads `name=value&…`; what is no such text has no fields.
    init(_ text: String) {
        var values: [String: [String]] = [:]
        for pair in text.split(separator: "&", maxSplits: Self.limit) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            func decoded(_ part: Substring) -> String? { part.replacing("+", with: " ").removingPercentEncoding }
            guard let name = decoded(parts[0]), let value = decoded(parts[1]) else { continue }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// The fields of a request's query.
    init(queryOf request: Request) { self.init(request.uri.query ?? "") }

    /// A value without white space around it, the first of several; empty where there is none.
    subscript(name: String) -> String { (values[name]?.first ?? "").trimmingSpaces }

    /// All values of a name in their order, without white space around them.
    func all(_ name: String) -> [String] { (values[name] ?? []).map(\.trimmingSpaces) }

    /// The same fields with another value of one of them, as a query.
    func with(_ name: String, _ value: String) -> String {
        var copy = self
        copy.values[name] = [value]
        return copy.encoded
    }

    /// The fields as a query, in the order of their names.
    var encoded: String {
        values.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { "\(PathText.encoded(name))=\(PathText.encoded($0))" }
        }.joined(separator: "&")
    }

    /// A whole number of a query.
    ///
    /// - Throws: 400 if it is another text or out of bounds.
    func number(_ name: String, in bounds: ClosedRange<UInt64>, default value: UInt64) throws -> UInt64 {
        let text = self[name]
        if text.isEmpty { return value }
        guard let number = UInt64(text), bounds.contains(number) else { throw HTTPError(.badRequest) }
        return number
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

extension LedgerRequestContext {
    /// An ID in the path.
    ///
    /// - Throws: 404 if it is empty or no text.
    func id(_ name: String) throws -> String {
        guard let id = parameters.get(name)?.removingPercentEncoding, !id.isEmpty else { throw HTTPError(.notFound) }
        return id
    }
}
