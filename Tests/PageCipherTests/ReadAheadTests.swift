import Testing

/// A reader that goes page by page is given pages that were read before it asked. They must never be old ones.
struct ReadAheadTests {
    let directory: TemporaryDirectory
    let cipher = Cipher()

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test(arguments: ["WAL", "DELETE"])
    func `what another connection wrote since is seen, also where pages were read ahead`(mode: String) throws {
        let writer = try Connection(directory.path(), on: cipher.name)
        try writer.run("PRAGMA journal_mode = \(mode); CREATE TABLE content (body BLOB)")
        // Pages 2 to 5 are the content's and page 6 is the other table, which is read along with the content.
        try writer.run("INSERT INTO content VALUES (zeroblob(14000)); CREATE TABLE other (value)")
        try writer.run("INSERT INTO other VALUES ('before')")
        try writer.run("PRAGMA wal_checkpoint(TRUNCATE)")
        #expect(try writer.text("SELECT rootpage FROM sqlite_schema WHERE name = 'other'") == "6")
        #expect(try writer.text("PRAGMA page_count") == "6")

        let reader = try Connection(directory.path(), on: cipher.name)
        for round in 1...3 {
            #expect(try reader.text("SELECT sum(length(hex(body))) FROM content") == "28000")
            try writer.run("UPDATE other SET value = 'round \(round)'; PRAGMA wal_checkpoint(TRUNCATE)")
            #expect(try reader.text("SELECT value FROM other") == "round \(round)")
        }
    }
}
