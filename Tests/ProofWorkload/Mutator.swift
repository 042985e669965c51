import LedgerTestKit
import EventLog
import Transparency

/// Makes wrong proofs out of true ones. What comes out is never what went in, and never true.
struct Mutator {
    private let inclusions: [InclusionFile]
    private let consistencies: [(old: [UInt8], request: WitnessRequest)]
    private let key: SigningKey
    private let stranger: SigningKey
    private var random: SeededGenerator
    /// How many of each class were made.
    private(set) var counts: [String: Int] = [:]

    init(_ cases: [ProofCase], key: SigningKey, seed: UInt64) {
        var inclusions: [InclusionFile] = []
        var consistencies: [(old: [UInt8], request: WitnessRequest)] = []
        for one in cases {
            switch one {
            case .inclusion(let file): if let file = try? InclusionFile(parsing: file) { inclusions.append(file) }
            case .consistency(let old, let request):
                if let request = try? WitnessRequest(parsing: request) { consistencies.append((old, request)) }
            }
        }
        self.inclusions = inclusions
        self.consistencies = consistencies
        self.key = key
        guard let stranger = SigningKey(generatingFor: key.name) else { preconditionFailure("the name is a key's") }
        self.stranger = stranger
        random = SeededGenerator(seed ^ 0x6D75_7461_6E74)
    }

    /// One mutant; classes take turns at random.
    mutating func next() throws -> ProofCase {
        while true {
            if Bool.random(using: &random) {
                let right = inclusions[Int.random(in: inclusions.indices, using: &random)]
                let kind = InclusionChange.allCases[Int.random(in: InclusionChange.allCases.indices, using: &random)]
                if let wrong = try change(right, kind), wrong != right.bytes {
                    counts["inclusion, \(kind.rawValue)", default: 0] += 1
                    return .inclusion(wrong)
                }
            } else {
                let right = consistencies[Int.random(in: consistencies.indices, using: &random)]
                let kinds = ConsistencyChange.allCases
                let kind = kinds[Int.random(in: kinds.indices, using: &random)]
                if let (old, wrong) = try change(right.old, right.request, kind),
                    old != right.old || wrong != right.request.bytes
                {
                    counts["consistency, \(kind.rawValue)", default: 0] += 1
                    return .consistency(old: old, request: wrong)
                }
            }
        }
    }

    private enum InclusionChange: String, CaseIterable {
        case bit = "a bit of the file", cut = "the file cut", line = "a line left out", hashes = "other hashes"
        case index = "another index", entry = "another entry", salt = "another salt", proof = "another event's proof"
        case node = "an inner node for an entry", note = "a forged note", rollback = "an older or newer checkpoint"
        case spelling = "another spelling of a hash"
    }

    private enum ConsistencyChange: String, CaseIterable {
        case bit = "a bit of a file", cut = "the request cut", hashes = "other hashes", size = "another old size"
        case swap = "old and new exchanged", rollback = "an older new checkpoint", old = "another old checkpoint"
        case fork = "a signed fork", note = "a forged note", zero = "from a tree without leaves"
        case spelling = "another spelling of a hash"
    }

    // MARK: Inclusion

