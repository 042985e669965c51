package import CivilTime
import Glibc
package import Logging
import TrainingEvents

/// Writes the server's log as a JSON object a line.
package struct JSONLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.info
    private let label: String
    private let now: @Sendable () -> Instant
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameters:
    ///   - now: the clock.
    ///   - write: takes a line with its end, whole; standard error by default.
    package init(
        label: String, now: @escaping @Sendable () -> Instant,
        write: @escaping @Sendable ([UInt8]) -> Void = { line in
            _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
        }
    ) {
        self.label = label
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        var members: [JSONValue.Member] = [
            .init("time", .string("\(now())")), .init("level", .string("\(event.level)")),
            .init("logger", .string(label)), .init("message", .string("\(event.message)")),
        ]
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { members.append(.init(key, .string("\(value)"))) }
        write(Array((JSONValue.object(members).text + "\n").utf8))
    }
}
