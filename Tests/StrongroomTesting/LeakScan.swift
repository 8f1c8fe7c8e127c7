public import Foundation

/// Texts that may stand in no file a vault wrote, looked for all at once.
public struct LeakScan {
    /// What every plain store would show: SQLite's own words, the schema's, and those of what is stored in it.
    public static let structure = [
        "SQLite format 3", "CREATE TABLE", "CREATE TRIGGER", "CREATE INDEX", "sqlite_autoindex", "record_key",
        "group_wrap", "log_entry", "search_token", "restricted_holder", "policy_set",
    ]
    /// Shorter texts would be found by chance: sealed bytes are as good as random, and there are many of them.
    public static let shortestByteCount = 6

    private let texts: [[UInt8]]
    /// The texts by a digest of their first four bytes.
    private let places: [Int: [Int]]
    private let mayBegin: [Bool]

    /// Takes the texts to look for; those shorter than ``shortestByteCount`` are left out.
    public init(_ texts: some Sequence<String>) {
        let long = Set(texts).map { Array($0.utf8) }.filter { $0.count >= Self.shortestByteCount }
        var places: [Int: [Int]] = [:]
        var mayBegin = [Bool](repeating: false, count: 1 << Self.digestBitCount)
        for (index, text) in long.enumerated() {
            let digest = text.withUnsafeBytes { Self.digest($0.loadUnaligned(as: UInt32.self)) }
            places[digest, default: []].append(index)
            mayBegin[digest] = true
        }
        (self.texts, self.places, self.mayBegin) = (long, places, mayBegin)
    }

    /// The texts that stand somewhere in these bytes.
    public func found(in data: Data) -> Set<String> {
        var found: Set<Int> = []
        data.withUnsafeBytes { bytes in
            guard bytes.count >= Self.shortestByteCount else { return }
            for place in 0...(bytes.count - Self.shortestByteCount) {
                let digest = Self.digest(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                guard mayBegin[digest] else { continue }
                for index in places[digest] ?? [] where !found.contains(index) {
                    if bytes[place...].starts(with: texts[index]) { found.insert(index) }
                }
            }
        }
        return Set(found.map { String(decoding: texts[$0], as: UTF8.self) })
    }

    /// A line for each text found in a file of the folder, or of a folder in it.
    public func findings(inFilesOf folder: URL) throws -> [String] {
        let everything = FileManager.default.enumerator(atPath: folder.path) ?? .init()
        return try everything.compactMap { $0 as? String }.sorted().flatMap { name in
            try findings(in: folder.appendingPathComponent(name))
        }
    }

    /// A line for each text found in the file; none for a folder.
    public func findings(in file: URL) throws -> [String] {
        guard
            (try? FileManager.default.attributesOfItem(atPath: file.path)[.type]) as? FileAttributeType == .typeRegular
        else { return [] }
        return found(in: try Data(contentsOf: file)).sorted().map { "`\(file.lastPathComponent)` holds `\($0)`" }
    }

    private static let digestBitCount = 16

    private static func digest(_ word: UInt32) -> Int {
        Int((word &* 0x9E37_79B1) >> (32 - UInt32(digestBitCount)))
    }
}
