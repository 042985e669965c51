import Ledger
import Synchronization

/// What the server counts, as Prometheus reads it (text format 0.0.4). Routes stand as they are declared: no ID is in them.
final class ServerMetrics: Sendable {
    private struct Series: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Counts {
        var requests: [Series: UInt64] = [:]
        /// How many took at most so many milliseconds, by the bounds.
        var durations = [UInt64](repeating: 0, count: ServerMetrics.bounds.count)
        var milliseconds: UInt64 = 0
        var events: UInt64 = 0
        var duplicates: UInt64 = 0
    }

    private static let bounds: [UInt64] = [1, 5, 10, 50, 100, 500, 1_000, 5_000]
    private let counts = Mutex(Counts())

    func count(_ method: String, _ route: String, status: Int, milliseconds: UInt64) {
        counts.withLock { counts in
            counts.requests[Series(method: method, route: route, status: status), default: 0] += 1
            counts.milliseconds += milliseconds
            for (index, bound) in Self.bounds.enumerated() where milliseconds <= bound { counts.durations[index] += 1 }
        }
    }

    func countRecorded(_ admissions: [LedgerWriter.Admission]) {
        let appended = admissions.count { if case .admitted = $0 { true } else { false } }
        countRecorded(appended, duplicates: admissions.count - appended)
    }

    func countRecorded(_ events: Int, duplicates: Int) {
        counts.withLock { counts in
            counts.events += UInt64(events)
            counts.duplicates += UInt64(duplicates)
        }
    }

    /// - Parameters:
    ///   - head: how many events the ledger holds; `nil` if that cannot be read.
    ///   - sessions: how many people are signed in.
    func text(head: UInt64?, sessions: Int) -> String {
        let counts = counts.withLock { $0 }
        var lines: [String] = []
        func family(_ name: String, _ type: String, _ help: String, _ samples: [String]) {
            lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"] + samples
        }
        let requests = counts.requests.map { series, count in
            "trainledger_http_requests_total{method=\"\(series.method)\",route=\"\(series.route)\","
                + "status=\"\(series.status)\"} \(count)"
        }
        family("trainledger_http_requests_total", "counter", "Requests answered.", requests.sorted())
        let all = counts.requests.values.reduce(0, +)
        let name = "trainledger_http_request_duration_milliseconds"
        let buckets = zip(Self.bounds, counts.durations).map { "\(name)_bucket{le=\"\($0)\"} \($1)" }
        family(
            name, "histogram", "How long answers took.",
            buckets + [
                "\(name)_bucket{le=\"+Inf\"} \(all)", "\(name)_sum \(counts.milliseconds)", "\(name)_count \(all)",
            ])
        family(
            "trainledger_events_recorded_total", "counter", "Events recorded over HTTP.",
            ["trainledger_events_recorded_total \(counts.events)"])
        family(
            "trainledger_events_repeated_total", "counter", "Events that were in the ledger already.",
            ["trainledger_events_repeated_total \(counts.duplicates)"])
        if let head {
            family("trainledger_events", "gauge", "Events in the ledger.", ["trainledger_events \(head)"])
        }
        family("trainledger_sessions", "gauge", "People signed in.", ["trainledger_sessions \(sessions)"])
        return lines.joined(separator: "\n") + "\n"
    }
}
