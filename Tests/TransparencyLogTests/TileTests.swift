import Testing
import TransparencyLog

@Suite struct TileTests {
    @Test func `paths are spelt as the specification spells them`() {
        #expect(Tile(.hashes(level: 0), index: 1_234_067, width: 256).path == "tile/0/x001/x234/067")
        #expect(Tile(.hashes(level: 4), index: 1_234_067, width: 1).path == "tile/4/x001/x234/067.p/1")
        #expect(Tile(.hashes(level: 2), index: 0, width: 255).path == "tile/2/000.p/255")
        #expect(Tile(.entries, index: 999, width: 256).path == "tile/entries/999")
        #expect(Tile(.entries, index: 1_000, width: 17).path == "tile/entries/x001/000.p/17")
    }

    @Test func `a log of 70000 entries has the tiles the specification counts`() {
        let level0 = Array(Tile.row(.hashes(level: 0), size: 70_000))
        #expect(level0.count == 274)
        #expect(level0.last?.path == "tile/0/273.p/112")
        #expect(Tile.row(.hashes(level: 1), size: 70_000).map(\.path) == ["tile/1/000", "tile/1/001.p/17"])
        #expect(Tile.row(.hashes(level: 2), size: 70_000).map(\.path) == ["tile/2/000.p/1"])
        #expect(Tile.row(.hashes(level: 3), size: 70_000).map(\.path) == [])
    }

    @Test func `a log that just filled a tile has no narrow one`() {
        #expect(Tile.row(.hashes(level: 0), size: 512).map(\.path) == ["tile/0/000", "tile/0/001"])
        #expect(Tile.row(.hashes(level: 1), size: 512).map(\.path) == ["tile/1/000.p/2"])
        #expect(Tile.row(.entries, size: 0).map(\.path) == [])
    }
}
