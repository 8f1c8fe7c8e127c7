import GRDB
import GRDBSQLite
import Synchronization

/// The layer under SQLite that reads and writes the files (in SQLite's words, a VFS).
enum Disk {
    /// Opens a connection on the disk of that name.
    ///
    /// GRDB always opens on the process's default disk, and a `file:` address that names another one has side effects,
    /// so the disk is made the default for as long as the opening takes. One opening at a time, so that two never
    /// meet.
    static func open(_ name: String, path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        try choosing.withLock { _ in
            guard let disk = sqlite3_vfs_find(name) else { throw StoreFault.disk("no disk is called `\(name)`") }
            let usual = sqlite3_vfs_find(nil)
            sqlite3_vfs_register(disk, 1)
            defer { sqlite3_vfs_register(usual, 1) }
            return try translatingFaults { try DatabaseQueue(path: path, configuration: configuration) }
        }
    }

    private static let choosing = Mutex(())
}
