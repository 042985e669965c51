import EventLog
import Testing

/// Vectors of transparency-dev/merkle: rfc6962_test.go and testonly/constants.go.
struct MerkleTreeTests {
    private static let leaves: [String] = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func `leaf and node hashes are those of RFC 6962`() throws {
        #expect(
            MerkleTree.leafHash(Array("L123456".utf8)).description
                == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
    }

    @Test(arguments: 0...8) func `the classic tree has its roots`(size: Int) {
        let hashes = Self.leaves.prefix(size).map { MerkleTree.leafHash(unhex($0)) }
        #expect(MerkleTree.root(of: hashes).description == Self.roots[size])
        var tree = CompactRange()
        for hash in hashes { tree.append(hash) }
        #expect(tree.head.size == UInt64(size))
        #expect(CompactRange(size: tree.size, hashes: tree.hashes) == tree)
        #expect(CompactRange(size: tree.size, hashes: tree.hashes + [MerkleTree.emptyRoot]) == nil)
    }

    // Three implementations agree on these: Go x/mod, pymerkle, Swift. Leaf i is the decimal number i.
    @Test(arguments: [
        (1, "db3426e878068d28d269b6c87172322ce5372b65756d0789001d34835f601c03"),
        (2, "cb00989d94a569c0a678ae042b63dcd4625db96440517f37a6eb7976ea24ed4b"),
        (3, "725d5230db68f557470dc35f1d8865813acd7ebb07ad152774141decbae71327"),
        (7, "a3e23b32ccb6bf96d092d165d8aa546e09829de8f03b0e8957581d1e16b92bdf"),
        (255, "32f85bcaa87d7bcd05728f09e9aeba350ba6a2f733830087f0597682848be5cb"),
        (256, "828515d033c19d8c901f37eccb8aed919667703486f8d2fff1cf7040321c5db1"),
        (257, "1eda049a4351d86f76252bd7ec0b7746ad75b7fa0316ad5f541dbda458a312c4"),
        (300, "84e13ec1e037155ae619757599b2cd21ada5a565e0fd9b3139c0c3c6c1b8ada9"),
        (65536, "f025d06ed804859fd274a1bdacadd6e48ea87634aa91e1edb20143f9498cd02b"),
        (70000, "1a4cdfcb66374a0c0dcbef49acbd4976d13ee864fb3cb241fc943cad04f02f7e"),
    ]) func `trees of decimal numbers have their roots`(size: Int, root: String) {
        let hashes = (0..<size).map { MerkleTree.leafHash(Array(String($0).utf8)) }
        #expect(MerkleTree.root(of: hashes).description == root)
    }

    private func unhex(_ text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16)! }
    }
}
