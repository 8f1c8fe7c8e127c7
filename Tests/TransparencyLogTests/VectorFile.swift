import Foundation

/// A vector: `key: value` lines, a blank line, and the body, byte for byte to the file's end.
struct VectorFile {
    struct Unreadable: Error, CustomStringConvertible { let description: String }

    let name: String
    let body: String
    private let header: [String: String]

    /// Reads a vector whose header has these keys, all of them and no other: a misspelt key must not pass unseen.
    init(_ file: URL, keys: Set<String>) throws {
        name = file.deletingPathExtension().lastPathComponent
        let bytes = Array(try Data(contentsOf: file))
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Unreadable(description: "\(name): not UTF-8")
        }
        guard let blank = bytes.indices.dropFirst().first(where: { bytes[$0] == 10 && bytes[$0 - 1] == 10 }) else {
            throw Unreadable(description: "\(name): no blank line")
        }
        var header: [String: String] = [:]
        for line in String(decoding: bytes[..<blank], as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ": ", maxSplits: 1)
            guard parts.count == 2 else { throw Unreadable(description: "\(name): `\(line)`") }
            header[String(parts[0])] = String(parts[1])
        }
        guard Set(header.keys) == keys else { throw Unreadable(description: "\(name): keys \(header.keys.sorted())") }
        self.header = header
        body = String(text.utf8.dropFirst(blank + 1)) ?? ""
    }

    subscript(key: String) -> String { header[key] ?? "" }

    static func all(in folder: String) -> [URL] {
        let files = try? FileManager.default.contentsOfDirectory(
            at: Tree.vectors.appending(path: folder), includingPropertiesForKeys: nil)
        return (files ?? []).sorted { $0.path < $1.path }
    }
}
