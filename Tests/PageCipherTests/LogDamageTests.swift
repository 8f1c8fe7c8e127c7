import Testing

/// A write-ahead log that was changed: it ends earlier, and never holds other rows.
struct LogDamageTests {
    private let scene: LogScene
    private static let commits = 12
    private static let frame = 4120

    init() throws {
        scene = try LogScene(Cipher(base: Disk.watched), commits: Self.commits)
    }

    /// How many commits lie wholly before that byte.
    private func commits(before byte: Int) -> Int {
        scene.ends.count { $0 <= byte }
    }

    private var frames: [Int] {
        Array(stride(from: 32, to: scene.whole.count, by: Self.frame))
    }

    @Test func `the log holds what was committed`() throws {
        #expect(frames.count > Self.commits)
        #expect(scene.commits() == Self.commits)
    }

    @Test func `a flipped bit anywhere in a frame ends the log before it`() throws {
        // Page number, size after commit, salts, checksums; then the page: content, nonce, tag.
        let places = Array(0..<24) + [24, 1000, 4079, 4080, 4103, 4104, 4119]
        var random = SeededRandom(seed: 2)
        for frame in frames {
            for place in places {
                let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                scene.log[frame + place] ^= bit
                try scene.restore()
                #expect(
                    scene.commits() == commits(before: frame), "bit \(bit) of byte \(place) of the frame at \(frame)")
                scene.log[frame + place] ^= bit
            }
        }
    }

    @Test func `a flipped bit in the log's own header ends it at once, or is an error`() throws {
        for place in 0..<32 {
            for bit in 0..<8 {
                scene.log[place] ^= UInt8(1) << bit
                try scene.restore()
                let count = scene.commits()
                #expect(count == 0 || count == nil, "bit \(bit) of byte \(place)")
                scene.log[place] ^= UInt8(1) << bit
            }
        }
    }

    @Test func `frames that changed places, or are zeros, end the log`() throws {
        for (frame, next) in zip(frames, frames.dropFirst()) {
            for index in 0..<Self.frame { scene.log.swapAt(frame + index, next + index) }
            try scene.restore()
            #expect(scene.commits() == commits(before: frame), "the frame at \(frame) and the next")
            scene.log = scene.whole
            scene.log.replaceSubrange(frame..<next, with: repeatElement(0, count: Self.frame))
            try scene.restore()
            #expect(scene.commits() == commits(before: frame), "zeros at \(frame)")
            scene.log = scene.whole
        }
    }

    @Test func `a log that was cut ends there, at a frame's end or within`() throws {
        for frame in frames {
            for cut in [frame, frame + 1, frame + 24, frame + 2000, frame + Self.frame - 1] {
                scene.log = Array(scene.whole[..<cut])
                try scene.restore()
                #expect(scene.commits() == commits(before: cut), "cut to \(cut) bytes")
            }
        }
    }

    @Test func `a frame that is changed under a live store is an error`() throws {
        try scene.restore()
        let store = try Connection(scene.directory.path(), on: scene.cipher)
        #expect(try store.text("SELECT count(*) FROM t") == "\(Self.commits)")
        for frame in frames { try scene.directory.flip(frame + 2000, "store.db-wal") }
        try store.run("PRAGMA shrink_memory")
        #expect(failure { _ = try store.text("SELECT sum(length(body)) FROM t") } == .badPage)
        #expect(failure { try store.run("PRAGMA wal_checkpoint(TRUNCATE)") } != nil)
        // The file was made longer for what was to come, and no page of it was written.
        let bytes = try scene.directory.bytes()
        #expect(Array(bytes.prefix(scene.database.count)) == scene.database)
        #expect(bytes.dropFirst(scene.database.count).allSatisfy { $0 == 0 })
    }

    @Test func `the page of a frame is not to be used as a page of the file`() throws {
        var database = scene.database
        let first = scene.whole[32 + 24..<32 + Self.frame]
        database.replaceSubrange(database.count - 4096..<database.count, with: first)
        try scene.directory.put(database)
        try scene.directory.put([], "store.db-wal")
        #expect(scene.commits() == nil)
    }
}
