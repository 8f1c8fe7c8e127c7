import Foundation

/// A directory of one test's own, gone when the test lets go of it.
final class TemporaryDirectory {
    let url: URL

    /// - Parameter inMemory: in the memory's file system if there is one, where a sync costs nothing; for tests that
    ///   make hundreds of stores and count syncs above the file system.
    init(inMemory: Bool = false) throws {
        let memory = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
        let hasMemory = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let parent = inMemory && hasMemory ? memory : FileManager.default.temporaryDirectory
        url = parent.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String {
        url.appending(path: name).path(percentEncoded: false)
    }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false)).sorted()
    }

    /// Copies a store with its log as they are this moment: what a crash now would leave.
    func crashImage(of name: String, as image: String) throws -> String {
        for suffix in ["", "-wal", "-journal"] where FileManager.default.fileExists(atPath: path(name + suffix)) {
            try FileManager.default.copyItem(atPath: path(name + suffix), toPath: path(image + suffix))
        }
        return path(image)
    }

    /// Puts a vector file in the directory and returns its path.
    func copy(vector: String) throws -> String {
        let name = URL(filePath: vector).lastPathComponent
        try FileManager.default.copyItem(
            atPath: vectors.appending(path: vector).path(percentEncoded: false), toPath: path(name))
        return path(name)
    }
}

let vectors = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/encrypted-store")

func bytes(at path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path))
}
