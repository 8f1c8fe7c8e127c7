import Cedar
import Foundation
import Testing

@Suite struct PolicyJSONTests {
    private func fault(_ est: String) -> JSONFault? {
        do {
            _ = try PolicySet(est: Array(est.utf8))
            return nil
        } catch {
            return error
        }
    }

    private func set(withCondition body: String) -> String {
        #"""
        {"staticPolicies": {"p": {"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"},
        "resource": {"op": "All"}, "conditions": [{"kind": "when", "body": \#(body)}]}},
        "templates": {}, "templateLinks": []}
        """#
    }

    @Test(arguments: ["expressions", "stricter-expressions", "sets", "stricter-sets"])
    func `every JSON form of the vectors is taken or refused as they have it`(name: String) throws {
        let vector = try Vector(Vector.folder.appending(path: "est/\(name).txt"))
        for line in vector.cases {
            let place = "\(name):\(line.line): \(line.text)"
            try #require(["accepted", "refused"].contains(line.expectation), "\(place)")
            let text = name.hasSuffix("expressions") ? set(withCondition: String(line.text)) : String(line.text)
            let fault = fault(text)
            #expect((fault == nil) == (line.expectation == "accepted"), "\(place): \(fault?.description ?? "taken")")
        }
    }

    @Test(arguments: ["operators", "members", "tests", "extensions", "scopes", "templates", "generated"])
    func `the JSON form of a text is the reference engine's`(name: String) throws {
        let text = String(decoding: try Vector.bytes("est/\(name).cedar"), as: UTF8.self)
        let form = try JSONValue(parsing: Vector.bytes("est/\(name).json"))
        let written = try PolicySet(parsing: text).est
        #expect(written == form)
        // Back and forth: what is read from the form has the same form, and the same as text.
        let read = try PolicySet(est: form)
        #expect(try read.est == form)
        #expect(try PolicySet(est: Array(written.text.utf8)) == read)
    }

    @Test func `the form of a random policy is read back with the same form, and its text is`() throws {
        for seed in 5_000...5_120 as ClosedRange<UInt64> {
            var writer = PolicyWriter(seed: seed)
            let text = writer.policies()
            let form = try PolicySet(parsing: text).est
            let read = try PolicySet(est: Array(form.text.utf8))
            try #require(try read.est == form, "seed \(seed): \(text)")
            for policy in read.policies {
                #expect(try PolicySet(parsing: policy.description).policies.first?.est == policy.est, "seed \(seed)")
                #expect(policy.sourceText == policy.description, "seed \(seed)")
            }
        }
    }

    @Test func `links and their values are written and read`() throws {
        let ada = EntityUID(type: "Staff", id: "ada")
        let north = EntityUID(type: "Team", id: "north")
        let set = try PolicySet(parsing: "permit(principal == ?principal, action, resource in ?resource);")
            .linking(template: "policy0", as: "l", values: [.principal: ada, .resource: north])
        let form = try set.est
        #expect(
            form["templateLinks"]?.text == #"[{"newId":"l","templateId":"policy0","values":{"#
                + #""?principal":{"__entity":{"id":"ada","type":"Staff"}},"#
                + #""?resource":{"__entity":{"id":"north","type":"Team"}}}}]"#)
        let read = try PolicySet(est: form)
        #expect(read == set)
        #expect(try read.est == form)
        #expect(try set["l"]?.est["principal"]?.text == #"{"entity":{"id":"ada","type":"Staff"},"op":"=="}"#)
        #expect(try set.template("policy0")?.est["principal"]?.text == #"{"op":"==","slot":"?principal"}"#)
    }

    @Test func `a template without slots decides nothing until it is linked, and is no policy in the text`() throws {
        let policy =
            #"{"effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[]}"#
        let form = #"{"staticPolicies":{},"templates":{"t":\#(policy)},"templateLinks":[]}"#
        let set = try PolicySet(est: Array(form.utf8))
        let uid = EntityUID(type: "A", id: "a")
        let request = Request(principal: uid, action: uid, resource: uid)
        #expect(set.templates.map(\.slots) == [[]])
        #expect(set.description.isEmpty)
        #expect(Authorizer.isAuthorized(request, policies: set, entities: try Entities([])).decision == .deny)
        let linked = try set.linking(template: "t", as: "l", values: [:])
        #expect(Authorizer.isAuthorized(request, policies: linked, entities: try Entities([])).reasons == ["l"])
    }

    @Test(arguments: [
        ("{}", "the document: `staticPolicies` is missing"),
        (
            #"{"staticPolicies":{"a":1},"templates":{},"templateLinks":[]}"#,
            "staticPolicies.a: expected an object, found a number"
        ),
        (
            #"{"staticPolicies":{},"templates":{},"templateLinks":[{"templateId":"t","newId":"n","values":{}}]}"#,
            "templateLinks[0]: there is no template `t`"
        ),
    ])
    func `a fault names the place in the document`(form: String, description: String) {
        #expect(fault(form)?.description == description)
    }

    @Test(arguments: [
        (#"{"Var":"user"}"#, "Var: expected `principal`, `action`, `resource` or `context`"),
        (#"{"&&":{"left":{"Value":true},"right":{"Nope":1}}}"#, "&&.right: `Nope` is no kind of expression"),
        (#"{"Slot":"?principal"}"#, "Slot: a slot may stand only in the scope of a template"),
        (#"{"Set":[{"Value":1},{"Value":null}]}"#, "Set[1].Value: null is no value of Cedar"),
        (#"{"==":{"left":{"Value":1}}}"#, "==: `right` is missing"),
    ])
    func `a fault names the place in a condition`(body: String, rest: String) {
        #expect(fault(set(withCondition: body))?.description == "staticPolicies.p.conditions[0].body.\(rest)")
    }

    @Test func `a form nested a hundred thousand deep is refused`() {
        for (open, close) in [
            (#"{"!":{"arg":"#, "}}"), (#"{"&&":{"right":{"Value":true},"left":"#, "}}"), (#"{"Set":["#, "]}"),
            (#"{"Value":["#, "]}"), (#"{"Record":{"a":"#, "}}"), ("[", "]"),
        ] {
            let body =
                String(repeating: open, count: 100_000) + #"{"Value":true}"# + String(repeating: close, count: 100_000)
            #expect(fault(set(withCondition: body)) != nil)
        }
    }

    @Test func `a value made by a program is read as far as expressions may nest, and chains further`() throws {
        func nested(_ count: Int, _ wrap: (JSONValue) -> JSONValue) throws -> JSONValue {
            var body: JSONValue = .object(["Value": .bool(true)])
            for _ in 0..<count { body = wrap(body) }
            let all: JSONValue = .object(["op": "All"])
            let policy: JSONValue = .object([
                "effect": "permit", "principal": all, "action": all, "resource": all,
                "conditions": .array([.object(["kind": "when", "body": body])]),
            ])
            return .object([
                "staticPolicies": .object(["p": policy]), "templates": .object([:]), "templateLinks": .array([]),
            ])
        }
        let not = { (body: JSONValue) in JSONValue.object(["!": .object(["arg": body])]) }
        let and = { (body: JSONValue) in
            JSONValue.object(["&&": .object(["left": body, "right": .object(["Value": .bool(true)])])])
        }
        #expect(try PolicySet(est: nested(255, not)).policies.count == 1)
        #expect(throws: JSONFault.self) { try PolicySet(est: nested(256, not)) }
        #expect(throws: JSONFault.self) { try PolicySet(est: nested(2_000, not)) }
        #expect(try PolicySet(est: nested(2_000, and)).policies.count == 1)
    }

    @Test func `a chain is written as far as the form may nest`() throws {
        func chain(_ count: Int, _ link: String) throws -> PolicySet {
            let chain = Array(repeating: "1", count: count).joined(separator: link)
            return try PolicySet(parsing: "permit(principal,action,resource) when {\(chain)};")
        }
        for link in ["&&", "||", "+", "*"] {
            #expect(try PolicySet(est: chain(499, link).est) == chain(499, link))
            for count in link == "+" ? [500, 100_000] : [500] {
                let fault = #expect(throws: JSONFault.self) { try chain(count, link).est }
                #expect(fault?.description == "policy0: this nests deeper than 1000 levels as JSON")
            }
        }
    }

    @Test func `JSON is written with keys in the order of their bytes and no escapes but the needed ones`() throws {
        let value: JSONValue = .object([
            "b": .array([.null, .bool(false), .integer(.min), .array([]), .object([:])]),
            "a\"": "\u{1}\u{8}\u{c}\n\r\t\\/\u{7f}é\u{1F600}",
            "é": "", "e\u{301}": .object(["x": .integer(0)]),
        ])
        #expect(
            value.text == #"{"a\"":"\u0001\b\f\n\r\t\\/"# + "\u{7f}é\u{1F600}"
                + #"","b":[null,false,-9223372036854775808,[],{}],"e\#u{301}":{"x":0},"é":""}"#)
        #expect(try JSONValue(parsing: Array(value.text.utf8)) == value)
    }
}
