import EventLog

/// The results of all shards of a plan, one each.
struct PartialSet {
    /// By the numbers of the shards.
    let results: [PartialResult]
    /// What all of them were made by: the head of the first.
    let head: PartialHead

    /// Takes results in any order; one that is there twice with the same content counts once.
    ///
    /// - Throws: `shard` – `damaged`, `tooNew`, `foreign` for one that belongs to another plan, or was made by another
    ///   rulebook than the first, `doubled`, `missing`; `input`.
    init(_ paths: [String], of plan: ShardPlanFile) throws(LedgerError) {
        var found = [PartialResult?](repeating: nil, count: plan.plan.shards.count)
        var first: PartialHead?
        for path in paths {
            let result = try PartialResult(opening: path, of: plan)
            if let first {
                guard result.head.book == first.book, result.head.comparedWith == first.comparedWith else {
                    throw .shard(
                        ShardError(
                            .foreign, "the result was made by other rulebooks, or for other work, than the first",
                            file: path, shard: result.shard))
                }
            }
            first = first ?? result.head
            if let other = found[result.shard] {
                guard other.file.digest == result.file.digest else {
                    throw .shard(
                        ShardError(
                            .doubled, "another result for this shard says something else: \(other.file.path)",
                            file: path, shard: result.shard))
                }
            }
            found[result.shard] = result
        }
        if let missing = found.firstIndex(where: { $0 == nil }) {
            let count = found.count { $0 == nil }
            let more = count > 1 ? " and \(count - 1) more" : ""
            throw .shard(ShardError(.missing, "there is no result for this shard\(more)", shard: missing))
        }
        results = found.compactMap(\.self)
        guard let first else { throw .shard(ShardError(.missing, "there are no results")) }
        head = first
    }
}
