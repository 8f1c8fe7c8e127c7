import Foundation

/// A vector file: `key: value` lines, a blank line, and a body of lines.
struct Vector {
    let name: String
    let fields: [String: String]
    let body: [String]

    static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/working-days")

    init(_ name: String) throws {
        let text = try String(contentsOf: Self.directory.appending(path: name), encoding: .utf8)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        var fields: [String: String] = [:]
        while let line = lines.popFirst(), !line.isEmpty {
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            fields[parts[0]] = parts[1]
        }
        self.name = name
        self.fields = fields
        self.body = lines.last == "" ? Array(lines.dropLast()) : Array(lines)
    }

    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: directory.appending(path: folder).path(percentEncoded: false)
        )
        .sorted().map { "\(folder)/\($0)" }
    }
}