    private mutating func change(_ right: InclusionFile, _ kind: InclusionChange) throws -> [UInt8]? {
        var file = right
        let other = inclusions[Int.random(in: inclusions.indices, using: &random)]
        switch kind {
        case .bit: return flipped(right.bytes)
        case .cut: return Array(right.bytes.prefix(Int.random(in: 0..<right.bytes.count, using: &random)))
        case .line:
            // The last line is the signature; one without it has none.
            var lines = right.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
            lines.remove(at: Int.random(in: lines.indices, using: &random))
            return lines.flatMap { $0 + [0x0A] }
        case .hashes: file.proof = changed(file.proof)
        case .index:
            file.index =
                Bool.random(using: &random) ? file.index ^ 1 << UInt64.random(in: 0..<20, using: &random) : other.index
            // Another event with the same bytes at the place that is claimed would be true.
            if file.index == right.index { return nil }
        case .entry:
            if other.extra == file.extra { return nil }
            file.extra = other.extra
        case .salt: file.extra?[Int.random(in: 0..<16, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case .proof:
            if other.proof == file.proof { return nil }
            file.proof = other.proof
        case .node:
            // A proof one level up, for what is hashed there.
            guard let sibling = file.proof.first, let entry = file.extra else { return nil }
            file.extra = MerkleTree.leafHash(entry).bytes + sibling.bytes
            file.proof.removeFirst()
            file.index >>= 1
        case .note: file.checkpoint = try forged(file.checkpoint)
        case .rollback:
            if other.checkpoint == file.checkpoint { return nil }
            file.checkpoint = other.checkpoint
        case .spelling:
            guard let hash = file.proof.last else { return nil }
            return respelt(right.bytes, hash)
        }
        return file.bytes
    }

    // MARK: Consistency

    private mutating func change(
        _ old: [UInt8], _ right: WitnessRequest, _ kind: ConsistencyChange
    ) throws -> (old: [UInt8], request: [UInt8])? {
        var (old, request) = (old, right)
        let other = consistencies[Int.random(in: consistencies.indices, using: &random)]
        switch kind {
        case .bit:
            return Bool.random(using: &random) ? (flipped(old), right.bytes) : (old, flipped(right.bytes))
        case .cut: return (old, Array(right.bytes.prefix(Int.random(in: 0..<right.bytes.count, using: &random))))
        case .hashes: request.proof = changed(request.proof)
        case .size:
            request.oldSize ^= 1 << UInt64.random(in: 0..<20, using: &random)
        case .swap:
            if old == request.checkpoint { return nil }
            let size = try head(request.checkpoint).size
            request.checkpoint = old
            old = right.checkpoint
            request.oldSize = size
        case .rollback:
            if try head(other.old).size >= right.oldSize { return nil }
            request.checkpoint = other.old
        case .old:
            if other.old == old { return nil }
            old = other.old
            if Bool.random(using: &random) { request.oldSize = other.request.oldSize }
            if old == request.checkpoint, request.oldSize == other.request.oldSize, request.proof.isEmpty { return nil }
        case .fork:
            // What a log does that keeps two histories: signed, and not the one that goes on from the old.
            var forked = try head(request.checkpoint)
            guard let root = TreeHash(flipped(forked.root.bytes)) else { return nil }
            forked.root = root
            guard let checkpoint = Checkpoint(origin: key.name, head: forked) else { return nil }
            request.checkpoint = try SignedCheckpoint(checkpoint, signedWith: key).bytes
        case .note:
            if Bool.random(using: &random) {
                old = try forged(old)
            } else {
                request.checkpoint = try forged(request.checkpoint)
            }
        case .zero:
            let empty = TreeHead(size: 0, root: MerkleTree.emptyRoot)
            guard let checkpoint = Checkpoint(origin: key.name, head: empty) else { return nil }
            old = try SignedCheckpoint(checkpoint, signedWith: key).bytes
            request.oldSize = 0
            if Bool.random(using: &random) { request.proof = [] }
        case .spelling:
            guard let hash = request.proof.last else { return nil }
            return (old, respelt(right.bytes, hash))
        }
        return (old, request.bytes)
    }

    // MARK: Parts

    private func head(_ note: [UInt8]) throws -> TreeHead {
        try Checkpoint(parsing: SignedNote(parsing: note).text).head
    }

    private mutating func flipped(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        return bytes
    }

    /// Hashes swapped, left out, doubled, added, changed by a bit.
    private mutating func changed(_ hashes: [TreeHash]) -> [TreeHash] {
        var hashes = hashes
        let some = TreeHash(flipped(hashes.first?.bytes ?? MerkleTree.emptyRoot.bytes)) ?? MerkleTree.emptyRoot
        guard !hashes.isEmpty else { return [some] }
        let place = Int.random(in: hashes.indices, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: hashes.swapAt(place, Int.random(in: hashes.indices, using: &random))
        case 1: hashes.remove(at: place)
        case 2: hashes.insert(hashes[place], at: place)
        case 3: hashes.insert(some, at: Bool.random(using: &random) ? place : hashes.count)
        default: hashes[place] = TreeHash(flipped(hashes[place].bytes)) ?? some
        }
        return hashes
    }

    /// A checkpoint that its log never signed.
    private mutating func forged(_ bytes: [UInt8]) throws -> [UInt8] {
        let note = try SignedNote(parsing: bytes)
        let line = note.signatures[0].line
        var forged = try head(bytes)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: forged.size += 1
        case 1: forged.root = TreeHash(flipped(forged.root.bytes)) ?? forged.root
        case 2:
            // Another log's, signed with the same key.
            let text = "x" + note.text
            guard var other = SignedNote(text: text) else { return [] }
            try other.sign(with: key)
            return other.bytes
        default:
            // A stranger of the same name, under his own ID.
            guard var other = SignedNote(text: note.text) else { return [] }
            try other.sign(with: stranger)
            return other.bytes
        }
        guard let checkpoint = Checkpoint(origin: key.name, head: forged) else { return [] }
        return Array("\(checkpoint.text)\n\(line)".utf8)
    }

    /// The same bytes of a hash in base64 that some decoders take too: other bits in what is cut off.
    private func respelt(_ bytes: [UInt8], _ hash: TreeHash) -> [UInt8] {
        let line = Array(Base64.encode(hash.bytes).utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: line) }) else { return bytes }
        var bytes = bytes
        // 32 bytes end in a character of which two bits mean nothing; the next letter has one of them set.
        bytes[start + line.count - 2] += 1
        return bytes
    }
}
