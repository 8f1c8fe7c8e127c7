import Foundation
import Testing

/// One scenario of a vector file: lines of `key: value`, the first of them its title.
struct Scenario: Sendable, CustomTestStringConvertible {
    let file: String
    let line: Int
    let fields: [String: String]

    var title: String { fields["scenario"] ?? "" }
    var testDescription: String { "\(file):\(line) \(title)" }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors/adoption")

    /// Every scenario of every file, in the order of the files' names.
    static let all: [Scenario] = {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            return try names.filter { $0.hasSuffix(".txt") }.sorted().flatMap(scenarios(in:))
        } catch {
            fatalError("the vectors cannot be read: \(error)")
        }
    }()

    /// Blank lines part scenarios, `#` begins a comment.
    private static func scenarios(in file: String) throws -> [Scenario] {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        var scenarios: [Scenario] = []
        var fields: [String: String] = [:]
        var first = 0
        for (number, line) in (text + "\n\n").components(separatedBy: "\n").enumerated() where !line.hasPrefix("#") {
            if line.isEmpty {
                if !fields.isEmpty { scenarios.append(Scenario(file: file, line: first, fields: fields)) }
                fields = [:]
                continue
            }
            if fields.isEmpty { first = number + 1 }
            guard let colon = line.firstIndex(of: ":") else { throw Misread("\(file):\(number + 1): no colon") }
            let key = String(line[..<colon])
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            guard fields.updateValue(value, forKey: key) == nil else {
                throw Misread("\(file):\(number + 1): `\(key)` stands twice")
            }
        }
        return scenarios
    }
}

/// Says that a vector is not written as the page in its folder says.
struct Misread: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The fields of a scenario, each taken once, so that one nobody reads is noticed.
struct Fields {
    private var rest: [String: String]

    init(_ scenario: Scenario) {
        rest = scenario.fields
        for key in ["scenario", "expect"] { rest[key] = nil }
    }

    func has(_ key: String) -> Bool { rest[key] != nil }

    mutating func take(_ key: String) -> String? { rest.removeValue(forKey: key) }

    mutating func need(_ key: String) throws -> String {
        guard let value = take(key) else { throw Misread("`\(key)` is missing") }
        return value
    }

    /// Takes a word that may only be this one: an unknown word must not read as "no".
    mutating func flag(_ key: String, _ word: String) throws -> Bool {
        guard let value = take(key) else { return false }
        guard value == word else { throw Misread("`\(key)` takes `\(word)`, not `\(value)`") }
        return true
    }

    func end() throws {
        if !rest.isEmpty { throw Misread("unknown: \(rest.keys.sorted().joined(separator: ", "))") }
    }
}
