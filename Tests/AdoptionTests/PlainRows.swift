import Adoption
import Foundation

/// Reads the little YAML that the profile's data files are written in: a list of rows of `key: value`.
///
/// The vault reads them with a YAML library; this room has none, and needs only to hold the shipped files to its constants.
enum PlainRows {
    static let profile = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies/profile")

    static func read(_ file: URL) throws -> [[String: String]] {
        var rows: [[String: String]] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("#") || !line.hasPrefix(" ") { continue }
            var words = line.drop { $0 == " " }
            if words.hasPrefix("- ") {
                rows.append([:])
                words = words.dropFirst(2)
            }
            guard let colon = words.firstRange(of: ": "), !rows.isEmpty else { throw Misread("\(line)") }
            var value = String(words[colon.upperBound...])
            if value.hasPrefix("'") { value = String(value.dropFirst().dropLast()).replacing("''", with: "'") }
            rows[rows.count - 1][String(words[..<colon.lowerBound])] = value
        }
        return rows
    }

    /// The rows as a convention, through the same decoding the vault uses.
    static func convention(_ file: URL) throws -> FilingConvention {
        let data = try JSONSerialization.data(withJSONObject: ["rows": read(file)])
        return try JSONDecoder().decode(FilingConvention.self, from: data)
    }

    static func schedule(_ file: URL) throws -> RetentionSchedule {
        let rows = try read(file).map { row in
            row.reduce(into: [String: Any]()) { $0[$1.key] = $1.key == "years" ? Int($1.value) as Any : $1.value }
        }
        let data = try JSONSerialization.data(withJSONObject: ["classes": rows])
        return try JSONDecoder().decode(RetentionSchedule.self, from: data)
    }
}
