import EncryptedStore

/// The records that were removed for good, so that no restore brings them back.
///
/// Only their random identifiers, which lead nowhere in this store: when and under which alias it was stands in the log,
/// and joining the two again is what a removal undoes.
struct RemovedRows {
    let statements: any Statements

    func insert(_ record: String) throws {
        try statements.run("INSERT OR IGNORE INTO removed (record) VALUES (?)", [.text(record)])
    }

    func all() throws -> [String] {
        try statements.rows("SELECT record FROM removed ORDER BY record", []).map { try $0.text("record") }
    }

    func count() throws -> Int64 {
        try statements.rows("SELECT count(*) AS n FROM removed", [])[0].integer("n")
    }
}
