public import Foundation

/// A small file that is always whole: the old bytes or the new ones, whatever happens while it is written.
public enum DurableFile {
    /// Writes a file with mode 0600, in place of the one that may be there; durable when this returns.
    ///
    /// - Throws: ``StoreFault/missing(path:)`` or ``StoreFault/permission(path:)`` for the directory; a fault of the
    ///   disk. Then the old file stands unchanged.
    public static func write(_ bytes: Data, to file: URL) throws {
        let path = file.path(percentEncoded: false)
        NewFile.removeRemains(of: path)
        try NewFile.publish(at: path, .replacing) { try NewFile.write(bytes, to: $0) }
    }

    /// Takes away what crashes left of files that were to be written there.
    ///
    /// Requires: that nobody else writes it now.
    public static func removeRemains(of file: URL) {
        NewFile.removeRemains(of: file.path(percentEncoded: false))
    }

    /// Makes a directory's name, and what stands in it, durable.
    public static func sync(directory: URL) throws {
        try NewFile.sync(directory.path(percentEncoded: false))
    }
}
