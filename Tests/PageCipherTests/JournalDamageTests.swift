import Testing

/// A hot journal that was changed: an error, or the rows as they were before the transaction; never half of it.
struct JournalDamageTests {
    private let scene: JournalScene

    init() throws {
        scene = try JournalScene(Cipher(base: Disk.watched))
    }

    @Test func `the journal undoes the transaction, and without it does not`() throws {
        #expect(scene.records > 5)
        #expect(scene.outcome() == .asBefore)
        try scene.directory.put(scene.database)
        // Stated in page-cipher.md: what of the transaction had reached the file stays.
        #expect(scene.outcome() != .asBefore)
    }

    @Test func `a flipped bit anywhere in the header is noticed`() throws {
        for place in 0..<69 {
            for bit in 0..<8 {
                scene.journal[place] ^= UInt8(1) << bit
                try scene.restore()
                #expect(scene.outcome() == .damage, "bit \(bit) of byte \(place)")
                scene.journal[place] ^= UInt8(1) << bit
            }
        }
    }

    @Test func `a flipped bit anywhere in a record is noticed`() throws {
        // Page number; content, nonce and tag of the page; checksum.
        let places = [0, 1, 2, 3, 4, 2000, 4059, 4060, 4083, 4084, 4099, 4100, 4101, 4102, 4103]
        var random = SeededRandom(seed: 3)
        for record in 0..<scene.records {
            for place in places {
                let at = JournalScene.record(record) + place
                let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                scene.journal[at] ^= bit
                try scene.restore()
                #expect(scene.outcome() == .damage, "bit \(bit) of byte \(place) of record \(record)")
                scene.journal[at] ^= bit
            }
        }
    }

    @Test func `records that changed places, or are zeros, are noticed`() throws {
        let whole = scene.journal
        for record in 0..<scene.records - 1 {
            let (at, next) = (JournalScene.record(record), JournalScene.record(record + 1))
            for index in 0..<4104 { scene.journal.swapAt(at + index, next + index) }
            try scene.restore()
            #expect(scene.outcome() == .damage, "records \(record) and \(record + 1)")
            scene.journal = whole
            scene.journal.replaceSubrange(at..<next, with: repeatElement(0, count: 4104))
            try scene.restore()
            #expect(scene.outcome() == .damage, "zeros for record \(record)")
            scene.journal = whole
        }
    }

    @Test func `a journal that was cut is noticed`() throws {
        let whole = scene.journal
        for record in 0..<scene.records {
            let at = JournalScene.record(record)
            for cut in [at, at + 2, at + 4, at + 2000, at + 4100, at + 4103] {
                scene.journal = Array(whole[..<cut])
                try scene.restore()
                #expect(scene.outcome() == .damage, "cut to \(cut) bytes")
            }
        }
        for cut in [1, 7, 28, 100, 511] {
            scene.journal = Array(whole[..<cut])
            try scene.restore()
            #expect(scene.outcome() == .damage, "cut to \(cut) bytes")
        }
    }

    @Test func `a flipped bit in a later segment is noticed`() throws {
        let scene = try JournalScene(scene.cipher, spills: 3)
        let second = (JournalScene.record(scene.records) + 511) / 512 * 512
        #expect(scene.outcome() == .asBefore)
        #expect(scene.journal.count > second + 4000)
        for place in Array(0..<69) + [512, 515, 516, 3000, 4571, 4572, 4611, 4612, 4615] {
            for bit in 0..<8 {
                scene.journal[second + place] ^= UInt8(1) << bit
                try scene.restore()
                #expect(scene.outcome() == .damage, "bit \(bit) of byte \(place)")
                scene.journal[second + place] ^= UInt8(1) << bit
            }
        }
    }

    @Test(arguments: ["DELETE", "PERSIST", "TRUNCATE"])
    func `a journal that is changed under its own transaction undoes all of it, or is an error`(mode: String) throws {
        let directory = try TemporaryDirectory()
        let everything = "SELECT count(*), group_concat(hex(body)) FROM t"
        let places = [0, 3, 4, 2000, 4059, 4070, 4090, 4100, 4103]
        for place in places + [-1] {
            for record in [0, 1, 4] {
                try directory.clear()
                let store = try Connection(directory.path(), on: scene.cipher)
                try store.run("PRAGMA journal_mode = \(mode); CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
                for id in 1...24 { try store.run("INSERT INTO t VALUES (\(id), randomblob(1300))") }
                let expected = try store.text(everything)
                try store.run("BEGIN; UPDATE t SET body = zeroblob(1300)")
                try store.flush()
                let at = JournalScene.record(record) + max(place, 0)
                if place < 0 {
                    try directory.cut(at, "store.db-journal")
                } else {
                    try directory.flip(at, "store.db-journal")
                }
                var answers: [String?] = []
                let fault = failure { try store.run("ROLLBACK") }
                answers.append(try? store.text(everything))
                answers.append(try? Connection(try directory.image(), on: scene.cipher).text(everything))
                let isGood = answers.allSatisfy { $0 == expected || $0 == nil }
                #expect(isGood, "byte \(place) of record \(record), the rollback ended with \(fault?.code ?? 0)")
            }
        }
    }

    /// Stated in page-cipher.md: nothing in an earlier segment says that there is a later one.
    @Test func `a later segment that is gone is not missed`() throws {
        let scene = try JournalScene(scene.cipher, spills: 3)
        let second = (JournalScene.record(scene.records) + 511) / 512 * 512
        scene.journal.removeSubrange(second...)
        try scene.restore()
        #expect(scene.outcome() == .wrong)
    }

    /// A journal that is kept holds, behind the records of a transaction, those of an earlier and longer one.
    @Test func `what an earlier transaction left in the journal is no damage`() throws {
        let directory = try TemporaryDirectory()
        let store = try Connection(directory.path(), on: scene.cipher)
        try store.run("PRAGMA journal_mode = PERSIST; PRAGMA synchronous = FULL")
        try store.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for id in 1...40 { try store.run("INSERT INTO t VALUES (\(id), zeroblob(1300))") }
        for spill in 0..<4 {
            if spill == 0 { try store.run("BEGIN") }
            try store.run("UPDATE t SET body = randomblob(1300) WHERE id % 4 = \(spill)")
            try store.flush()
        }
        try store.run("COMMIT")
        let expected = try store.text("SELECT group_concat(hex(body)) FROM t")
        for changed in 1...20 {
            try store.run("BEGIN; UPDATE t SET body = x'00' WHERE id <= \(changed)")
            if changed % 2 == 0 {
                try store.flush()
                try store.run("SAVEPOINT a; UPDATE t SET body = x'01' WHERE id > 20; ROLLBACK TO a")
            }
            let image = try Connection(try directory.image(), on: scene.cipher)
            #expect(try image.text("SELECT group_concat(hex(body)) FROM t") == expected, "after a crash")
            try store.run("ROLLBACK")
            #expect(try store.text("SELECT group_concat(hex(body)) FROM t") == expected, "\(changed) rows")
        }
    }
}
