import Dispatch

/// The results in the order of the indices, whatever thread made them.
///
/// - Parameters:
///   - count: how many indices there are, from 0.
///   - jobs: how many threads share them, at least 1.
func inParallel<Value: Sendable>(_ count: Int, jobs: Int, _ work: @Sendable (Int) -> Value) -> [Value] {
    inParallelRanges(count, jobs: jobs) { $0.map(work) }.flatMap(\.self)
}

/// The results of one contiguous range of the indices for each thread, in order: for work that wants something of its
/// own in each thread.
///
/// - Parameters:
///   - count: how many indices there are, from 0.
///   - jobs: how many threads share them, at least 1.
func inParallelRanges<Value: Sendable>(_ count: Int, jobs: Int, _ work: @Sendable (Range<Int>) -> Value) -> [Value] {
    guard jobs > 1, count > 1 else { return [work(0..<count)] }
    let chunk = (count + jobs - 1) / jobs
    let results = Mutexed<[Int: Value]>([:])
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
        let value = work(min(job * chunk, count)..<min((job + 1) * chunk, count))
        results.update { $0[job] = value }
    }
    let parts = results.value
    return (0..<jobs).compactMap { parts[$0] }
}
