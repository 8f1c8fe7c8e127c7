import CPageCipher
import GRDB
import GRDBSQLite
import Synchronization

/// The layer under SQLite that reads and writes one store's files (in SQLite's words, a VFS): the page cipher under the
/// store's key, over a disk that knows nothing of it.
final class Disk: Sendable {
    private let name: String

    /// Makes a disk that seals everything under the key, over the disk called `base`.
    ///
    /// - Throws: ``StoreFault/disk(_:)`` if there is no such base or no memory to lock.
    init(sealing key: StoreKey, over base: String) throws {
        // Only SQLite's first user in a process can say so; the paths are absolute besides.
        _ = page_cipher_refuse_addresses()
        name = "sealed-\(Self.made.withLock { $0 += 1; return $0 })"
        let code = key.withBytes { bytes in
            page_cipher_register(name, base, bytes.baseAddress!.assumingMemoryBound(to: UInt8.self))
        }
        switch code {
        case SQLITE_OK: break
        case SQLITE_NOTFOUND: throw StoreFault.disk("no disk is called `\(base)`")
        default: throw StoreFault.disk("no memory can be locked for the store's key; see `ulimit -l`")
        }
    }

    /// Every connection on it must be closed by now; the key is wiped.
    deinit {
        page_cipher_unregister(name)
    }

    /// Opens a connection on this disk.
    ///
    /// GRDB always opens on the process's default disk, and a `file:` address that names another one has side effects,
    /// so the disk is made the default for as long as the opening takes. One opening at a time, so that two never
    /// meet.
    func open(path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        try Self.choosing.withLock { _ in
            guard let disk = sqlite3_vfs_find(name) else { throw StoreFault.disk("no disk is called `\(name)`") }
            let usual = sqlite3_vfs_find(nil)
            sqlite3_vfs_register(disk, 1)
            defer { sqlite3_vfs_register(usual, 1) }
            return try translatingFaults { try DatabaseQueue(path: path, configuration: configuration) }
        }
    }

    private static let choosing = Mutex(())
    private static let made = Mutex(0)
}
