import CPageCipherTesting
import CPowerLossDisk
import Foundation

/// What the page cipher's rules are for, each as a trial that says what went wrong. With the product's cipher nothing
/// does; with its rule left out something must.
enum Trial {
    /// Makes the cipher under trial over a disk.
    typealias Making = (_ base: String) -> Cipher

    /// Rule: SQLite sees zeros where the nonce and the tag stand, so that its checksums hold.
    static func logOutlivesItsProcess(_ make: Making) throws -> [String] {
        let scene = try LogScene(make(Disk.watched), commits: 20)
        let count = scene.commits()
        return count == 20 ? [] : ["\(count.map(String.init) ?? "none") of 20 commits outlive their process"]
    }

    /// Rule: a page that SQLite filled to its end is refused, not cut.
    static func plainStoreIsNotCopiedIn(_ make: Making) throws -> [String] {
        let directory = try TemporaryDirectory()
        let cipher = make(Disk.watched)
        let plain = try Connection(directory.path("plain.db"), on: Disk.usual, reserve: -1)
        try plain.run("CREATE TABLE t (body BLOB); INSERT INTO t VALUES (randomblob(50000))")
        let sealed = try Connection(directory.path(), on: cipher)
        let fault = failure { try plain.backup(to: sealed) }
        return fault == .badWrite ? [] : ["the backup ended with \(fault?.description ?? "success")"]
    }

    /// Rule: a frame that does not open is where the log ends.
    static func tornFrameEndsTheLog(_ make: Making) throws -> [String] {
        let scene = try LogScene(make(Disk.watched), commits: 20)
        scene.log.replaceSubrange((scene.log.count - 2048)..., with: repeatElement(0, count: 2048))
        try scene.restore()
        let count = scene.commits()
        return count == 19 ? [] : ["\(count.map(String.init) ?? "none") of 19 commits before a torn frame"]
    }

