import GRDB

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

    /// Copies the store, as it is at one moment, to a new file that appears whole or not at all.
    ///
    /// - Throws: ``StoreFault/exists(path:)`` if anything stands there; a fault of the disk.
    public func backup(to path: String) throws {
        let path = StoreFiles.absolute(path)
        try StoreFiles.expectNothing(at: path)
        try NewFile.publish(at: path, .vacant) { temporary in
            let copy = try Database.connect(to: temporary, disk: disk, settings: ConnectionSetting.applyToNewFile)
            try onConnection { source in
                try copy.onConnection { try source.backup(to: $0) }
            }
            try copy.truncateLog()
            try copy.close()
        }
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
