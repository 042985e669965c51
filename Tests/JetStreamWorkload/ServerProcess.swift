import Foundation
import Glibc
import Ingest

/// A `nats-server` with JetStream that keeps its streams in a directory.
final class ServerProcess {
    let address: String
    private let path: String
    private let directory: String
    private let port: Int
    private var child: Child?

    /// Debian puts it where not everybody's `PATH` leads.
    static func find() -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (folders + ["/usr/sbin", "/usr/local/bin"]).map { $0 + "/nats-server" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    init(_ path: String, directory: String) throws {
        self.path = path
        self.directory = directory
        port = try Self.freePort()
        address = "nats://127.0.0.1:\(port)"
        try start()
    }

    func start() throws {
        child = try Child(
            path, ["-js", "-a", "127.0.0.1", "-p", "\(port)", "-sd", directory + "/streams"],
            output: directory + "/nats-server.log")
        // Until it answers; it was never seen to take a second.
        for _ in 0..<600 {
            do throws(FeedError) {
                _ = try JetStreamConnection(NatsServer(address))
                return
            } catch {
                usleep(50_000)
            }
        }
        throw Fault("nats-server does not answer")
    }

    func kill() { child?.kill() }

    func stop() { _ = child?.stop() }

    /// A port that was free a moment ago.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Fault("there is no free port") }
        return Int(UInt16(bigEndian: place.sin_port))
    }
}
