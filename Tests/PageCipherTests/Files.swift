import Foundation

/// A directory of one test's own, gone when the test lets go of it.
final class TemporaryDirectory: Sendable {
    let url: URL

    init() throws {
        // Where there is a file system in memory, a sync costs nothing.
        let memory = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let parent = memory ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory
        url = parent.appending(path: "pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String = "store.db") -> String {
        url.appending(path: name).path(percentEncoded: false)
    }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false)).sorted()
    }

    func bytes(_ name: String = "store.db") throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(name))))
    }

    func size(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return (attributes[.size] as? Int) ?? -1
    }

    func clear() throws {
        for name in try names() { try FileManager.default.removeItem(atPath: path(name)) }
    }

    /// Changes one bit of a file that is in use.
    func flip(_ at: Int, _ name: String) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path(name)))
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(at))
        let byte = try file.read(upToCount: 1)?.first ?? 0
        try file.seek(toOffset: UInt64(at))
        try file.write(contentsOf: [byte ^ 0x10])
    }

    func cut(_ size: Int, _ name: String) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path(name)))
        defer { try? file.close() }
        try file.truncate(atOffset: UInt64(size))
    }

    func put(_ bytes: some Sequence<UInt8>, _ name: String = "store.db") throws {
        try Data(bytes).write(to: URL(filePath: path(name)))
    }

    /// What a crash now would leave: a copy of the database with its log and journal.
    func image(of name: String = "store.db", as image: String = "image.db") throws -> String {
        for suffix in ["", "-wal", "-journal"] {
            try? FileManager.default.removeItem(atPath: path(image + suffix))
            if FileManager.default.fileExists(atPath: path(name + suffix)) {
                try FileManager.default.copyItem(atPath: path(name + suffix), toPath: path(image + suffix))
            }
        }
        return path(image)
    }

    func everything() throws -> [String: [UInt8]] {
        try Dictionary(uniqueKeysWithValues: names().map { ($0, try bytes($0)) })
    }
}

extension Sequence<UInt8> {
    func contains(bytesOf text: String) -> Bool {
        Data(self).range(of: Data(text.utf8)) != nil
    }
}

/// splitmix64, so that a seed gives the same test everywhere.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(bitPattern: Int64(seed))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The seeds of this run: as many as the caller says, or what `scripts/soak` asks for.
func seeds(_ usual: Int) -> Range<Int> {
    let environment = ProcessInfo.processInfo.environment
    let first = environment["STRONGROOM_SOAK_SEED"].flatMap(Int.init) ?? 1
    return first..<(first + (environment["STRONGROOM_SOAK_COUNT"].flatMap(Int.init) ?? usual))
}

let isSoaking = ProcessInfo.processInfo.environment["STRONGROOM_SOAK_COUNT"] != nil
