import Cedar
import Foundation

/// The shipped policies, and the tables that say what they must decide.
enum PolicyTable {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "policies")

    /// The tables, one for each subject.
    static let names = [
        "access", "adoption", "care", "documents", "exchange", "invariants", "log", "order-and-closure", "policy",
        "reversal", "staff",
    ]

    static func files(_ ending: String, in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { folder.appending(path: $0) }.filter { $0.pathExtension == ending }
    }

    static func policies() throws -> PolicySet {
        try PolicySet(
            files: files("cedar", in: folder).map {
                (name: $0.deletingPathExtension().lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8))
            })
    }

    static func table(_ name: String) throws -> DecisionTable {
        try DecisionTable(json: Array(Data(contentsOf: folder.appending(path: "tests/\(name).json"))))
    }
}
