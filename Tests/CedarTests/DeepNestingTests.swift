import Cedar
import Testing

/// Nesting far beyond what a stack could hold, in every text the room reads: answered by an error.
@Suite struct DeepNestingTests {
    static let depth = 100_000

    private func nested(_ open: String, _ inner: String, _ close: String) -> String {
        String(repeating: open, count: Self.depth) + inner + String(repeating: close, count: Self.depth)
    }

    @Test(arguments: [
        ("(", "true", ")"), ("!(", "true", ")"), ("[", "1", "]"), ("{a: ", "1", "}"), ("if true then ", "1", " else 1"),
        ("(true && ", "true", ")"), ("(1 in ", "1", ")"), ("ip(", "1", ")"), ("", "principal", ".a"),
        ("", "principal", ".isEmpty()"), ("", "principal", "[\"a\"]"), ("", "[]", ".contains(1)"), ("-(", "1", ")"),
    ])
    func `policies`(open: String, inner: String, close: String) {
        for text in [nested(open, inner, close), String(repeating: open, count: Self.depth)] {
            #expect(faultOfParsing("permit(principal,action,resource) when {\(text)};") != nil)
        }
    }

    @Test(arguments: [" && ", " || ", " + ", " - ", " * "])
    func `a long chain is no nesting, for the reader, the printer or the validator`(link: String) throws {
        let chain = Array(repeating: "1", count: Self.depth).joined(separator: link)
        let policies = try PolicySet(parsing: "permit(principal,action,resource) when {(\(chain)) == 1};")
        let request = Request(
            principal: EntityUID(type: "U", id: ""), action: EntityUID(type: "Action", id: "a"),
            resource: EntityUID(type: "U", id: ""))
        #expect(Authorizer.isAuthorized(request, policies: policies, entities: Entities()).reasons.count <= 1)
        #expect(try PolicySet(parsing: policies.description) == policies)
        _ = try? policies.est
        let schema = try Schema(parsing: "entity U; action a appliesTo {principal: U, resource: U};")
        _ = Validator(schema: schema).validate(policies)
    }

    @Test(arguments: [
        ("entity U {a: ", "Set<", "Long", ">", "};"), ("entity U {a: ", "{a: ", "Long", "}", "};"),
        ("entity U tags ", "Set<", "Long", ">", ";"), ("type T = ", "{\"a\"?: ", "Long", "}", ";"),
        ("", "namespace N {", "", "}", ""), ("entity U in ", "[", "U", "]", ";"), ("", "@a(", "\"\"", ")", "entity U;"),
    ])
    func `schemas in Cedar's own format`(before: String, open: String, inner: String, close: String, after: String) {
        for text in [nested(open, inner, close), String(repeating: open, count: Self.depth)] {
            #expect(throws: ParseFault.self) { try Schema(parsing: before + text + after) }
        }
    }

    @Test func `common types that lead to one another`() {
        let chain = (0..<Self.depth).map { "type T\($0) = Set<T\($0 + 1)>;" }.joined()
        #expect(throws: ParseFault.self) { try Schema(parsing: chain + "type T\(Self.depth) = Long;") }
    }

    @Test(arguments: [
        "[", "{\"\":", "{\"\":{\"entityTypes\":{\"U\":{\"shape\":{\"type\":\"Set\",\"element\":",
        "{\"type\":\"Set\",\"element\":", "{\"staticPolicies\":", "{\"!\":{\"arg\":", "[{\"uid\":", "{\"__entity\":",
    ])
    func `everything that is JSON`(open: String) {
        let bytes = Array(String(repeating: open, count: Self.depth).utf8)
        #expect(throws: JSONFault.self) { try Schema(json: bytes) }
        #expect(throws: JSONFault.self) { try Entities(json: bytes) }
        #expect(throws: JSONFault.self) { try Request(json: bytes) }
        #expect(throws: JSONFault.self) { try PolicySet(est: bytes) }
    }

    @Test func `schemas, entities and policies in JSON`() {
        let element = nested("{\"type\":\"Set\",\"element\":", "{\"type\":\"Long\"}", "}")
        #expect(throws: JSONFault.self) {
            try Schema(
                json: Array("{\"\":{\"entityTypes\":{},\"actions\":{},\"commonTypes\":{\"T\":\(element)}}}".utf8))
        }
        let list = nested("[", "1", "]")
        #expect(throws: JSONFault.self) {
            try Entities(
                json: Array("[{\"uid\":{\"type\":\"U\",\"id\":\"\"},\"parents\":[],\"attrs\":{\"a\":\(list)}}]".utf8))
        }
        let body = nested("{\"!\":{\"arg\":", "{\"Value\":true}", "}}")
        #expect(throws: JSONFault.self) {
            try PolicySet(
                est: Array(
                    """
                    {"templates":{},"templateLinks":[],"staticPolicies":{"p":{"effect":"permit","principal":{"op":"All"},
                    "action":{"op":"All"},"resource":{"op":"All"},"conditions":[{"kind":"when","body":\(body)}]}}}
                    """.utf8))
        }
    }

    @Test func `JSON values made by a program, which no reader of a text has bounded`() {
        func nested(_ inner: JSONValue, _ wrap: (JSONValue) -> JSONValue) -> JSONValue {
            (0..<20_000).reduce(inner) { value, _ in wrap(value) }
        }
        let uid: JSONValue = .object(["type": "U", "id": ""])
        let lists = nested(.integer(1)) { .array([$0]) }
        let records = nested(.integer(1)) { .object(["a": $0]) }
        for value in [lists, records] {
            #expect(throws: JSONFault.self) {
                try Entities(.array([.object(["uid": uid, "parents": .array([]), "attrs": .object(["a": value])])]))
            }
            #expect(throws: JSONFault.self) {
                try Request(
                    .object(["principal": uid, "action": uid, "resource": uid, "context": .object(["a": value])]))
            }
        }
        let type = nested(.object(["type": "Long"])) { .object(["type": "Set", "element": $0]) }
        #expect(throws: JSONFault.self) {
            try Schema(
                .object([
                    "": .object([
                        "entityTypes": .object([:]), "actions": .object([:]), "commonTypes": .object(["T": type]),
                    ])
                ]))
        }
    }

    @Test func `a record of the schema that is very large written out is compared with itself at once`() throws {
        let types = (0..<14).map { "type T\($0) = {a: T\($0 + 1), b: T\($0 + 1)};" }.joined(separator: "\n")
        let schema = try Schema(
            parsing: """
                \(types)
                type T14 = Long;
                entity U {a: T0, b: T0};
                action a appliesTo {principal: U, resource: U};
                """)
        let members = Array(repeating: "principal.a", count: 1_000).joined(separator: ", ")
        let policies = try PolicySet(
            parsing: "permit(principal, action, resource) when {[\(members)].contains(principal.b)};")
        #expect(Validator(schema: schema).validate(policies).isValid)
    }

    @Test func `a schema with too many environments to be tried makes policies invalid`() throws {
        func report(_ count: Int) throws -> ValidationReport {
            let names = (0..<count).map { "U\($0)" }.joined(separator: ", ")
            let schema = try Schema(
                parsing: "entity \(names); action a appliesTo {principal: [\(names)], resource: [\(names)]};")
            let policies = try PolicySet(parsing: "permit(principal, action, resource);")
            return Validator(schema: schema).validate(policies)
        }
        #expect(try report(1_001).faults.map(\.policyID) == ["policy0"])
        #expect(try report(100).isValid)
    }
}
