import EventLog
import Foundation
import Testing
import Transparency

/// The directory with the test data of transparency-dev/merkle and tessera as JSON Lines, one object a case, if there is
/// one at hand: `TRAINLEDGER_VECTORS`. The other suites hold the same classes of cases without it.
private let vectors = environment("TRAINLEDGER_VECTORS")

@Suite(
    "Published vectors",
    .enabled(if: vectors != nil, "TRAINLEDGER_VECTORS names no directory with inclusion.jsonl and consistency.jsonl"))
struct PublishedVectorTests {
    private struct Inclusion: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: Data?
        let leafHash: Data?
        let proof: [Data?]?
        let wantErr: Bool
        let name: String
    }

    private struct Consistency: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: Data?
        let root2: Data?
        let proof: [Data?]?
        let wantErr: Bool
        let name: String
    }

    private struct Signed: Decodable {
        let name: String
        let note: String
    }

    private func read<Case: Decodable>(_ file: String) throws -> [Case] {
        let text = try String(contentsOf: URL(filePath: try #require(vectors)).appending(path: file), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Case.self, from: Data($0.utf8)) }
    }

    private func hashes(_ proof: [Data?]?) -> [TreeHash]? {
        let found = (proof ?? []).map { TreeHash($0 ?? Data()) }
        return found.contains(nil) ? nil : found.compactMap(\.self)
    }

    @Test("every case of an inclusion proof is taken or refused as published")
    func inclusion() throws {
        let cases: [Inclusion] = try read("inclusion.jsonl")
        #expect(cases.count == 98)
        for one in cases {
            var isTaken = false
            if let root = TreeHash(one.root ?? Data()), let leaf = TreeHash(one.leafHash ?? Data()),
                let proof = hashes(one.proof)
            {
                let head = TreeHead(size: one.treeSize, root: root)
                isTaken =
                    code { () throws(TransparencyError) in
                        try TreeProof.verifyInclusion(of: leaf, at: one.leafIdx, in: head, by: proof)
                    } == nil
            }
            #expect(isTaken == !one.wantErr, "\(one.name)")
        }
    }

    @Test("every case of a consistency proof is taken or refused as published")
    func consistency() throws {
        let cases: [Consistency] = try read("consistency.jsonl")
        #expect(cases.count == 98)
        // Equal sizes with equal "roots" of twelve bytes, which no hash has: published as taken, refused here.
        let odd = "additional/sizes-are-equal-one-and-proof-is-empty.json"
        for one in cases {
            var isTaken = false
            if let old = TreeHash(one.root1 ?? Data()), let new = TreeHash(one.root2 ?? Data()),
                let proof = hashes(one.proof)
            {
                isTaken =
                    code { () throws(TransparencyError) in
                        try TreeProof.verifyConsistency(
                            from: TreeHead(size: one.size1, root: old), to: TreeHead(size: one.size2, root: new),
                            by: proof)
                    } == nil
            }
            #expect(isTaken == (!one.wantErr && one.name != odd), "\(one.name)")
        }
    }

    @Test("every checkpoint of the published log verifies and is signed again byte for byte")
    func checkpoints() throws {
        let notes: [Signed] = try read("signed-checkpoints.jsonl")
        #expect(notes.count == 17)
        for one in notes {
            let read = try SignedCheckpoint(parsing: Array(one.note.utf8), log: VerifierKey(NoteTests.log))
            #expect(try NoteTests.checkpoint(read.checkpoint.head.size).bytes == Array(one.note.utf8), "\(one.name)")
        }
    }
}
