import EventLog
import Glibc

// A process for tests to kill and starve, and to time the log with:
//
//   LogWorkload append DIRECTORY THREADS   appends for ever; a line on standard output for each acknowledgement
//   LogWorkload fill DIRECTORY             appends until it cannot, closes, and says why
//   LogWorkload bench DIRECTORY COUNT      measures rates

signal(SIGXFSZ, SIG_IGN)  // a file-size limit is to be an error, not a death

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    print("usage: LogWorkload append|fill|bench DIRECTORY [THREADS|COUNT]")
    exit(64)
}
let directory = arguments[2]
let number = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1

do {
    switch arguments[1] {
    case "append": try appendForEver(directory, threads: number)
    case "fill": try fill(directory)
    case "bench": try bench(directory, count: number)
    default: exit(64)
    }
} catch {
    print("error \(error.code): \(error)")
    exit(error.exitStatus)
}
