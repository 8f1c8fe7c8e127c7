import Cedar
import Foundation

/// The request and the entities of one decision, as the log commits to them so that another policy set can be tried.
///
/// Names that could lead from one decision to another are replaced by neutral ones: the record, its groups, and
/// everybody but who asks. What was typed as a reason is replaced by whether there was one. Format:
/// `AccessEntryFormat.md`.
struct RecordedFacts {
    let request: Request
    let entities: [Entity]

    /// The label of the commitment.
    static let label = "facts"
    static let purposeGiven = "given"

    /// The facts of a decision, with its names made neutral.
    init(_ request: Request, _ entities: [Entity]) {
        var names = NeutralNames(principal: request.principal)
        let record = entities.first { $0.uid.type == "Record" }
        names.name(record.map { [$0.uid] } ?? [], "record")
        if case .entity(let group)? = record?.attributes["group"] { names.name([group], "holder") }
        if case .entity(let group)? = record?.attributes["team"] { names.name([group], "team") }
        names.name(
            entities.map(\.uid).filter { $0.type == "Staff" }.sorted { $0.id < $1.id }, "staff", isNumbered: true)
        let known = names
        var context: [CedarString: Value] = [:]
        for name in request.context.names { context[name] = request.context[name].map(known.renamed) }
        if case .string(let purpose)? = request.context["purpose"], !purpose.text.isEmpty {
            context["purpose"] = .string(CedarString(Self.purposeGiven))
        }
        self.request = Request(
            principal: known.renamed(request.principal), action: request.action,
            resource: known.renamed(request.resource), context: CedarRecord(context))
        self.entities = entities.map { entity in
            var attributes: [CedarString: Value] = [:]
            for name in entity.attributes.names { attributes[name] = entity.attributes[name].map(known.renamed) }
            // A group that the record does not name could only join this decision to another.
            let parents = entity.parents.filter(known.knows).map(known.renamed)
            return Entity(uid: known.renamed(entity.uid), attributes: CedarRecord(attributes), parents: Set(parents))
        }
    }

    /// Reads what ``canonical`` wrote.
    ///
    /// - Throws: ``VaultFault/damaged(_:)``.
    static func read(_ bytes: Data) throws -> (request: Request, entities: Entities) {
        do {
            let json = try JSONValue(parsing: [UInt8](bytes))
            guard case .integer(1)? = json["v"], let request = json["request"], let entities = json["entities"] else {
                throw VaultFault.damaged("the facts of a decision do not parse")
            }
            return (try Request(request), try Entities(entities))
        } catch is JSONFault {
            throw VaultFault.damaged("the facts of a decision do not parse")
        }
    }

    /// The one spelling that is committed to: Cedar's JSON forms, sorted keys and sets, no white space.
    var canonical: Data {
        let entities = entities.sorted { ($0.uid.type, $0.uid.id) < ($1.uid.type, $1.uid.id) }.map { entity in
            let parents = entity.parents.map(FactsJSON.name).sorted().joined(separator: ",")
            return "{\"attrs\":\(FactsJSON.record(entity.attributes)),\"parents\":[\(parents)],"
                + "\"uid\":\(FactsJSON.name(entity.uid))}"
        }
        let request =
            "{\"action\":\(FactsJSON.name(request.action)),\"context\":\(FactsJSON.record(request.context)),"
            + "\"principal\":\(FactsJSON.name(request.principal)),\"resource\":\(FactsJSON.name(request.resource))}"
        return Data("{\"entities\":[\(entities.joined(separator: ","))],\"request\":\(request),\"v\":1}".utf8)
    }
}

/// Which name stands for which, within one decision.
private struct NeutralNames {
    private var names: [EntityUID: String]

    init(principal: EntityUID) { names = [principal: principal.id] }

    /// Names what has no name yet.
    mutating func name(_ uids: [EntityUID], _ word: String, isNumbered: Bool = false) {
        var number = 0
        for uid in uids where names[uid] == nil {
            number += 1
            names[uid] = isNumbered ? "\(word)-\(number)" : word
        }
    }

    func knows(_ uid: EntityUID) -> Bool { names[uid] != nil }

    func renamed(_ uid: EntityUID) -> EntityUID { EntityUID(type: uid.type, id: names[uid] ?? uid.id) }

    func renamed(_ value: Value) -> Value {
        switch value {
        case .entity(let uid): .entity(renamed(uid))
        case .set(let set): .set(CedarSet(set.members.map(renamed)))
        default: value
        }
    }
}

/// Cedar's JSON forms of the few kinds of value that the vault tells its policies.
private enum FactsJSON {
    static func name(_ uid: EntityUID) -> String { "{\"id\":\(text(uid.id)),\"type\":\(text(uid.type))}" }

    static func record(_ record: CedarRecord) -> String {
        let members = record.names.compactMap { name in record[name].map { "\(text(name.text)):\(value($0))" } }
        return "{\(members.joined(separator: ","))}"
    }

    private static func value(_ value: Value) -> String {
        switch value {
        case .bool(let bool): return bool ? "true" : "false"
        case .long(let number): return "\(number)"
        case .string(let string): return text(string.text)
        case .entity(let uid): return "{\"__entity\":\(name(uid))}"
        case .set(let set): return "[\(set.members.map(Self.value).sorted().joined(separator: ","))]"
        case .record(let record): return Self.record(record)
        case .decimal, .address, .datetime, .duration: preconditionFailure("the vault tells its policies no such value")
        }
    }

    private static func text(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": written += "\\\(scalar)"
            case let control where control.value < 0x20:
                let digits = String(control.value, radix: 16)
                written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }
}
