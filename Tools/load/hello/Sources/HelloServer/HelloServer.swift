import Hummingbird

/// The least that a server of this kind can do: it answers every request for `/` with one line. What a request to
/// `trainledger serve` costs beside it is the ledger's own work.
@main
struct HelloServer {
    static func main() async throws {
        guard CommandLine.arguments.count == 2, let port = Int(CommandLine.arguments[1]) else {
            print("usage: HelloServer PORT")
            return
        }
        let router = Router()
        router.get("/") { _, _ in "hello\n" }
        router.get("health") { _, _ in "ok\n" }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }
}
