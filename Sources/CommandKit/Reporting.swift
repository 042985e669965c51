import ArgumentParser
package import CivilTime
import Glibc
package import Ledger

/// Runs a command; what goes wrong is printed and becomes the exit status.
package func reporting(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let error as LedgerError {
        complain(error)
        throw ExitCode(error.exitStatus)
    }
}

package func complain(_ error: LedgerError) {
    Console.complain("trainledger: \(error.message)")
}

/// The clock that stamps recorded times.
package func systemNow() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000) ?? .earliest
}
