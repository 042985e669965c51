import Crypto
import EventLog
import Glibc
import Transparency

/// A tree held as its leaf hashes, with the definitions of RFC 6962, section 2.1, written out: slow, and plainly right.
struct DefinedTree {
    var leaves: [TreeHash]

    func root(_ range: Range<Int>) -> TreeHash {
        if range.isEmpty { return MerkleTree.emptyRoot }
        if range.count == 1 { return leaves[range.lowerBound] }
        let middle = split(range)
        return MerkleTree.nodeHash(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }

    func head(_ size: Int) -> TreeHead { TreeHead(size: UInt64(size), root: root(0..<size)) }

    func inclusion(_ index: Int, _ range: Range<Int>) -> [TreeHash] {
        if range.count == 1 { return [] }
        let middle = split(range)
        return index < middle
            ? inclusion(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : inclusion(index, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    func consistency(_ old: Int, _ size: Int) -> [TreeHash] { subproof(old, 0..<size, true) }

    private func subproof(_ old: Int, _ range: Range<Int>, _ isKnown: Bool) -> [TreeHash] {
        if old == range.upperBound { return isKnown ? [] : [root(range)] }
        let middle = split(range)
        return old <= middle
            ? subproof(old, range.lowerBound..<middle, isKnown) + [root(middle..<range.upperBound)]
            : subproof(old, middle..<range.upperBound, false) + [root(range.lowerBound..<middle)]
    }

    private func split(_ range: Range<Int>) -> Int {
        var length = 1
        while length * 2 < range.count { length *= 2 }
        return range.lowerBound + length
    }
}

/// A tree held as leaf hashes, for making proofs from.
struct LeafTree: SubtreeSource {
    let leaves: [TreeHash]

    func subtreeRoot(level: Int, index: UInt64) -> TreeHash {
        let subtree = Subtree(level: level, index: index).leaves
        return MerkleTree.root(of: leaves[Int(subtree.lowerBound)..<Int(subtree.upperBound)])
    }

    /// The leaves "0", "1", "2", …
    static func counting(_ count: Int) -> LeafTree {
        LeafTree(leaves: (0..<count).map { MerkleTree.leafHash(Array(String($0).utf8)) })
    }
}

/// The seed from TRAINLEDGER_SEED, or a new one; printed either way.
func testSeed(_ test: String = #function) -> UInt64 {
    let seed = environment("TRAINLEDGER_SEED").flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    print("\(test): TRAINLEDGER_SEED=\(seed)")
    return seed
}

/// The value of an environment variable.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// The SHA-256 of bytes, in hexadecimal.
func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// A hash from its 64 hexadecimal digits.
func hash(_ digits: String) throws -> TreeHash {
    let text = Array(digits)
    let bytes = stride(from: 0, to: text.count, by: 2).compactMap { UInt8(String(text[$0...($0 + 1)]), radix: 16) }
    guard let hash = TreeHash(bytes) else { throw TransparencyError(.malformed, "no hash: \(digits)") }
    return hash
}

/// Whether work throws a `TransparencyError`, and with which code.
func code<Value>(_ work: () throws(TransparencyError) -> Value) -> TransparencyError.Code? {
    do throws(TransparencyError) {
        _ = try work()
        return nil
    } catch {
        return error.code
    }
}
