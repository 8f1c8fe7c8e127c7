import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that appears under its name only once it is whole and on the disk.
///
/// It is filled under a temporary name beside its place, synced, and then given its name in one step; last the
/// directory is synced. A crash leaves at most a file `NAME.new-…`, which nothing ever reads and ``removeRemains(of:)``
/// takes away.
enum NewFile {
    enum Place {
        /// Whatever holds the name is replaced.
        case replacing
        /// Something that holds the name stays, and the new file is given up.
        case vacant
    }

    /// Publishes a file with mode 0600.
    ///
    /// - Parameter fill: writes the file at the temporary path, where an empty one already stands.
    /// - Throws: ``StoreFault/exists(path:)`` if the place is not vacant; a fault of the disk. Then nothing is left
    ///   behind.
    static func publish(at path: String, _ place: Place, fill: (String) throws -> Void) throws {
        let temporary = "\(path)\(newMark)\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let directory = directory(of: path)
        let created = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard created >= 0 else { throw fault(errno, path: path, directory: directory) }
        close(created)
        defer {
            // SQLite's own side files of a store that was given up half-way.
            for suffix in ["", "-wal", "-journal", "-shm"] { unlink(temporary + suffix) }
        }
        try fill(temporary)
        try sync(temporary)
        switch place {
        case .replacing:
            guard rename(temporary, path) == 0 else { throw fault(errno, path: path, directory: directory) }
        case .vacant:
            // Unlike rename, link refuses a name that is taken, even by someone who took it a moment ago.
            guard link(temporary, path) == 0 else { throw fault(errno, path: path, directory: directory) }
            unlink(temporary)
        }
        try sync(directory)
    }

    /// Takes away what crashes left of files that were to be published at the path.
    ///
    /// Requires: that nobody else publishes there now.
    static func removeRemains(of path: String) {
        let prefix = (path as NSString).lastPathComponent + newMark
        let directory = directory(of: path)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] where name.hasPrefix(prefix)
        {
            unlink("\(directory)/\(name)")
        }
    }

    /// Writes all the bytes to a file that exists.
    static func write(_ bytes: Data, to path: String) throws {
        let file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
        guard file >= 0 else { throw fault(errno, path: path, directory: directory(of: path)) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault(errno, path: path, directory: directory(of: path)) }
            rest = rest.dropFirst(count)
        }
    }

    private static let newMark = ".new-"

    static func sync(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw fault(errno, path: path, directory: directory(of: path)) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw fault(errno, path: path, directory: directory(of: path)) }
    }

    static func directory(of path: String) -> String {
        let directory = (path as NSString).deletingLastPathComponent
        return directory.isEmpty ? "." : directory
    }

    private static func fault(_ number: CInt, path: String, directory: String) -> StoreFault {
        switch number {
        case ENOENT, ENOTDIR: .missing(path: directory)
        case EEXIST: .exists(path: path)
        case EACCES, EPERM, EROFS: .permission(path: path)
        case ENOSPC, EDQUOT: .diskFull
        default: .disk(String(cString: strerror(number)))
        }
    }
}
