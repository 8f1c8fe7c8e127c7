import Foundation

/// Writing files that must never be seen half written, and that must still be there after a power cut.
///
/// Each file is written under ``Labels/writingDirectory``, synced, and only then renamed into its place, so a file that
/// has its name has its bytes. Names become durable with ``sync()``. One writer at a time, held by a lock.
final class DurableDirectory {
    private static let fileMode: mode_t = 0o600
    private static let directoryMode: mode_t = 0o700

    let reading: LogDirectory
    private let lock: Int32
    private var unsynced: Set<String> = []
    private var made: Set<String> = []

    /// Makes the directory where there is none, and locks it.
    ///
    /// - Throws: ``LogFault/busy`` where another process writes there; ``LogFault/disk(_:)``.
    init(_ url: URL) throws(LogFault) {
        reading = LogDirectory(url: url)
        let root = reading.absolute("")
        guard mkdir(root, Self.directoryMode) == 0 || errno == EEXIST else { throw .refused(root) }
        lock = try Self.lock(root)
        try makeDirectory(Labels.writingDirectory)
    }

    deinit {
        rmdir(reading.absolute(Labels.writingDirectory))
        close(lock)
    }

    /// Puts an immutable file in its place, or finds it there already.
    ///
    /// - Throws: ``LogFault/tileChanged(path:)`` where it is there with other bytes: nothing is overwritten.
    func publish(_ bytes: [UInt8], at path: String) throws(LogFault) {
        guard let present = try reading.readIfPresent(path, atMost: Tile.bundleByteCountLimit) else {
            return try replace(bytes, at: path)
        }
        guard present == bytes else { throw .tileChanged(path: path) }
        // Whoever put it there may have been cut off before its name was durable.
        try willSync(Self.folder(of: path))
    }

    /// Puts a file in its place, instead of what may be there. The name is durable after ``sync()``.
    func replace(_ bytes: [UInt8], at path: String) throws(LogFault) {
        try willSync(Self.folder(of: path))
        // Always the same name: what a crash left half written is overwritten here.
        let fresh = "\(Labels.writingDirectory)/file"
        try write(bytes, at: fresh)
        guard rename(reading.absolute(fresh), reading.absolute(path)) == 0 else { throw .refused(path) }
    }

    /// Makes every name given so far durable.
    func sync() throws(LogFault) {
        for folder in unsynced {
            let directory = open(reading.absolute(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard directory >= 0 else { throw .refused(folder) }
            defer { close(directory) }
            guard fsync(directory) == 0 else { throw .refused(folder) }
        }
        unsynced = []
    }

    /// Taken before anything else is, so that a refused writer clears nothing of the other's away.
    private static func lock(_ directory: String) throws(LogFault) -> Int32 {
        let lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw .refused(directory) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .busy
        }
        return lock
    }

    private func willSync(_ folder: String) throws(LogFault) {
        try makeDirectory(folder)
        unsynced.insert(folder)
    }

    private func makeDirectory(_ path: String) throws(LogFault) {
        guard !path.isEmpty, !made.contains(path) else { return }
        let parent = Self.folder(of: path)
        try makeDirectory(parent)
        guard mkdir(reading.absolute(path), Self.directoryMode) == 0 || errno == EEXIST else { throw .refused(path) }
        // Also where it was there already, for the same reason.
        unsynced.insert(parent)
        made.insert(path)
    }

    private static func folder(of path: String) -> String {
        path.split(separator: "/").dropLast().joined(separator: "/")
    }

    private func write(_ bytes: [UInt8], at path: String) throws(LogFault) {
        let file = open(reading.absolute(path), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, Self.fileMode)
        guard file >= 0 else { throw .refused(path) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(file, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .refused(path) }
            written += count
        }
        guard fsync(file) == 0 else { throw .refused(path) }
    }
}
