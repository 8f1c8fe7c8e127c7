import Foundation
import GRDB
import Synchronization

/// One store: a SQLite file that one process owns, with one connection, every page of it sealed under the store's key.
///
/// While it is open no other process can read or write it, and no shared-memory file exists (SQLite's `unix-excl`).
/// Calls from several threads take turns. A closure must not call back into the same database.
///
/// The file's format is described in <doc:store-file>, how its pages are sealed in <doc:page-cipher>.
public final class Database: Sendable {
    /// SQLite's own disk layer that lets one process own a file and keeps the shared memory off the disk.
    public static let ownedDisk = "unix-excl"

    private let queue: DatabaseQueue
    private let disk: Disk
    let base: String
    let path: String

    let condition = Mutex(Condition.sound)

    enum Condition {
        case sound
        /// A commit failed in a way that may have left it in the log, see `settle`.
        case unsettled
        case closed
    }

    private init(queue: DatabaseQueue, disk: Disk, base: String, path: String) {
        self.queue = queue
        self.disk = disk
        self.base = base
        self.path = path
    }

    deinit {
        // Before its disk goes, whose key is wiped then.
        try? queue.close()
    }

    /// Makes a new store under a key and opens it.
    ///
    /// The store appears at the path whole, with every migration run, or not at all. Its mode is 0600.
    ///
    /// - Throws: ``StoreFault/exists(path:)`` if the file or a side file of an earlier store stands there;
    ///   ``StoreFault/missing(path:)`` or ``StoreFault/permission(path:)`` for its directory; a fault of the disk. If
    ///   it strikes after the store has appeared, the store stays and
    ///   ``open(at:key:migrations:waitMilliseconds:disk:)`` will open it.
    public static func create(
        at path: String, key: StoreKey, migrations: [Migration], disk: String = ownedDisk
    ) throws -> Database {
        let path = StoreFiles.absolute(path)
        try StoreFiles.expectNothing(at: path)
        try NewFile.publish(at: path, .vacant) { temporary in
            let new = try connect(
                to: temporary, key: key, base: disk, settings: ConnectionSetting.applyToNewFile)
            try new.migrate(migrations)
            // Closing alone keeps silent when it cannot carry the log into the file, and the log is not published.
            try new.truncateLog()
            try new.close()
        }
        return try open(at: path, key: key, migrations: migrations, disk: disk)
    }

    /// Opens a store and brings it up to the last migration.
    ///
    /// - Parameter waitMilliseconds: how long to wait for another process to let go of it.
    /// - Parameter disk: the name of the SQLite disk layer below the cipher; tests give one that fails.
    /// - Throws: ``StoreFault/busy`` if another process still owns it; ``StoreFault/missing(path:)``,
    ///   ``StoreFault/permission(path:)``; ``StoreFault/notAStore`` if it is another key's store or none at all;
    ///   ``StoreFault/damaged(_:)``; ``StoreFault/newer(version:)`` if a later program wrote it. In each of these cases
    ///   the file is unchanged.
    public static func open(
        at path: String, key: StoreKey, migrations: [Migration], waitMilliseconds: Int = 2000,
        disk: String = ownedDisk
    ) throws -> Database {
        let path = StoreFiles.absolute(path)
        let end = ContinuousClock.now + .milliseconds(waitMilliseconds)
        while true {
            do {
                try StoreFiles.expectStore(at: path)
                let database = try connect(to: path, key: key, base: disk, settings: ConnectionSetting.apply)
                try database.migrate(migrations)
                try database.wait(milliseconds: waitMilliseconds)
                // What a crash left of a store that was being made beside this one, which this process owns now.
                NewFile.removeRemains(of: path)
                return database
            } catch StoreFault.busy where ContinuousClock.now < end {
                Thread.sleep(forTimeInterval: secondsBetweenAttempts)
            }
        }
    }

    /// Ends the connection and gives the store up to others; the log is carried into the file and removed.
    ///
    /// A database that is let go of without it does the same, but cannot say what went wrong. Closing again does
    /// nothing.
    public func close() throws {
        try translatingFaults {
            queue.writeWithoutTransaction { _ in condition.withLock { $0 = .closed } }
            try queue.close()
        }
    }

    /// Takes a turn on the one connection. Every use of it comes through here, because GRDB does not ask whether the
    /// connection is still there.
    func onConnection<T>(_ body: (GRDB.Database) throws -> T) throws -> T {
        try translatingFaults {
            try queue.writeWithoutTransaction { connection in
                guard condition.withLock({ $0 != .closed }) else { throw StoreFault.statement("the store is closed") }
                return try body(connection)
            }
        }
    }

    static func connect(
        to path: String, key: StoreKey, base: String, settings: @escaping @Sendable (GRDB.Database) throws -> Void
    ) throws -> Database {
        var configuration = Configuration()
        configuration.label = "store"
        configuration.busyMode = .immediateError
        configuration.prepareDatabase(settings)
        let disk = try Disk(sealing: key, over: base)
        return Database(queue: try disk.open(path: path, configuration), disk: disk, base: base, path: path)
    }

    /// From here on a transaction waits its turn when another connection of this process is writing.
    private func wait(milliseconds: Int) throws {
        try onConnection { connection in
            try connection.execute(sql: "PRAGMA busy_timeout = \(max(milliseconds, 0))")
        }
    }

    private func migrate(_ migrations: [Migration]) throws {
        try onConnection { connection in
            try Migration.run(migrations, on: connection)
        }
    }
}

private let secondsBetweenAttempts = 0.02
