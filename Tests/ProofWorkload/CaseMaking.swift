import LedgerTestKit
import EventLog
import Ledger
import Transparency

/// Makes true proofs about a signed ledger, for checkpoints of many sizes.
struct CaseMaking {
    let key: SigningKey
    private let reader: LedgerReader
    private var proofs: LedgerProofs
    private var random: SeededGenerator

    init(ledger: String, key: SigningKey, seed: UInt64) throws {
        self.key = key
        reader = try LedgerReader(opening: ledger)
        proofs = try LedgerProofs(reader)
        random = SeededGenerator(seed)
    }

    /// So many inclusion proofs and so many consistency proofs: near the edges of tiles, at both ends, and anywhere.
    mutating func genuine(_ count: Int) throws -> [ProofCase] {
        let size = proofs.checkpoint.head.size
        var cases: [ProofCase] = []
        // Most lead to the signed head; a tenth to checkpoints of other sizes.
        for index in 0..<count - count / 10 {
            let position = index < 4 ? [0, 1, size - 1, size / 2][index] : number(below: size)
            cases.append(.inclusion(try proofs.file(at: position).bytes))
        }
        var others = try (0..<8).map { _ in
            try LedgerProofs(reader, checkpoint: signed(number(below: size) + 1))
        }
        for index in 0..<count / 10 {
            let other = index % others.count
            let position = number(below: others[other].checkpoint.head.size)
            cases.append(.inclusion(try others[other].file(at: position).bytes))
        }
        for index in 0..<count {
            let new = index % 4 == 0 ? size : number(below: size) + 1
            let old = index % 17 == 0 ? new : number(below: new) + 1
            let request = WitnessRequest(
                oldSize: old, proof: try proofs.consistencyProof(old: old, new: new), checkpoint: try signed(new))
            cases.append(.consistency(old: try signed(old), request: request.bytes))
        }
        return cases
    }

    private mutating func signed(_ size: UInt64) throws -> [UInt8] {
        let head = try proofs.head(of: size)
        guard let checkpoint = Checkpoint(origin: key.name, head: head) else { return [] }
        return try SignedCheckpoint(checkpoint, signedWith: key).bytes
    }

    /// A number below a limit, often beside a multiple of 256.
    private mutating func number(below limit: UInt64) -> UInt64 {
        let any = UInt64.random(in: 0..<limit, using: &random)
        guard Int.random(in: 0..<3, using: &random) == 0 else { return any }
        let near = (any >> 8) << 8 &+ UInt64.random(in: 0...2, using: &random) &- 1
        return near < limit ? near : any
    }
}
