import GRDB

/// One step from an older schema to the next, forward only.
public struct Migration: Hashable, Sendable {
    /// The schema's number after this step, kept in the file as `user_version`.
    public let version: Int

    /// The statements of the step.
    public let sql: String

    /// Makes a step.
    ///
    /// Requires: a version of 1 to 2³¹-1.
    public init(version: Int, sql: String) {
        precondition((1...Int(Int32.max)).contains(version), "a schema's version is a positive 32-bit number")
        self.version = version
        self.sql = sql
    }
}

extension Migration {
    /// Runs what the file still lacks, each step with its new number in one transaction.
    ///
    /// - Throws: ``StoreFault/newer(version:)`` if the file is ahead of the last step; then nothing is touched.
    static func run(_ migrations: [Migration], on connection: GRDB.Database) throws {
        precondition(
            zip(migrations, migrations.dropFirst()).allSatisfy { $0.version < $1.version },
            "migrations stand in ascending order")
        let held = try Int.fetchOne(connection, sql: "PRAGMA user_version") ?? 0
        guard held <= migrations.last?.version ?? 0 else { throw StoreFault.newer(version: held) }
        for migration in migrations where migration.version > held {
            try connection.inTransaction(.immediate) {
                try connection.execute(sql: migration.sql)
                try connection.execute(sql: "PRAGMA user_version = \(migration.version)")
                return .commit
            }
        }
    }
}
