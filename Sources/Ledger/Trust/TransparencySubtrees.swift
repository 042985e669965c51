import EventLog
import Transparency

/// The roots of the subtrees of 256 records of one finished segment file, in `derived/`.
///
/// A file holds one block: the roots of ``Subtree/covering(_:upTo:)`` for the segment's positions, heights up to 8, 32
/// bytes each; 8 KiB for a full segment. They are believed only if, put behind the tree in the segment's header, they
/// give the tree in the next one's, so that a wrong file cannot lead to a wrong proof.
enum SubtreeFile {
    /// Each file covers one segment file.
    static let kind = DerivedFileKind(name: "subtrees", layout: 1)
    /// The height up to which roots are kept: 256 leaves.
    static let height = 8

    /// The subtrees whose roots a file for these positions holds, from left to right.
    static func subtrees(of positions: Range<UInt64>) -> [Subtree] { Subtree.covering(positions, upTo: height) }

    /// The roots for a segment, checked.
    ///
    /// - Returns: nil if the file is not there or is not as it should be; why does not matter, since the records say
    ///   the same.
    static func read<Files: FileSystem>(
        _ positions: Range<UInt64>, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) -> [TreeHash]? {
        guard let file = try? DerivedFile(opening: kind, positions: positions, in: directory, log: log),
            file.blockCount == 1, let block = try? file.block(0),
            let hashes = TreeHash.tile([UInt8](block), width: subtrees(of: positions).count),
            var tree = try? log.tree(beforeSegmentAt: positions.lowerBound),
            let end = try? log.tree(beforeSegmentAt: positions.upperBound)
        else { return nil }
        for (subtree, hash) in zip(subtrees(of: positions), hashes) {
            tree = tree.appending(hash, level: subtree.level)
        }
        return tree == end ? hashes : nil
    }

    /// Writes the file for a segment whose leaf hashes are given.
    ///
    /// - Parameter tree: the tree up to the segment's end, where another segment begins.
    /// - Throws: `noSpace`, `readOnly`, `inputOutput`.
    static func write<Files: FileSystem>(
        _ leaves: [TreeHash], from first: UInt64, tree: CompactRange, ledgerID: LedgerID,
        in directory: DerivedDirectory<Files>
    ) throws(LogError) {
        let positions = first..<first + UInt64(leaves.count)
        var content: [UInt8] = []
        for subtree in subtrees(of: positions) {
            let part = subtree.leaves
            content += MerkleTree.root(of: leaves[Int(part.lowerBound - first)..<Int(part.upperBound - first)]).bytes
        }
        var writer = try DerivedFileWriter(
            kind, positions: positions, head: tree.head, ledgerID: ledgerID, in: directory)
        try writer.append(content)
        try writer.finish()
    }
}
