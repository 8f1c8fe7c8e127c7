public import Foundation

extension StoreKeyring {
    /// Reads a keyring from its file.
    ///
    /// - Throws: ``StoreFault/missing(path:)``, ``StoreFault/permission(path:)``; ``StoreFault/damaged(_:)`` and
    ///   ``StoreFault/newer(version:)``, the first naming the file.
    public static func load(from file: URL) throws -> StoreKeyring {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch let error as CocoaError {
            throw fault(error, path: file.path(percentEncoded: false))
        }
        do {
            return try StoreKeyring(encoded: bytes)
        } catch StoreFault.damaged(let how) {
            throw StoreFault.damaged("`\(file.lastPathComponent)`: \(how)")
        }
    }

    /// Writes the keyring to its file, in place of the one that may be there.
    ///
    /// The change is durable when this returns, and atomic: a crash leaves the old file or the new one. The mode is
    /// 0600.
    ///
    /// - Throws: ``StoreFault/missing(path:)`` or ``StoreFault/permission(path:)`` for the directory; a fault of the
    ///   disk. Then the old file stands unchanged.
    public func save(to file: URL) throws {
        try DurableFile.write(encoded, to: file)
    }

    /// Takes away what a crash left of a keyring that was being written to this file.
    ///
    /// Requires: that this process owns the store beside it.
    public static func removeRemains(of file: URL) {
        NewFile.removeRemains(of: file.path(percentEncoded: false))
    }

    private static func fault(_ error: CocoaError, path: String) -> StoreFault {
        switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: .missing(path: path)
        case .fileReadNoPermission: .permission(path: path)
        default: .disk("`\(URL(filePath: path).lastPathComponent)` cannot be read")
        }
    }
}
