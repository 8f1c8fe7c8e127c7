import Cedar
import Foundation

/// The shipped policies, and the tables that say what they must decide, in the form of Cedar's own `run-tests`.
enum PolicyTable {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "policies")

    /// The tables, one for each subject.
    static let names = [
        "access", "adoption", "care", "documents", "exchange", "invariants", "log", "order-and-closure", "policy",
        "reversal", "staff",
    ]

    /// One request with the decision it must get, and by which policies.
    struct Case {
        let name: String
        let request: Request
        let entities: Entities
        let decision: Response.Decision
        let reasons: Set<String>
        let errorCount: Int64
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

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

    static func cases(of name: String) throws -> [Case] {
        let bytes = try Data(contentsOf: folder.appending(path: "tests/\(name).json"))
        guard let list = try JSONValue(parsing: Array(bytes)).array else { throw Malformed(description: "no array") }
        return try list.map(read)
    }

    private static func read(_ json: JSONValue) throws -> Case {
        guard
            let name = json["name"]?.string, let request = json["request"], let entities = json["entities"],
            let decision = json["decision"]?.string.flatMap(Response.Decision.init),
            let reasons = json["reason"]?.array, case .integer(let errorCount)? = json["num_errors"]
        else { throw Malformed(description: "a case of another shape: \(json["name"]?.string ?? "unnamed")") }
        return Case(
            name: name, request: try Request(request), entities: try Entities(entities), decision: decision,
            reasons: Set(reasons.compactMap(\.string)), errorCount: errorCount)
    }

    /// What a case's answer differs in, nil where it is what the table says.
    static func difference(_ test: Case, policies: PolicySet) -> String? {
        let response = Authorizer.isAuthorized(test.request, policies: policies, entities: test.entities)
        let reasons = Set(response.reasons.compactMap { policies[$0]?.annotations["id"] })
        guard response.decision == test.decision, reasons == test.reasons, response.errors.count == test.errorCount
        else {
            return "\(test.name): \(response.decision.rawValue) by \(reasons.sorted()), \(response.errors.count) errors"
        }
        return nil
    }
}
