import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The bytes of one file, read once and known not to have changed meanwhile.
enum ReturnFile {
    /// Far above any council's table: the largest return read so far has files of half a megabyte.
    static let largestByteCount = 64 << 20

    private struct Identity: Equatable {
        let device, inode: UInt64
        let byteCount, seconds, nanoseconds, changeSeconds, changeNanoseconds: Int

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            byteCount = Int(status.st_size)
            (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
            (changeSeconds, changeNanoseconds) = (Int(status.st_ctim.tv_sec), Int(status.st_ctim.tv_nsec))
        }
    }

    /// Reads the file whole; identity, size and times are compared before and after, of the open file and of the name.
    static func bytes(of file: URL, whileReading: () -> Void) throws(ReturnFault) -> Data {
        let name = file.lastPathComponent
        // Without O_NONBLOCK a pipe of that name would be waited for.
        let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(name, .unreadable) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file(name, .unreadable) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .file(name, .notARegularFile) }
        let before = Identity(status)
        guard before.byteCount <= largestByteCount else {
            throw .file(name, .tooLarge(limitByteCount: largestByteCount))
        }
        let bytes = try read(descriptor, atMost: before.byteCount + 1, name: name)
        whileReading()
        guard fstat(descriptor, &status) == 0, Identity(status) == before, bytes.count == before.byteCount,
            stat(file.path, &status) == 0, Identity(status) == before
        else { throw .file(name, .changedWhileRead) }
        return bytes
    }

    private static func read(_ descriptor: Int32, atMost limit: Int, name: String) throws(ReturnFault) -> Data {
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Foundation.read(descriptor, buffer.baseAddress! + filled, limit - filled)
            }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw .file(name, .unreadable)
            }
            if count == 0 { break }
            filled += count
        }
        return Data(bytes[..<filled])
    }
}
