import Dispatch

/// The results in the order of the indices, whatever thread made them.
///
/// - Parameters:
///   - count: how many indices there are, from 0.
///   - jobs: how many threads share them, at least 1.
func inParallel<Value: Sendable>(_ count: Int, jobs: Int, _ work: @Sendable (Int) -> Value) -> [Value] {
    guard jobs > 1, count > 1 else { return (0..<count).map(work) }
    let chunk = (count + jobs - 1) / jobs
    let results = Mutexed<[Int: [Value]]>([:])
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
        let range = min(job * chunk, count)..<min((job + 1) * chunk, count)
        let values = range.map(work)
        results.update { $0[job] = values }
    }
    let parts = results.value
    return (0..<jobs).flatMap { parts[$0] ?? [] }
}
