import Foundation

/// A file of mode 0600 that stands under its name only once it is whole and on the disk.
enum PrivateFile {
    /// Writes a new file.
    ///
    /// - Throws: ``Trouble`` if there is something at the path already, which stays, or the disk refuses.
    static func create(_ bytes: Data, at url: URL) throws {
        try write(bytes, at: url) { temporary, path in
            // Unlike rename, link refuses a name that is taken, even by someone who took it a moment ago.
            guard link(temporary, path) == 0 else { return false }
            unlink(temporary)
            return true
        }
    }

    /// Puts a file in the place of the one that is there.
    static func replace(_ bytes: Data, at url: URL) throws {
        try write(bytes, at: url) { temporary, path in rename(temporary, path) == 0 }
    }

    private static func write(_ bytes: Data, at url: URL, publish: (String, String) -> Bool) throws {
        let path = url.path(percentEncoded: false)
        let temporary = "\(path).new-\(UUID().uuidString)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refused(path) }
        defer { unlink(temporary) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: bytes)
            try file.synchronize()
        } catch {
            throw Trouble(message: "`\(path.printable)` cannot be written", hint: "see whether the disk is full")
        }
        guard publish(temporary, path) else { throw refused(path) }
        sync(folder: url.deletingLastPathComponent())
    }

    private static func refused(_ path: String) -> Trouble {
        errno == EEXIST
            ? Trouble(message: "there is already something at `\(path.printable)`", hint: "choose another path")
            : Trouble(
                message: "`\(path.printable)` cannot be written: \(String(cString: strerror(errno)).asClause)",
                hint: "check the folder and its permissions")
    }

    /// A name is durable only when its folder is.
    private static func sync(folder: URL) {
        let descriptor = open(folder.path(percentEncoded: false), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
