import GRDB
import Synchronization

extension Database {
    /// Runs the closure in one transaction that is durable when this returns.
    ///
    /// If the closure or the disk throws, nothing of it is kept, and the database can be used again. One thing a
    /// failing disk can take from that promise: if it refuses the commit's sync and then also refuses to shorten the
    /// log, a crash at that moment may bring the whole transaction back. Until the log is shortened, every further
    /// write is refused.
    ///
    /// Requires: no call back into this database, and no transaction statement of the closure's own but savepoints.
    ///
    /// - Throws: what the closure throws; ``StoreFault/constraint(_:)`` from a check deferred to the commit; a fault
    ///   of the disk.
    @discardableResult
    public func write<T>(_ body: (any Statements) throws -> T) throws -> T {
        try onConnection { connection in
            try settle(connection)
            try ConnectionSetting.check(connection)
            do {
                return try commit(body, on: connection)
            } catch let error as DatabaseError where StoreFault(error).isOfTheDisk {
                condition.withLock { $0 = .unsettled }
                try? settle(connection)
                throw error
            }
        }
    }

    /// Runs the closure on a state of the store that does not change under it.
    ///
    /// - Throws: what the closure throws; a fault of the disk, also if the closure tries to write.
    @discardableResult
    public func read<T>(_ body: (any Statements) throws -> T) throws -> T {
        try readOnConnection { connection in
            try body(PreparedStatements(connection))
        }
    }

    /// One deferred transaction in which SQLite refuses every write.
    func readOnConnection<T>(_ body: (GRDB.Database) throws -> T) throws -> T {
        try onConnection { connection in
            var outcome: T?
            try connection.readOnly {
                try connection.inTransaction(.deferred) {
                    outcome = try body(connection)
                    return .commit
                }
            }
            return outcome!
        }
    }

    private func commit<T>(_ body: (any Statements) throws -> T, on connection: GRDB.Database) throws -> T {
        var outcome: T?
        try connection.inTransaction(.immediate) {
            let statements = PreparedStatements(connection)
            outcome = try body(statements)
            try statements.rethrowFault()
            return .commit
        }
        return outcome!
    }

    /// Makes sure that a commit which failed is not in the log.
    ///
    /// When a commit's sync fails, its frames may already stand in the log with a valid checksum. This connection
    /// passes over them, but the next process to recover the log would not: a change that was reported as failed would
    /// come back. Cutting the log to nothing removes them.
    func settle(_ connection: GRDB.Database) throws {
        guard condition.withLock({ $0 == .unsettled }) else { return }
        // Given up for the while in which the store was to be replaced, see `reseal`.
        try connection.execute(sql: "PRAGMA journal_mode = WAL")
        _ = try connection.checkpoint(.truncate)
        condition.withLock { $0 = .sound }
    }
}
