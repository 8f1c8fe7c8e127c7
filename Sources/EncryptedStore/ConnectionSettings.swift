import CPageCipher
import GRDB
import GRDBSQLite

/// What every connection is set to, and that it stays so.
///
/// Each setting is read back after it is made and again before every write: a library in between may change one behind
/// our back (GRDB's WAL set-up lowers `synchronous` to NORMAL), and then a commit would return before it is durable.
struct ConnectionSetting {
    let name: String
    let value: String
    let readBack: String

    static let all = [
        // A schema someone planted in the file must not call functions, and a broken cell is found when it is read.
        ConnectionSetting(name: "trusted_schema", value: "OFF", readBack: "0"),
        ConnectionSetting(name: "cell_size_check", value: "ON", readBack: "1"),
        // What is sorted or spilled stays in memory, so that no temporary file holds a row.
        ConnectionSetting(name: "temp_store", value: "MEMORY", readBack: "2"),
        ConnectionSetting(name: "foreign_keys", value: "ON", readBack: "1"),
        // Deleted bytes are overwritten with zeros.
        ConnectionSetting(name: "secure_delete", value: "ON", readBack: "1"),
        ConnectionSetting(name: "journal_mode", value: "WAL", readBack: "wal"),
        // The log is synced at each commit: when `write` returns, the change is on the disk.
        ConnectionSetting(name: "synchronous", value: "FULL", readBack: "2"),
    ]

    /// Throws if any setting is not as it was made.
    static func check(_ connection: GRDB.Database) throws {
        for setting in all {
            let held = try String.fetchOne(connection.cachedStatement(sql: "PRAGMA \(setting.name)"))
            guard held == setting.readBack else {
                throw StoreFault.disk("the setting `\(setting.name)` does not hold")
            }
        }
    }

    /// Makes the settings on a connection to a file that already is a store.
    ///
    /// A file that is another program's is left untouched: it is known by its header before anything is changed.
    static func apply(to connection: GRDB.Database) throws {
        refuseAttach(connection)
        let applicationID = try Int32.fetchOne(connection, sql: "PRAGMA application_id")
        guard applicationID == Labels.applicationID else { throw StoreFault.notAStore }
        try make(on: connection)
    }

    /// Makes the settings on a connection to a new, empty file, and marks it as a store.
    static func applyToNewFile(_ connection: GRDB.Database) throws {
        refuseAttach(connection)
        // Stated although it is SQLite's default: the page cipher is laid out for it.
        try connection.execute(sql: "PRAGMA page_size = \(page_cipher_page_byte_count)")
        // Room for a page's seal, kept free from the first page on; without it the cipher refuses to write any.
        var reserved = CInt(page_cipher_reserved_byte_count)
        sqlite3_file_control(connection.sqliteConnection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved)
        try make(on: connection)
        try connection.execute(sql: "PRAGMA application_id = \(Labels.applicationID)")
    }

    private static func make(on connection: GRDB.Database) throws {
        for setting in all {
            try connection.execute(sql: "PRAGMA \(setting.name) = \(setting.value)")
        }
        try check(connection)
    }

    /// A second file could lie outside this one's key and rules. It refuses VACUUM INTO as well.
    private static func refuseAttach(_ connection: GRDB.Database) {
        _ = sqlite3_limit(connection.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
    }
}
