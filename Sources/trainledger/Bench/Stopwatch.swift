import Foundation
import Glibc
import TrainingEvents

/// One measured step of a benchmark: the best and the middle of several runs.
struct Measurement {
    let name: String
    /// What one run worked through, in the unit of `unit`.
    let count: UInt64
    let unit: String
    let nanoseconds: [UInt64]

    var best: UInt64 { nanoseconds.min() ?? 0 }
    var median: UInt64 { nanoseconds.isEmpty ? 0 : nanoseconds.sorted()[nanoseconds.count / 2] }
    /// What all but one in a hundred runs stayed below or at.
    var percentile99: UInt64 { nanoseconds.isEmpty ? 0 : nanoseconds.sorted()[nanoseconds.count * 99 / 100] }

    /// Of the best run.
    var perSecond: UInt64 {
        let (product, overflow) = count.multipliedReportingOverflow(by: 1_000_000_000)
        return best == 0 || overflow ? 0 : product / best
    }

    var json: JSONValue {
        .members([
            "name": .string(name), "count": .number(count), "unit": .string(unit), "bestNanoseconds": .number(best),
            "medianNanoseconds": .number(median), "percentile99Nanoseconds": .number(percentile99),
            "perSecond": .number(perSecond),
            "peakBytes": .number(Stopwatch.peakBytes),
        ])
    }
}

/// Measures wall time by the monotonic clock.
enum Stopwatch {
    /// Runs `work` `repeats` times.
    static func measure(
        _ name: String, count: UInt64, unit: String, repeats: Int, _ work: () throws -> Void
    ) rethrows -> Measurement {
        var nanoseconds: [UInt64] = []
        for _ in 0..<max(1, repeats) {
            let began = DispatchTime.now().uptimeNanoseconds
            try work()
            nanoseconds.append(DispatchTime.now().uptimeNanoseconds - began)
        }
        return Measurement(name: name, count: count, unit: unit, nanoseconds: nanoseconds)
    }

    /// The most memory that the process has held so far, in bytes.
    static var peakBytes: UInt64 {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return UInt64(usage.ru_maxrss) * 1_024
    }
}
