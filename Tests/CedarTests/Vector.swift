import Foundation

/// A file of Tests/Vectors/cedar: lines `key: value`, a blank line, then one case a line, the expectation first.
struct Vector {
    struct Case {
        let line: Int
        let expectation: Substring
        let text: Substring
    }

    let name: String
    let cases: [Case]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Vectors/cedar").standardizedFileURL

    static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: path)))
    }

    static func all(in subfolder: String, extension suffix: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: subfolder), includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == suffix }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    init(_ url: URL) throws {
        let name = url.lastPathComponent
        self.name = name
        let lines = try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard let blank = lines.firstIndex(of: "") else { throw Unreadable(file: name, line: 1) }
        for (index, line) in lines[..<blank].enumerated() where !line.hasPrefix("subject: ") {
            throw Unreadable(file: name, line: index + 1)
        }
        cases = try lines[(blank + 1)...].enumerated().compactMap { index, line in
            guard !line.isEmpty else { return nil }
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { throw Unreadable(file: name, line: blank + 2 + index) }
            return Case(line: blank + 2 + index, expectation: parts[0], text: parts[1].drop { $0 == " " })
        }
    }

    struct Unreadable: Error {
        let file: String
        let line: Int
    }
}
