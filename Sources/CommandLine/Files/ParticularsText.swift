import Foundation
package import Strongroom
import WorkingDays

/// A child's particulars as they are written in a file: a line `name: value` for each.
package struct ParticularsText {
    private static let needed: Set<String> = ["given", "family", "born"]
    private static let known: Set<String> = needed.union(["nhs", "upn", "address", "note"])

    /// What was read.
    package let particulars: Particulars

    /// Reads the lines; blank ones are passed over.
    ///
    /// - Throws: ``Misuse`` naming the line, never what stands in it.
    package init(_ text: String) throws {
        var values: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty else { continue }
            guard let colon = line.firstIndex(of: ":") else { throw Self.misuse("line \(index + 1) has no colon") }
            let name = line[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
            guard Self.known.contains(name) else { throw Self.misuse("line \(index + 1) has a name that is not known") }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            guard values.updateValue(value, forKey: name) == nil else {
                throw Self.misuse("`\(name)` stands there twice")
            }
        }
        try self.init(values)
    }

    /// Asks for them one by one.
    static func asked() throws -> ParticularsText {
        let keyboard = try Keyboard(hint: "name a file with `--from`, or `--from -`")
        return try ParticularsText([
            "given": keyboard.ask("given names: "), "family": keyboard.ask("family name: "),
            "born": keyboard.ask("born (YYYY-MM-DD): "),
        ])
    }

    private init(_ values: [String: String]) throws {
        for name in Self.needed.sorted() where values[name, default: ""].isEmpty {
            throw Self.misuse("`\(name)` is missing")
        }
        guard let born = Day(values["born"]!) else { throw Self.misuse("`born` is no day written YYYY-MM-DD") }
        do {
            particulars = try Particulars(
                given: values["given"]!, family: values["family"]!, born: born,
                other: values.filter { !Self.needed.contains($0.key) && !$0.value.isEmpty })
        } catch VaultFault.unusable(let message, let hint) {
            throw Misuse(message: "the particulars: \(message)", hint: hint)
        }
    }

    private static func misuse(_ message: String) -> Misuse {
        Misuse(message: "the particulars: \(message)", hint: "see `strongroom care open --help` for the form")
    }
}
