import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file a person wants to file: opened once, and checked to be the same from the first byte to the last.
final class SourceFile {
    let name: String
    let byteCount: UInt64
    private let handle: FileHandle
    private let before: stat

    /// - Throws: ``VaultFault/unusable(_:hint:)`` if it is missing, unreadable, or no regular file.
    init(_ url: URL) throws {
        let descriptor = Glibc.open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw VaultFault.unusable(
                "`\(url.lastPathComponent)` cannot be read", hint: "check the path and its permissions")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw VaultFault.unusable("`\(url.lastPathComponent)` is not a regular file", hint: nil)
        }
        before = status
        byteCount = UInt64(status.st_size)
        name = url.lastPathComponent
    }

    func read(_ count: Int) throws -> Data { try handle.read(upToCount: count) ?? Data() }

    /// - Throws: ``VaultFault/fileChanged`` if its size or time is no longer what it was.
    func verifyUnchanged(readByteCount: UInt64) throws {
        var after = stat()
        guard fstat(handle.fileDescriptor, &after) == 0, after.st_size == before.st_size,
            UInt64(after.st_size) == readByteCount, after.st_mtim.tv_sec == before.st_mtim.tv_sec,
            after.st_mtim.tv_nsec == before.st_mtim.tv_nsec
        else { throw VaultFault.fileChanged }
    }
}

/// A new file of mode 0600 that is either whole or not there.
enum NewFile {
    static func write(to url: URL, _ body: (FileHandle) throws -> Void) throws {
        let descriptor = Glibc.open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw VaultFault.exists(url.path) }
            throw VaultFault.unusable("`\(url.path)` cannot be written", hint: "check the folder and its permissions")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try body(handle)
            try handle.synchronize()
        } catch {
            unlink(url.path)
            throw error
        }
    }
}
