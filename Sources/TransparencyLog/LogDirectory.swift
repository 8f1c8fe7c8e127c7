import Foundation

/// Reading the files of an exported log, of which nothing is trusted: neither kind, nor length, nor content.
struct LogDirectory {
    let url: URL

    func absolute(_ path: String) -> String { url.appending(path: path).path(percentEncoded: false) }

    /// The whole of a file.
    ///
    /// - Throws: ``LogFault/missing(_:)``; ``LogFault/malformed(_:)`` for what is no file or longer than `limit`;
    ///   ``LogFault/disk(_:)``.
    func read(_ path: String, atMost limit: Int) throws(LogFault) -> [UInt8] {
        // Not blocking: a pipe laid in a file's place must not hold up the auditor.
        let file = open(absolute(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .missing(path) }
            throw .refused(path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .refused(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .malformed("`\(path)` is not a file") }
        guard status.st_size <= limit else { throw .malformed("`\(path)` is longer than any such file can be") }
        return try content(of: file, byteCount: Int(status.st_size), path: path)
    }

    /// The whole of a file, or `nil` where there is none.
    func readIfPresent(_ path: String, atMost limit: Int) throws(LogFault) -> [UInt8]? {
        do {
            return try read(path, atMost: limit)
        } catch .missing {
            return nil
        }
    }

    /// A tile's bytes; a narrow tile may have been removed once the full one stood, which then begins with the same.
    ///
    /// - Returns: the bytes, and whether they are those of the full tile.
    func read(_ tile: Tile) throws(LogFault) -> (bytes: [UInt8], isFull: Bool) {
        if let bytes = try readIfPresent(tile.path, atMost: tile.byteCountLimit) {
            return (bytes, tile.width == Tile.fullWidth)
        }
        guard tile.width < Tile.fullWidth,
            let bytes = try readIfPresent(tile.full.path, atMost: tile.byteCountLimit)
        else { throw .missing(tile.path) }
        return (bytes, true)
    }

    /// The hashes of a tile, `32 * width` bytes.
    func hashes(_ tile: Tile) throws(LogFault) -> [UInt8] {
        let (bytes, isFull) = try read(tile)
        let expected = (isFull ? Tile.fullWidth : tile.width) * Digest32.byteCount
        guard bytes.count == expected else {
            throw .malformed("`\(tile.path)` has \(bytes.count) bytes, not \(expected)")
        }
        return Array(bytes.prefix(tile.width * Digest32.byteCount))
    }

    /// The signed note that is the log's head.
    func checkpoint() throws(LogFault) -> String {
        let bytes = try read(Labels.checkpointFile, atMost: SignedNote.byteCountLimit)
        guard let note = String(validating: bytes, as: UTF8.self) else {
            throw .malformed("the checkpoint is not UTF-8")
        }
        return note
    }

    private func content(of file: Int32, byteCount: Int, path: String) throws(LogFault) -> [UInt8] {
        var problem: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, filled in
            while filled < byteCount {
                let count = Foundation.read(file, buffer.baseAddress! + filled, byteCount - filled)
                if count < 0 && errno == EINTR { continue }
                if count < 0 { problem = errno }
                guard count > 0 else { return }
                filled += count
            }
        }
        guard problem == 0 else { throw .refused(path, problem) }
        return bytes
    }
}

extension LogFault {
    /// What the operating system said about a path.
    static func refused(_ path: String, _ code: Int32 = errno) -> LogFault {
        .disk("`\(path)`: \(String(cString: strerror(code)))")
    }
}
