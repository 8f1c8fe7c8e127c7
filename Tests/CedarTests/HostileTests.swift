import Cedar
import Testing

/// Input made to break the engine: answered by an error, never by a crash, and soon.
@Suite struct HostileTests {
    static let depth = 100_000

    let world: World
    let head = "permit(principal,action,resource)"

    init() throws { world = try World() }

    private func nested(_ open: String, _ inner: String, _ close: String, depth: Int = depth) -> String {
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }

    @Test(arguments: [
        ("(", "true", ")"), ("[", "1", "]"), ("{a:", "1", "}"), ("!(", "true", ")"), ("-(", "1", ")"),
        ("if true then ", "true", " else true"), ("if ", "true", " then true else true"),
        ("ip(", "\"\"", ")"), ("[].contains(", "1", ")"), ("", "principal", ".a"), ("", "principal", "[\"a\"]"),
        ("", "[1]", ".isEmpty()"), ("(1 == ", "1", ")"), ("(true && ", "true", ")"), ("(1 + ", "1", ")"),
        ("(", "1", " in principal)"), ("(", "principal", " is Staff)"), ("(", "principal", " has a)"),
    ])
    func `nesting a hundred thousand deep is refused`(open: String, inner: String, close: String) {
        let fault = faultOfParsing("\(head) when {\(nested(open, inner, close))};")
        #expect(fault?.message == "this nests deeper than 256 levels")
    }

    @Test func `nesting that never closes is refused`() {
        for open in ["(", "[", "{a:", "!", "-", "if ", "@a(", "/*"] {
            #expect(faultOfParsing("\(head) when {" + String(repeating: open, count: Self.depth)) != nil)
        }
    }

    @Test func `nesting within the bound is read and evaluated`() {
        #expect(world.outcome(of: nested("(", "true", ")", depth: 250)) == .true)
        #expect(world.outcome(of: nested("!(", "true", ")", depth: 250)) == .true)
        #expect(world.outcome(of: nested("[", "1", "]", depth: 250) + " == 1") == .false)
        #expect(world.outcome(of: nested("if true then ", "true", " else false", depth: 250)) == .true)
    }

    @Test(arguments: [(" && ", "true", World.Outcome.true), (" || ", "false", .false)])
    func `a chain of a hundred thousand terms is evaluated`(link: String, term: String, outcome: World.Outcome) {
        let chain = Array(repeating: term, count: Self.depth).joined(separator: link)
        #expect(world.outcome(of: chain) == outcome)
    }

    @Test func `a sum of a hundred thousand terms is evaluated`() {
        let sum = Array(repeating: "1", count: Self.depth).joined(separator: " + ")
        #expect(world.outcome(of: "\(sum) == \(Self.depth)") == .true)
    }

    @Test func `a scope in a hundred thousand parentheses is read`() {
        let entity = nested("(", "Staff::\"ada\"", ")")
        #expect(faultOfParsing("permit(principal == \(entity), action, resource);") == nil)
    }

    @Test func `a pattern of stars does not take exponential time`() {
        let pattern = String(repeating: "*a", count: 200)
        let text = String(repeating: "a", count: 5_000)
        #expect(world.outcome(of: "\"\(text)\" like \"\(pattern)b\"") == .false)
    }

    @Test func `JSON a hundred thousand deep is refused`() {
        for open in ["[", "{\"a\":", "[{\"a\":["] {
            #expect(throws: JSONFault.self) {
                try JSONValue(parsing: Array(String(repeating: open, count: Self.depth).utf8))
            }
        }
    }

    @Test func `a hierarchy a hundred thousand deep is refused rather than held`() {
        let list = (0..<Self.depth).map { level in
            Entity(
                uid: EntityUID(type: "G", id: "\(level)"), parents: [EntityUID(type: "G", id: "\(level + 1)")])
        }
        #expect(throws: Entities.Fault.hierarchyTooLarge) { try Entities(list) }
    }

    @Test func `a hierarchy a thousand deep is held, and a circle of a hundred thousand found`() throws {
        func chain(_ length: Int, closed: Bool) -> [Entity] {
            (0..<length).map { level in
                let next = closed ? (level + 1) % length : level + 1
                return Entity(uid: EntityUID(type: "G", id: "\(level)"), parents: [EntityUID(type: "G", id: "\(next)")])
            }
        }
        let entities = try Entities(chain(1_000, closed: false))
        let policies = try PolicySet(parsing: "permit(principal in G::\"1000\", action, resource);")
        let first = EntityUID(type: "G", id: "0")
        let request = Request(principal: first, action: first, resource: first)
        #expect(Authorizer.isAuthorized(request, policies: policies, entities: entities).decision == .allow)
        #expect(throws: Entities.Fault.self) { try Entities(chain(Self.depth, closed: true)) }
    }

    @Test func `a diamond is no circle`() throws {
        let a = EntityUID(type: "G", id: "a")
        let b = EntityUID(type: "G", id: "b")
        let c = EntityUID(type: "G", id: "c")
        let d = EntityUID(type: "G", id: "d")
        let diamond = [
            Entity(uid: a, parents: [b, c, d]), Entity(uid: b, parents: [c, d]), Entity(uid: c, parents: [d]),
            Entity(uid: d),
        ]
        #expect(try Entities(diamond).count == 4)
    }

    @Test func `every cut of a policy is refused or read, never a crash`() {
        let text = """
            @id("a\\u{41}") permit(principal is A::B in C::"x", action in [Action::"a",], resource == R::"é")
            when { if [1, {a: -1}].contains(context["k"]) then "a*" like "\\**" else 1 + 2 * -3 <= 4 && !(a::"b" has c.d) }
            unless { ip("10.0.0.1").isInRange(ip("10.0.0.0/8")) };
            """
        let bytes = Array(text.utf8)
        for end in 0..<bytes.count {
            #expect(faultOfParsing(String(decoding: bytes[..<end], as: UTF8.self)) != nil || end == 0)
        }
        for gone in bytes.indices {
            var changed = bytes
            changed.remove(at: gone)
            _ = faultOfParsing(String(decoding: changed, as: UTF8.self))
        }
    }

    @Test func `a hundred thousand policies in error are reported each once and in order`() throws {
        let count = 100_000
        let policies = try PolicySet(parsing: String(repeating: "\(head) when {1};", count: count))
        let someone = EntityUID(type: "U", id: "")
        let request = Request(principal: someone, action: EntityUID(type: "Action", id: ""), resource: someone)
        let response = Authorizer.isAuthorized(request, policies: policies, entities: Entities())
        #expect(response.errors.map(\.policyID) == (0..<count).map { "policy\($0)" })
    }
}
