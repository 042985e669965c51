import EventLog
import Testing
import Transparency

@Suite("Tiles of C2SP")
struct TileTests {
    private enum NoFailure: Error { case absent }

    private static func bytes(_ tile: Tile, _ tree: LeafTree) -> [UInt8] {
        tile.subtrees.flatMap { tree.subtreeRoot(level: $0.level, index: $0.index).bytes }
    }

    @Test("tiles have the paths of the specification")
    func paths() {
        #expect(Tile(level: 0, index: 1_234_067).path == "tile/0/x001/x234/067")
        #expect(Tile(level: 1, index: 273).path == "tile/1/273")
        #expect(Tile(level: 0, index: 0).path == "tile/0/000")
        #expect(Tile(level: 2, index: 0, width: 1).path == "tile/2/000.p/1")
        #expect(Tile(level: 0, index: 1_000, width: 112).entriesPath == "tile/entries/x001/000.p/112")
    }

    @Test("a tree of 70,000 leaves has the tiles that others have")
    func tiles() throws {
        func widths(_ level: Int, _ size: UInt64) -> [Int] {
            (0..<Tile.count(level: level, size: size)).compactMap {
                Tile.of(level: level, index: $0, size: size)?.width
            }
        }
        #expect(widths(0, 70_000) == Array(repeating: 256, count: 273) + [112])
        #expect(widths(1, 70_000) == [256, 17])
        #expect(widths(2, 70_000) == [1])
        #expect(widths(3, 70_000) == [])
        #expect(widths(0, 256) == [256])
        #expect(widths(1, 256) == [1])
        #expect(widths(1, 255) == [])
        #expect(Tile.of(level: 0, index: 274, size: 70_000) == nil)
        #expect(Tile.of(level: 0, index: .max, size: 70_000) == nil)
        #expect(Tile.of(level: 8, index: 0, size: .max) == nil)

        let tree = LeafTree.counting(70_000)
        let expected = [
            "tile/0/000": "b9704a8bfbee2c61185ceb38904a49f3f703c81e194b5b2ccdc254c2bdaaa62b",
            "tile/0/273.p/112": "4d21244557c976993a9a89bf928a46b5a876585228df279878239fd84489e5a5",
            "tile/1/000": "ea7b038bc73489c89c31a27ac355aaca65a4ed73f0dd7484e68deb29d30f10a2",
            "tile/1/001.p/17": "adfaca2731630fe7944a4b98a0f98ef3e98685eafda09e6f81070218fb759ce4",
            "tile/2/000.p/1": "f0113c8bad855b49f9a5dd661d50012cd94f19aae87a45eb8334666835e3caea",
        ]
        let places: [(level: Int, index: UInt64)] = [(0, 0), (0, 273), (1, 0), (1, 1), (2, 0)]
        for place in places {
            let tile = try #require(Tile.of(level: place.level, index: place.index, size: 70_000))
            #expect(digest(Self.bytes(tile, tree)) == expected[tile.path])
        }
    }

    @Test("what tiles say of a tree is what its leaves say, and a tile that is gone is named")
    func tiledTree() throws {
        let tree = LeafTree.counting(66_000)
        var leaves = tree
        var absent: String?
        var tiled = TiledTree<NoFailure>(size: 66_000) { tile throws(NoFailure) in
            TreeHash.tile(Self.bytes(tile, tree), width: tile.width)
        } absent: { tile in
            absent = tile.path
            return .absent
        }
        for size: UInt64 in [1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 66_000] {
            #expect(try tiled.root(size: size) == leaves.root(size: size))
        }
        for index: UInt64 in [0, 255, 65_535, 65_536, 65_999] {
            #expect(
                try tiled.inclusionProof(index: index, size: 66_000)
                    == leaves.inclusionProof(index: index, size: 66_000))
        }
        var broken = TiledTree<NoFailure>(size: 66_000) { _ throws(NoFailure) in
            nil
        } absent: { tile in
            absent = tile.path
            return .absent
        }
        #expect(throws: NoFailure.absent) { try broken.tile(level: 1, index: 1) }
        #expect(absent == "tile/1/001.p/1")
        // Once a tile is full, it may stand in the place of the partial one.
        var grown = TiledTree<NoFailure>(size: 300) { tile throws(NoFailure) in
            tile.width < Tile.width ? nil : TreeHash.tile(Self.bytes(tile, tree), width: tile.width)
        } absent: { _ in
            .absent
        }
        #expect(try grown.root(size: 300) == leaves.root(size: 300))
    }

    @Test("entries are put into bundles and read again; a bundle that is cut is refused")
    func bundles() throws {
        var bundle: [UInt8] = []
        for entry in ["one", "two", "three"] { EntryBundle.append(Array(entry.utf8), to: &bundle) }
        #expect(bundle == [0, 3] + Array("one".utf8) + [0, 3] + Array("two".utf8) + [0, 5] + Array("three".utf8))
        #expect(
            try EntryBundle.entries(of: bundle).map { Array($0) } == ["one", "two", "three"].map { Array($0.utf8) })
        for length in 1..<bundle.count where length != 5 && length != 10 {
            let cut = Array(bundle.prefix(length))
            #expect(code { () throws(TransparencyError) in try EntryBundle.entries(of: cut) } == .malformed)
        }
        let crowded = [UInt8](repeating: 0, count: 2 * 257)
        #expect(code { () throws(TransparencyError) in try EntryBundle.entries(of: crowded) } == .malformed)
        #expect(try EntryBundle.entries(of: Array(crowded.dropLast(2))).count == 256)
    }
}
