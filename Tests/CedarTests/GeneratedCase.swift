import Cedar
import Foundation

/// A schema and entities for some cases, and what the reference engine made of them: a line with the key `world`.
///
/// Tests/Oracles/cedar/generate.py writes these lines, and its first comment says what is in them.
struct GeneratedWorld {
    let line: String
    let entities: Entities?
    let schema: Schema?
    let validator: Validator?
    /// The entities as read by the schema.
    let conforming: Entities?
    /// Where this implementation and the reference part; empty when they agree.
    let disagreements: [String]

    init(_ line: String, _ json: JSONValue) throws {
        self.line = line
        var found: [String] = []
        schema = Generated.schema(try Generated.text(json, "schema"), try Generated.text(json, "format"))
        validator = schema.map { Validator(schema: $0) }
        Generated.compare("schema", schema != nil, json["accepted"], into: &found)
        let text = try Generated.text(json, "entities")
        entities = try? Entities(json: Array(text.utf8))
        Generated.compare("entities", entities != nil, json["readable"], into: &found)
        conforming = schema.flatMap { try? Entities(json: Array(text.utf8), schema: $0) }
        let isLoose = json["loose"] != nil
        if !isLoose { Generated.compare("conforms", conforming != nil, json["conforms"], into: &found) }
        for probe in json["probes"]?.array ?? [] {
            let text = try Generated.text(probe, "text")
            let kind = try Generated.text(probe, "kind")
            let isRead =
                kind == "entities"
                ? (try? Entities(json: Array(text.utf8))) != nil : Generated.schema(text, kind) != nil
            // What is refused on purpose, see `bad-stricter-*` of the vectors.
            let isLoose = probe["loose"] != nil
            if !isLoose || isRead { Generated.compare("\(kind) \(text)", isRead, probe["accepted"], into: &found) }
            if !isLoose, kind == "entities", let schema {
                let conforms = (try? Entities(json: Array(text.utf8), schema: schema)) != nil
                Generated.compare("conforming \(kind) \(text)", conforms, probe["conforms"], into: &found)
            }
        }
        disagreements = found
    }
}

/// A set of policies with one request, and the reference engine's answer: a line with the key `n`.
struct GeneratedCase {
    let line: String
    let number: Int64
    let disagreements: [String]
    /// The policies as printed here, and the reference's JSON form of the policies they came of; nil in most cases.
    let printed: Printed?

    struct Printed {
        let number: Int64
        let text: String
        let est: String
    }

    init(_ line: String, _ json: JSONValue, in world: GeneratedWorld) throws {
        self.line = line
        guard case .integer(let number)? = json["n"], let answer = json["answer"], let asked = json["request"] else {
            throw Generated.Unreadable(line: line)
        }
        self.number = number
        disagreements = try Self.disagreements(json, asked, answer, in: world)
        let policies = json["est"] == nil ? nil : try? PolicySet(parsing: Generated.text(json, "policies"))
        printed = json["est"]?.string.flatMap { est in
            policies.map { Printed(number: number, text: $0.description, est: est) }
        }
    }

    private static func disagreements(
        _ json: JSONValue, _ asked: JSONValue, _ answer: JSONValue, in world: GeneratedWorld
    ) throws -> [String] {
        var found: [String] = []
        let read = try? PolicySet(parsing: Generated.text(json, "policies"))
        Generated.compare("parses", read != nil, answer["parses"], into: &found)
        guard var policies = read, answer["parses"] == .bool(true) else { return found }
        if (try? PolicySet(parsing: policies.description)) != policies { found.append("printed: \(policies)") }
        if let validator = world.validator, let valid = answer["valid"] {
            let report = validator.validate(policies)
            let refused = Set(report.faults.map(\.policyID))
            let expected = Set((answer["invalid"]?.array ?? []).compactMap(\.string))
            if valid != .bool(report.isValid) || refused != expected {
                found.append("valid: reference refuses \(expected.sorted()), this \(report.faults)")
            }
        }
        if let text = json["est"]?.string, let est = try? JSONValue(parsing: Array(text.utf8)) {
            let ours = try? policies.est
            if ours != est { found.append("est: reference \(text), this \(ours?.text ?? "refuses")") }
            let read = try? PolicySet(est: est)
            if (try? JSONValue(parsing: Array(est.text.utf8))) != est { found.append("written: \(est.text)") }
            if (try? read?.est) != est { found.append("est is not read: \(text)") }
        }
        if let text = json["bent"]?.string {
            let isRead = (try? PolicySet(est: Array(text.utf8))) != nil
            Generated.compare("bent \(text)", isRead, answer["bent"], into: &found)
        }
        if let links = json["links"]?.array {
            let linked = try Generated.linking(links, policies)
            Generated.compare("links", linked != nil, answer["links"], into: &found)
            policies = linked ?? policies
        }
        guard asked["loose"] == nil else { return found }
        let entities = world.entities ?? Entities()
        let decided = try Generated.decide(asked, policies, entities, by: nil)
        let expected = try Generated.Answer(answer)
        if decided != expected { found.append("answer: reference \(expected), this \(decided)") }
        if let schema = world.schema, let strict = answer["strict"] {
            let decided = try Generated.decide(asked, policies, world.conforming ?? entities, by: schema)
            let expected = strict == .string("same") ? expected : try Generated.Answer(strict)
            if decided != expected { found.append("by schema: reference \(expected), this \(decided)") }
        }
        return found
    }
}

