import EncryptedStore
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A vault directory in the making, beside its place: it gets its name whole, or never was.
///
/// A crash leaves a directory without a keyring, which no command opens, and the next restore to the same place takes it
/// away.
final class Staging {
    let directory: URL
    private let place: URL
    /// Held for as long as the directory is being filled, so that nobody else takes it for a remain.
    private let lock: CInt

    /// - Throws: ``VaultFault/exists(_:)`` if there is something at the place already; what the disk says.
    init(for place: URL) throws {
        let path = place.standardizedFileURL.path(percentEncoded: false)
        self.place = URL(filePath: path.hasSuffix("/") ? String(path.dropLast()) : path, directoryHint: .isDirectory)
        let files = FileManager.default
        if let found = try? files.contentsOfDirectory(atPath: path), !found.isEmpty { throw VaultFault.exists(path) }
        let parent = self.place.deletingLastPathComponent()
        try files.createDirectory(at: parent, withIntermediateDirectories: true)
        Self.removeRemains(of: self.place.lastPathComponent, in: parent)
        directory = parent.appending(
            path: self.place.lastPathComponent + Self.mark + randomBytes(8).hexadecimal, directoryHint: .isDirectory)
        try files.createDirectory(
            at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        lock = Self.locked(directory)
    }

    /// Copies a file into it, to be written to whatever the original's mode is.
    func copy(_ file: URL, as name: String) throws {
        let copy = directory.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else { throw StoreFault.missing(path: file.path) }
        try FileManager.default.copyItem(at: file, to: copy)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy.path)
    }

    /// Gives the directory its name, durably.
    ///
    /// - Throws: ``VaultFault/exists(_:)`` if somebody has taken the place since.
    func publish() throws {
        try DurableFile.sync(directory: directory)
        func path(_ url: URL) -> String { url.path(percentEncoded: false) }
        // An empty directory at the place is replaced by it; anything else refuses.
        guard rename(path(directory), path(place)) == 0 else { throw VaultFault.exists(path(place)) }
        try DurableFile.sync(directory: place.deletingLastPathComponent())
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
        if lock >= 0 { close(lock) }
    }

    private static let mark = ".restoring-"

    private static func removeRemains(of name: String, in parent: URL) {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: parent.path(percentEncoded: false))) ?? []
        for remain in found where remain.hasPrefix(name + mark) {
            let directory = parent.appending(path: remain, directoryHint: .isDirectory)
            let lock = locked(directory)
            guard lock >= 0 else { continue }
            try? FileManager.default.removeItem(at: directory)
            close(lock)
        }
    }

    /// A descriptor that holds the directory, or -1 if somebody else holds it.
    private static func locked(_ directory: URL) -> CInt {
        let descriptor = open(directory.path(percentEncoded: false), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return -1 }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return -1
        }
        return descriptor
    }
}
