import Foundation
import Glibc

// A run for tests and for Tools/jetstream/run; prints one line. It ends with status 69 where there is no nats-server.
//
//   JetStreamWorkload SEED EVENTS INGEST-KILLS SERVER-KILLS

let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
guard numbers.count == 4, CommandLine.arguments.count == 5 else {
    print("usage: JetStreamWorkload SEED EVENTS INGEST-KILLS SERVER-KILLS")
    exit(64)
}
guard let natsServer = ServerProcess.find() else {
    print("there is no nats-server; Tools/set-up installs it")
    exit(69)
}
let here = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
let run = Run(
    seed: numbers[0], events: Int(clamping: numbers[1]), ingestKills: Int(clamping: numbers[2]),
    serverKills: Int(clamping: numbers[3]), ingest: here.appending(path: "trainledger-ingest").path,
    natsServer: natsServer)
do {
    print(try run.perform())
} catch {
    print("seed \(numbers[0]) failed: \(error)")
    exit(1)
}