/// What worlds and cases have in common.
enum Generated {
    struct Unreadable: Error {
        let line: String
    }

    /// Decision, reasons and erring policies; the decision is `refused` where the request is not read at all.
    struct Answer: Equatable, CustomStringConvertible {
        let decision: String
        let reasons: [String]
        let errors: [String]

        init(decision: String, reasons: [String], errors: [String]) {
            (self.decision, self.reasons, self.errors) = (decision, reasons.sorted(), errors.sorted())
        }

        init(_ json: JSONValue) throws {
            self.init(
                decision: try text(json, "decision"), reasons: (json["reasons"]?.array ?? []).compactMap(\.string),
                errors: (json["errors"]?.array ?? []).compactMap(\.string))
        }

        var description: String { "\(decision) \(reasons) \(errors)" }
    }

    static func text(_ json: JSONValue, _ key: CedarString) throws -> String {
        guard let text = json[key]?.string else { throw Unreadable(line: "\(key) is missing") }
        return text
    }

    /// A schema in one of the two formats, or nil if it is none.
    static func schema(_ text: String, _ format: String) -> Schema? {
        format == "json" ? try? Schema(json: Array(text.utf8)) : try? Schema(parsing: text)
    }

    static func compare(_ what: String, _ ours: Bool, _ theirs: JSONValue?, into found: inout [String]) {
        guard let theirs, theirs != .bool(ours) else { return }
        found.append("\(what): reference \(theirs == .bool(true)), this \(ours)")
    }

    /// The set with a policy for each link, or nil if one of them cannot be made.
    static func linking(_ links: [JSONValue], _ policies: PolicySet) throws -> PolicySet? {
        var policies = policies
        for link in links {
            var values: [Slot: EntityUID] = [:]
            for (name, value) in link["values"]?.object ?? [:] {
                guard let slot = Slot(rawValue: name.text) else { throw Unreadable(line: name.text) }
                values[slot] = EntityUID(type: try text(value, "type"), id: try text(value, "id"))
            }
            guard
                let linked = try? policies.linking(
                    template: text(link, "template"), as: text(link, "id"), values: values)
            else { return nil }
            policies = linked
        }
        return policies
    }

    /// The answer to a request whose context is a text of JSON, read by a schema or by none.
    static func decide(
        _ asked: JSONValue, _ policies: PolicySet, _ entities: Entities, by schema: Schema?
    ) throws -> Answer {
        var members = asked.object ?? [:]
        guard let context = try? JSONValue(parsing: Array(text(asked, "context").utf8)) else {
            return Answer(decision: "refused", reasons: [], errors: [])
        }
        members["context"] = context
        members["loose"] = nil
        let question = JSONValue.object(members)
        let read = try? schema.map { try Request(question, schema: $0) } ?? Request(question)
        guard let request = read else {
            return Answer(decision: "refused", reasons: [], errors: [])
        }
        let response = Authorizer.isAuthorized(request, policies: policies, entities: entities)
        return Answer(
            decision: response.decision.rawValue, reasons: response.reasons,
            errors: response.errors.map(\.policyID))
    }
}

/// Reads lines of worlds and cases, and keeps what disagrees.
struct GeneratedRun {
    private var world: GeneratedWorld?
    private(set) var caseCount = 0
    private(set) var worldCount = 0
    /// How many cases had a schema to be validated by, and how many texts beside the worlds' own were read.
    private(set) var validatedCount = 0
    private(set) var probeCount = 0
    private(set) var disagreementCount = 0
    /// The first disagreements, each with the lines that show it, as a vector has them.
    private(set) var reports: [String] = []
    /// What was printed, to be shown to the reference.
    private(set) var printed: [GeneratedCase.Printed] = []

    mutating func read(_ line: String) throws {
        let json = try JSONValue(parsing: Array(line.utf8))
        if json["world"] != nil {
            let next = try GeneratedWorld(line, json)
            world = next
            worldCount += 1
            probeCount += json["probes"]?.array?.count ?? 0
            report(next.disagreements, line)
        } else {
            guard let world else { throw Generated.Unreadable(line: line) }
            let next = try GeneratedCase(line, json, in: world)
            caseCount += 1
            if json["answer"]?["valid"] != nil { validatedCount += 1 }
            if let text = next.printed { printed.append(text) }
            report(next.disagreements, "\(world.line)\n\(line)")
        }
    }

    private mutating func report(_ disagreements: [String], _ lines: String) {
        guard !disagreements.isEmpty else { return }
        disagreementCount += 1
        if reports.count < 300 { reports.append("\(disagreements.joined(separator: "\n"))\n\(lines)") }
    }
}
