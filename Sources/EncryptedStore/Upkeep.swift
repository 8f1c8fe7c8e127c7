import GRDB
import Synchronization

extension Database {
    /// Carries the log into the file and cuts the log to nothing.
    ///
    /// After a deletion this is what removes the old bytes: in the file they are overwritten with zeros, in the log
    /// they would stand until it happens to be written over.
    ///
    /// - Throws: ``StoreFault/busy`` if another connection is reading; a fault of the disk.
    public func truncateLog() throws {
        try onConnection { connection in
            _ = try connection.checkpoint(.truncate)
        }
    }

    /// Copies the store, as it is at one moment, to a new file under a key, which appears whole or not at all.
    ///
    /// - Throws: ``StoreFault/exists(path:)`` if anything stands there; a fault of the disk.
    public func backup(to path: String, key: StoreKey) throws {
        let path = StoreFiles.absolute(path)
        try StoreFiles.expectNothing(at: path)
        // Of a backup to this name that was cut short; nobody who opens this store would find it.
        NewFile.removeRemains(of: path)
        try NewFile.publish(at: path, .vacant) { temporary in
            try onConnection { try copy($0, to: temporary, key: key) }
        }
    }

    /// Seals the store anew under another key, in its place, and gives this database up.
    ///
    /// The new store is made whole beside the old one, then takes its name in one step, with no log beside either. A
    /// crash leaves the one or the other: until ``open(at:key:migrations:waitMilliseconds:disk:)`` has opened it under
    /// the new key, the caller must be able to find both keys again.
    ///
    /// - Throws: a fault of the disk; then the store is as it was, or the new one if the disk failed after it had taken the
    ///   name. This database may refuse to go on, and then has to be opened anew.
    public func reseal(under key: StoreKey) throws {
        let place = StoreFiles.fileNumber(of: path)
        try onConnection { source in
            do {
                try NewFile.publish(at: path, .replacing) { temporary in
                    try copy(source, to: temporary, key: key)
                    // With a log beside it the old store would end in the new one's directory entry.
                    try source.execute(sql: "PRAGMA journal_mode = DELETE")
                    try NewFile.sync(NewFile.directory(of: path))
                }
            } catch  where StoreFiles.fileNumber(of: path) == place {
                condition.withLock { $0 = .unsettled }
                try? settle(source)
                throw error
            } catch {
                // Whatever would be written through this connection now would be lost with the old file.
                condition.withLock { $0 = .closed }
                throw error
            }
            condition.withLock { $0 = .closed }
        }
        try? close()
    }

    private func copy(_ source: GRDB.Database, to path: String, key: StoreKey) throws {
        let copy = try Database.connect(
            to: path, key: key, base: base, settings: ConnectionSetting.applyToNewFile)
        try copy.onConnection { try source.backup(to: $0) }
        try copy.truncateLog()
        try copy.close()
    }

    /// What a complete check of the file and its references finds; nothing if all is well.
    ///
    /// Reads every page. The lines are for an operator: they name tables, rows and pages, never a value.
    ///
    /// - Throws: a fault of the disk other than damage, which is a finding.
    public func integrityProblems() throws -> [String] {
        do {
            return try readOnConnection { connection in
                let pages = try String.fetchAll(connection, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                let references = try Row.fetchAll(connection, sql: "PRAGMA foreign_key_check").map { row in
                    let (table, parent): (String, String) = (row["table"], row["parent"])
                    let rowID: Int64? = row["rowid"]
                    return "row \(rowID.map(String.init) ?? "?") of `\(table)` refers to nothing in `\(parent)`"
                }
                return pages + references
            }
        } catch StoreFault.damaged(let how) {
            return [how]
        }
    }
}
