/// Why a plan or a partial result is not taken, as data.
package struct ShardError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// The file is not as it was written, or is none of its kind.
        case damaged
        /// The file was written by a later version of the program.
        case tooNew
        /// It belongs to another plan, ledger or rulebook, or to other work.
        case foreign
        /// There is no result for this shard.
        case missing
        /// There are two results for this shard, and they differ.
        case doubled
        /// There is no shard of that number.
        case noSuchShard
    }

    package let code: Code
    /// One sentence in English that says what to do about it where that can be known.
    package let reason: String
    /// The file, where there is one.
    package let file: String?
    /// The shard, from 0, where it is known.
    package let shard: Int?

    package init(_ code: Code, _ reason: String, file: String? = nil, shard: Int? = nil) {
        self.code = code
        self.reason = reason
        self.file = file
        self.shard = shard
    }

    /// The place and the reason.
    package var message: String {
        let place = [file, shard.map { "shard \($0)" }].compactMap(\.self).joined(separator: ": ")
        return place.isEmpty ? reason : "\(place): \(reason)"
    }

    /// Of a command that ends with it (sysexits): 64 for a number that is no shard's, 66 for a result that is missing,
    /// 65 for bad data.
    package var exitStatus: Int32 {
        switch code {
        case .noSuchShard: 64
        case .missing: 66
        case .damaged, .tooNew, .foreign, .doubled: 65
        }
    }
}

/// Runs what reads a plan or a partial result, and passes on its errors as errors of the ledger.
func fromShard<Value>(_ work: () throws(ShardError) -> Value) throws(LedgerError) -> Value {
    do throws(ShardError) { return try work() } catch { throw .shard(error) }
}
