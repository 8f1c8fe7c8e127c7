import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What can be said of a store's files without opening them.
///
/// They are never opened here: closing any descriptor of a file drops the process's POSIX locks on it, and with them
/// the ownership of a store that is open elsewhere in the process.
enum StoreFiles {
    /// An absolute path. It keeps SQLite from taking a name that begins with `file:` for an address.
    static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }

    /// The number the file system knows the file at the path by, or nil if there is none.
    static func fileNumber(of path: String) -> UInt64? {
        var status = stat()
        return lstat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    /// Throws unless a readable and writable file of some size stands there, in a directory that can be written.
    static func expectStore(at path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == EACCES ? StoreFault.permission(path: path) : StoreFault.missing(path: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreFault.notAStore }
        // SQLite would fall back to reading only, and find out at the first write.
        guard access(path, R_OK | W_OK) == 0 else { throw StoreFault.permission(path: path) }
        let directory = NewFile.directory(of: path)
        guard access(directory, R_OK | W_OK | X_OK) == 0 else { throw StoreFault.permission(path: directory) }
        // SQLite would take it for a new store and begin again from nothing.
        guard status.st_size > 0 else { throw StoreFault.notAStore }
    }

    /// Throws if the store or a side file of an earlier one stands there: SQLite would replay a stray log into a new
    /// store.
    static func expectNothing(at path: String) throws {
        for suffix in ["", "-wal", "-journal", "-shm"] {
            var status = stat()
            guard lstat(path + suffix, &status) != 0 else { throw StoreFault.exists(path: path + suffix) }
        }
    }
}
