import EventLog
import Testing
import Transparency

@Suite("Proofs of RFC 6962")
struct ProofTests {
    /// The tree of eight leaves that transparency-dev/merkle and others test with.
    private static let classic = LeafTree(
        leaves: [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57),
            Array(0x60...0x6F),
        ].map { MerkleTree.leafHash($0) })

    private static func starts(_ hashes: [TreeHash]) -> [String] { hashes.map { String("\($0)".prefix(8)) } }

    @Test("hashes are those of the published examples")
    func hashes() throws {
        #expect("\(MerkleTree.emptyRoot)" == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            "\(MerkleTree.leafHash([]))" == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        #expect(
            "\(MerkleTree.leafHash(Array("L123456".utf8)))"
                == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
        #expect(
            digest([1] + Array("N123N456".utf8)) == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb")
    }

    @Test("the classic tree of eight leaves has the published roots and proofs")
    func classic() throws {
        var tree = Self.classic
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        for (index, expected) in roots.enumerated() { #expect("\(tree.root(size: UInt64(index) + 1))" == expected) }
        #expect(Self.starts(tree.inclusionProof(index: 0, size: 8)) == ["96a296d2", "5f083f0a", "6b47aaf2"])
        #expect(Self.starts(tree.inclusionProof(index: 5, size: 8)) == ["bc1a0643", "ca854ea1", "d37ee418"])
        #expect(Self.starts(tree.inclusionProof(index: 2, size: 3)) == ["fac54203"])
        #expect(Self.starts(tree.inclusionProof(index: 1, size: 5)) == ["6e340b9c", "5f083f0a", "bc1a0643"])
        #expect(Self.starts(tree.consistencyProof(old: 1, size: 8)) == ["96a296d2", "5f083f0a", "6b47aaf2"])
        #expect(Self.starts(tree.consistencyProof(old: 6, size: 8)) == ["0ebc5d34", "ca854ea1", "d37ee418"])
        #expect(Self.starts(tree.consistencyProof(old: 2, size: 5)) == ["5f083f0a", "bc1a0643"])
        #expect(
            Self.starts(tree.consistencyProof(old: 3, size: 7)) == ["0298d122", "07506a85", "fac54203", "837dbb15"])
        #expect(Self.starts(tree.consistencyProof(old: 4, size: 7)) == ["837dbb15"])
        #expect(Self.starts(tree.consistencyProof(old: 6, size: 7)) == ["0ebc5d34", "b08693ec", "d37ee418"])
    }

    @Test("trees of up to 70,000 leaves have the roots and proofs on which other implementations agree")
    func large() throws {
        var tree = LeafTree.counting(70_000)
        let roots: [UInt64: String] = [
            1: "2zQm6HgGjSjSabbIcXIyLOU3K2V1bQeJAB00g19gHAM=", 2: "ywCYnZSlacCmeK4EK2Pc1GJduWRAUX83put5duok7Us=",
            3: "cl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc=", 7: "o+I7Msy2v5bQktFl2KpUbgmCnejwOw6JV1gdHha5K98=",
            255: "Mvhbyqh9e80Fco8J6a66NQumovczgwCH8Fl2goSL5cs=", 256: "goUV0DPBnYyQHzfsy4rtkZZncDSG+NL/8c9wQDIcXbE=",
            257: "HtoEmkNR2G92JSvX7At3Rq11t/oDFq1fVB29pFijEsQ=", 300: "hOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=",
            65_536: "8CXQbtgEhZ/SdKG9rK3W5I6odjSqkeHtsgFD+UmM0Cs=",
            70_000: "Gkzfy2Y3SgwNy+9JrL1JdtE+6GT7PLJB/JQ8rQTwL34=",
        ]
        for (size, expected) in roots { #expect(Base64.encode(tree.root(size: size).bytes) == expected) }
        let inclusion = tree.inclusionProof(index: 12_345, size: 70_000).map { Base64.encode($0.bytes) }
        #expect(inclusion.count == 17)
        #expect(inclusion.first == "iDqSriSW8WdaWt9F7UdV/etOX4olEA8thxJ2r6gjHf8=")
        #expect(inclusion.last == "QeWddaYWgMFNixZq76xsZTPHpKCsrKbagmJYHYKI2i0=")
        let consistency = tree.consistencyProof(old: 300, size: 70_000).map { Base64.encode($0.bytes) }
        #expect(consistency.count == 16)
        #expect(consistency.first == "HuZT7dMxMDThyAK3APZzd4QVHaFqkoVF7vgCSOKmc0o=")
        #expect(consistency.last == "QeWddaYWgMFNixZq76xsZTPHpKCsrKbagmJYHYKI2i0=")
    }

    @Test("every proof in trees of up to 33 leaves is the defined one, and holds")
    func everySmallProof() throws {
        var tree = LeafTree.counting(33)
        let defined = DefinedTree(leaves: tree.leaves)
        for size in 1...33 {
            let head = defined.head(size)
            #expect(tree.root(size: UInt64(size)) == head.root)
            for index in 0..<size {
                let proof = tree.inclusionProof(index: UInt64(index), size: UInt64(size))
                #expect(proof == defined.inclusion(index, 0..<size))
                #expect(proof.count == TreeProof.inclusionLength(index: UInt64(index), size: UInt64(size)))
                try TreeProof.verifyInclusion(of: tree.leaves[index], at: UInt64(index), in: head, by: proof)
            }
            for old in 1...size {
                let proof = tree.consistencyProof(old: UInt64(old), size: UInt64(size))
                #expect(proof == defined.consistency(old, size))
                try TreeProof.verifyConsistency(from: defined.head(old), to: head, by: proof)
            }
        }
    }

    @Test("an inclusion proof with anything changed, added or left out does not hold")
    func wrongInclusion() throws {
        var tree = LeafTree.counting(33)
        let defined = DefinedTree(leaves: tree.leaves)
        let stranger = MerkleTree.leafHash(Array("stranger".utf8))
        for size in 1...33 {
            let head = defined.head(size)
            for index in 0..<size {
                let proof = tree.inclusionProof(index: UInt64(index), size: UInt64(size))
                func refused(
                    _ leaf: TreeHash, _ index: Int, _ head: TreeHead, _ proof: [TreeHash], _ what: String
                ) {
                    let found = code { () throws(TransparencyError) in
                        try TreeProof.verifyInclusion(of: leaf, at: UInt64(index), in: head, by: proof)
                    }
                    #expect(found != nil, "\(what): index \(index) of \(size)")
                }
                let leaf = tree.leaves[index]
                refused(stranger, index, head, proof, "another leaf")
                refused(leaf, index, TreeHead(size: head.size, root: stranger), proof, "another root")
                refused(leaf, index, TreeHead(size: head.size, root: MerkleTree.emptyRoot), proof, "the empty root")
                refused(leaf, size, head, proof, "an index behind the tree")
                refused(leaf, index, head, proof + [stranger], "a hash behind")
                refused(leaf, index, head, [stranger] + proof, "a hash before")
                refused(leaf, index, head, proof + [head.root], "the root behind")
                refused(leaf, index, head, [leaf] + proof, "the leaf before")
                for other in 0..<size where other != index { refused(leaf, other, head, proof, "another index") }
                for place in proof.indices {
                    var changed = proof
                    changed[place] = stranger
                    refused(leaf, index, head, changed, "hash \(place) changed")
                    changed.remove(at: place)
                    refused(leaf, index, head, changed, "hash \(place) left out")
                }
            }
        }
    }

    @Test("a consistency proof with anything changed, added or left out does not hold")
    func wrongConsistency() throws {
        var tree = LeafTree.counting(33)
        let defined = DefinedTree(leaves: tree.leaves)
        let stranger = MerkleTree.leafHash(Array("stranger".utf8))
        for size in 1...33 {
            let new = defined.head(size)
            for old in 1...size {
                let proof = tree.consistencyProof(old: UInt64(old), size: UInt64(size))
                let oldHead = defined.head(old)
                func refused(_ old: TreeHead, _ new: TreeHead, _ proof: [TreeHash], _ what: String) {
                    let found = code { () throws(TransparencyError) in
                        try TreeProof.verifyConsistency(from: old, to: new, by: proof)
                    }
                    #expect(found != nil, "\(what): from \(old.size) to \(new.size)")
                }
                refused(TreeHead(size: oldHead.size, root: stranger), new, proof, "another old root")
                refused(oldHead, TreeHead(size: new.size, root: stranger), proof, "another new root")
                refused(TreeHead(size: oldHead.size, root: MerkleTree.emptyRoot), new, proof, "the empty root")
                refused(oldHead, new, proof + [stranger], "a hash behind")
                refused(oldHead, new, [stranger] + proof, "a hash before")
                refused(oldHead, new, proof + [oldHead.root], "the old root behind")
                refused(oldHead, new, [new.root] + proof, "the new root before")
                if old < size { refused(new, oldHead, proof, "back in time") }
                for place in proof.indices {
                    var changed = proof
                    changed[place] = stranger
                    refused(oldHead, new, changed, "hash \(place) changed")
                    changed.remove(at: place)
                    refused(oldHead, new, changed, "hash \(place) left out")
                }
            }
        }
    }

    @Test("where implementations differ: size 0 proves nothing, equal sizes take no hashes and one root")
    func edges() throws {
        let tree = DefinedTree(leaves: LeafTree.counting(4).leaves)
        let empty = TreeHead(size: 0, root: MerkleTree.emptyRoot)
        func verify(_ old: TreeHead, _ new: TreeHead, _ proof: [TreeHash]) -> TransparencyError.Code? {
            code { () throws(TransparencyError) in try TreeProof.verifyConsistency(from: old, to: new, by: proof) }
        }
        #expect(verify(empty, tree.head(4), []) == .outOfRange)
        #expect(verify(empty, empty, []) == .outOfRange)
        #expect(verify(tree.head(4), tree.head(3), []) == .outOfRange)
        #expect(verify(tree.head(4), tree.head(4), []) == nil)
        #expect(verify(tree.head(4), tree.head(4), [tree.head(4).root]) == .wrongLength)
        #expect(verify(tree.head(4), TreeHead(size: 4, root: tree.head(3).root), []) == .wrongRoot)
        #expect(verify(tree.head(2), tree.head(4), []) == .wrongLength)
        let beyond = code { () throws(TransparencyError) in
            try TreeProof.verifyInclusion(of: tree.leaves[0], at: 0, in: empty, by: [])
        }
        #expect(beyond == .outOfRange)
        #expect(TreeProof.inclusionLength(index: 0, size: .max) == 64)
    }

    @Test("a tree grown by subtrees is the tree grown by leaves")
    func subtrees() throws {
        var tree = LeafTree.counting(300)
        for (start, end) in [(0, 300), (1, 2), (3, 300), (128, 256), (7, 299), (255, 257), (0, 256)] {
            let covering = Subtree.covering(UInt64(start)..<UInt64(end), upTo: 4)
            var grown = CompactRange()
            for leaf in tree.leaves[..<start] { grown.append(leaf) }
            for subtree in covering {
                #expect(subtree.level <= 4)
                grown = grown.appending(
                    tree.subtreeRoot(level: subtree.level, index: subtree.index), level: subtree.level)
            }
            #expect(grown.head == TreeHead(size: UInt64(end), root: tree.root(size: UInt64(end))))
        }
    }
}