    /// Rule: a frame that was read as zeros is not written back. SQLite does that when a page changes again within a
    /// transaction, as it then has to sum up anew what follows.
    static func changedFrameIsNotCommitted(_ make: Making) throws -> [String] {
        let directory = try TemporaryDirectory()
        let cipher = make(Disk.watched)
        let store = try Connection(directory.path(), on: cipher)
        try store.run("PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for id in 1...20 { try store.run("INSERT INTO t VALUES (\(id), zeroblob(1300))") }
        try store.run("PRAGMA wal_checkpoint(TRUNCATE); BEGIN; UPDATE t SET body = randomblob(1300)")
        try store.flush()
        try store.run("UPDATE t SET body = randomblob(1300) WHERE id = 1")
        try store.flush()
        try directory.flip(LogScene.frame(3) + 2000, "store.db-wal")
        let fault = failure { try store.run("COMMIT") }
        let image = try Connection(try directory.image(), on: cipher)
        let kept = try image.text("SELECT count(*) FROM t WHERE body = zeroblob(1300)")
        return (fault == .badWrite ? [] : ["the commit ended with \(fault?.description ?? "success")"])
            + (kept == "20" ? [] : ["\(kept) of 20 rows are as before"])
    }

    /// Rule: the first read of a file with a torn page 1 succeeds, so that the journal can mend it.
    static func tornFirstPageIsMended(_ make: Making) throws -> [String] {
        let scene = try JournalScene(make(Disk.watched))
        for index in 512..<4096 { scene.database[index] ^= 0x55 }
        try scene.restore()
        return scene.outcome() == .asBefore ? [] : ["a journal cannot mend page 1"]
    }

    /// Rule: pages that SQLite skips are there all the same.
    static func skippedPagesAreThere(_ make: Making) throws -> [String] {
        let directory = try TemporaryDirectory()
        let cipher = make(Disk.watched)
        // What is in its cache SQLite does not read, so the cache goes before the backup comes.
        var store = try Connection(directory.path(), on: cipher)
        try store.run("PRAGMA secure_delete = OFF; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        try store.run("BEGIN; INSERT INTO t VALUES (1, zeroblob(400000)); INSERT INTO t VALUES (2, randomblob(9000))")
        try store.run("DELETE FROM t WHERE id = 1; COMMIT")
        store = try Connection(directory.path(), on: cipher)
        let copy = try Connection(directory.path("copy.db"), on: cipher)
        if let fault = failure({ try store.backup(to: copy) }) { return ["a backup fails: \(fault)"] }
        let sizes = try copy.text("SELECT length(body) FROM t")
        return sizes == "9000" ? [] : ["the backup holds \(sizes)"]
    }

    /// Rule: a file that was cut beside its log is not made whole with sealed zeros when the log is carried over. The log
    /// adds a page, so the file grows past where it was cut.
    static func cutFileIsNotFilledByItsLog(_ make: Making) throws -> [String] {
        let directory = try TemporaryDirectory()
        let cipher = make(Disk.watched)
        let store = try Connection(directory.path(), on: cipher)
        try store.run("PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        try store.run("INSERT INTO t VALUES (1, hex(randomblob(15000))); PRAGMA wal_checkpoint(TRUNCATE)")
        let expected = try store.text("SELECT body FROM t WHERE id = 1")
        try store.run("INSERT INTO t VALUES (2, randomblob(9000))")
        _ = try directory.image()
        let (whole, log) = (try directory.bytes("image.db"), try directory.bytes("image.db-wal"))
        var wrong: [String] = []
        for pages in 1..<whole.count / 4096 {
            let path = directory.path("cut-\(pages).db")
            try directory.put(whole[..<(pages * 4096)], "cut-\(pages).db")
            try directory.put(log, "cut-\(pages).db-wal")
            _ = failure { try Connection(path, on: cipher).run("PRAGMA wal_checkpoint(TRUNCATE)") }
            for _ in 1...2 {
                let read = try? Connection(path, on: cipher).text("SELECT body FROM t WHERE id = 1")
                if let read, read != expected { wrong.append("cut to \(pages) pages, the file reads otherwise") }
            }
        }
        return wrong
    }

    /// Rule: frame headers are hidden, so that nobody can try guesses of a page's content against its checksum.
    static func nothingConfirmsAGuessFromTheLog(_ make: Making) throws -> [String] {
        let hits = try GuessedPIN.hits(inLogOf: make(Disk.watched))
        return hits.isEmpty ? [] : ["PIN \(hits.map(String.init).joined(separator: ", ")) is confirmed by the log"]
    }

    /// Rule: journal checksums are hidden, for the same reason.
    static func nothingConfirmsAGuessFromTheJournal(_ make: Making) throws -> [String] {
        let hits = try GuessedPIN.hits(inJournalOf: make(Disk.watched))
        return hits.isEmpty ? [] : ["PIN \(hits.map(String.init).joined(separator: ", ")) is confirmed by the journal"]
    }

    /// Rule: a record that a crash cut before it was synced ends the rollback and is no error.
    static func tornRecordIsNoError(_ make: Making) throws -> [String] {
        let scene = try JournalScene(make(Disk.watched), synchronous: "NORMAL")
        // Without a sync in between, the database was not yet written when the journal was torn.
        scene.database = scene.before
        let last = JournalScene.record(scene.records - 1) + 4
        for index in last + 512..<last + 4096 { scene.journal[index] = 0 }
        try scene.restore()
        return scene.outcome() == .asBefore ? [] : ["a torn journal makes the store unreadable"]
    }

    /// Rule: what was synced and counted is there; SQLite would take a journal cut short for one that was written no
    /// further.
    static func cutJournalIsNoticed(_ make: Making) throws -> [String] {
        let scene = try JournalScene(make(Disk.watched))
        scene.journal.removeSubrange(JournalScene.record(scene.records / 2)...)
        try scene.restore()
        return scene.outcome() == .damage ? [] : ["a transaction was half undone"]
    }

    /// Rule: the journal's header is sealed; one changed bit must not leave a transaction half undone.
    static func changedJournalHeaderIsNoticed(_ make: Making) throws -> [String] {
        let scene = try JournalScene(make(Disk.watched))
        let header = scene.journal.prefix(28)
        return try header.indices.compactMap { index in
            scene.journal[index] ^= 0x04
            defer { scene.journal[index] ^= 0x04 }
            try scene.restore()
            return scene.outcome() == .wrong ? "byte \(index) of the journal's header" : nil
        }
    }

    /// Rule: a page opens only in its own place.
    static func swappedPagesAreNoticed(_ make: Making) throws -> [String] {
        let scene = try DatabaseScene(make(Disk.watched))
        return try (1..<scene.pages - 1).compactMap { page in
            scene.swapPages(page, page + 1)
            defer { scene.swapPages(page, page + 1) }
            try scene.restore()
            return scene.outcome() == .damage ? nil : "pages \(page + 1) and \(page + 2) changed places"
        }
    }

    /// Rule: what SQLite spills is sealed as well.
    static func nothingShowsInTemporaryFiles(_ make: Making) throws -> [String] {
        let directory = try TemporaryDirectory()
        let cipher = make(Disk.watched)
        return try Watched.lent(lookingFor: [Spill.secret]) {
            let store = try Connection(directory.path(), on: cipher)
            try Spill.run(store)
            guard Watched.written(.temporary) > 100_000 else { return ["nothing was spilt"] }
            return (Watched.found(.temporary) == 0 ? [] : ["a temporary file shows what was written"])
                + (try Spill.isSound(store) ? [] : ["the rows changed"])
        }
    }

    /// Rule: the stock of random numbers is not shared with a forked process.
    static func forkedProcessesDrawTheirOwn(_ draw: () -> CInt) -> [String] {
        // A fork may fail, and then nothing is learnt.
        let answers = (0..<5).map { _ in draw() }.filter { $0 >= 0 }
        return answers.isEmpty || answers.contains(1) ? ["parent and child drew the same nonce"] : []
    }
}
