import Testing

/// A database file that was changed: an error, and never other rows.
struct DatabaseDamageTests {
    private let scene: DatabaseScene

    init() throws {
        scene = try DatabaseScene(Cipher(base: Disk.watched))
    }

    @Test func `a flipped bit anywhere in any page is noticed`() throws {
        // Every part of a page: first byte, what page 1 shows, content, nonce, tag, last byte.
        let places = [0, 3, 8, 15, 16, 24, 100, 2000, 4055, 4056, 4079, 4080, 4095]
        var random = SeededRandom(seed: 1)
        for page in 0..<scene.pages {
            for place in places {
                let at = page * 4096 + place
                let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                scene.database[at] ^= bit
                try scene.restore()
                #expect(scene.outcome() == .damage, "bit \(bit) of byte \(place) of page \(page + 1)")
                scene.database[at] ^= bit
            }
        }
        try scene.restore()
        #expect(scene.outcome() == .asBefore)
    }

    @Test func `pages that changed places are noticed`() throws {
        for page in 0..<scene.pages {
            let other = (page + 7) % scene.pages
            scene.swapPages(page, other)
            try scene.restore()
            #expect(scene.outcome() == .damage, "pages \(page + 1) and \(other + 1)")
            scene.swapPages(page, other)
        }
    }

    @Test func `a page of another store under the same key is noticed`() throws {
        let other = try DatabaseScene(scene.cipher)
        for page in 0..<min(scene.pages, other.pages) {
            scene.database.replaceSubrange(
                page * 4096..<(page + 1) * 4096, with: other.whole[page * 4096..<(page + 1) * 4096])
            try scene.restore()
            #expect(scene.outcome() == .damage, "page \(page + 1)")
            scene.database = scene.whole
        }
    }

    @Test func `a page of zeros is noticed`() throws {
        for page in 1..<scene.pages {
            scene.database.replaceSubrange(page * 4096..<(page + 1) * 4096, with: repeatElement(0, count: 4096))
            try scene.restore()
            #expect(scene.outcome() == .damage, "page \(page + 1)")
            scene.database = scene.whole
        }
    }

    @Test func `a file that was cut is noticed, at a page's end or within`() throws {
        for page in 1..<scene.pages {
            for cut in [page * 4096, page * 4096 + 1, page * 4096 + 2048, page * 4096 + 4095] {
                scene.database = Array(scene.whole[..<cut])
                try scene.restore()
                #expect(scene.outcome() == .damage, "cut to \(cut) bytes")
            }
        }
    }

    @Test func `what was added behind the end is not read`() throws {
        for added in [1, 4095, 4096, 10_000] {
            scene.database = scene.whole + [UInt8](repeating: 0xA5, count: added)
            try scene.restore()
            #expect(scene.outcome() != .wrong, "\(added) bytes")
        }
    }

    /// Stated in page-cipher.md: the seal says where a page belongs, not when it was written.
    @Test func `an earlier state of a page in its place opens as it did`() throws {
        let directory = try TemporaryDirectory()
        let store = try Connection(directory.path(), on: scene.cipher)
        try store.run("CREATE TABLE t (body TEXT); INSERT INTO t VALUES ('first')")
        let earlier = try directory.bytes()
        try store.run("UPDATE t SET body = 'later'")
        var later = try directory.bytes()
        later.replaceSubrange(4096..<8192, with: earlier[4096..<8192])
        try directory.put(later, "replayed.db")
        let replayed = try Connection(directory.path("replayed.db"), on: scene.cipher)
        #expect(try replayed.text("SELECT body FROM t") == "first")
        #expect(try replayed.text("PRAGMA integrity_check") == "ok")
    }
}
