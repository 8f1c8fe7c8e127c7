import Foundation

/// A file of Tests/Vectors/cedar/validation: a subject, a schema, and policies, each behind its verdict.
struct ValidationVector {
    struct Case {
        let line: Int
        let isValid: Bool
        let policy: Substring
    }

    let name: String
    let schema: String
    let cases: [Case]

    init(_ url: URL) throws {
        name = url.lastPathComponent
        let lines = try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard lines.first?.hasPrefix("subject: ") == true,
            let schemaStart = lines.firstIndex(of: "-- schema --"),
            let policiesStart = lines.firstIndex(of: "-- policies --"), schemaStart < policiesStart
        else { throw Vector.Unreadable(file: name, line: 1) }
        schema = lines[(schemaStart + 1)..<policiesStart].joined(separator: "\n")
        var cases: [Case] = []
        for (index, line) in lines.enumerated().dropFirst(policiesStart + 1) where !line.isEmpty {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, ["valid", "invalid"].contains(parts[0]) else {
                throw Vector.Unreadable(file: name, line: index + 1)
            }
            cases.append(Case(line: index + 1, isValid: parts[0] == "valid", policy: parts[1].drop { $0 == " " }))
        }
        self.cases = cases
    }
}
