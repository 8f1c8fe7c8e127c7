import Cedar
import Testing

@Suite struct SchemaTests {
    @Test func `a name is looked up in its namespace, then in the empty one`() throws {
        let schema = try Schema(
            parsing: """
                entity Staff; type Day = Long;
                namespace Care {
                    entity Record { author: Staff, day: Day, of: Child };
                    entity Child;
                }
                """)
        let record = try #require(schema.entityTypes["Care::Record"])
        #expect(type(of: "author", in: record) == .entity("Staff"))
        #expect(type(of: "day", in: record) == .long)
        #expect(type(of: "of", in: record) == .entity("Care::Child"))
    }

    @Test func `a common type goes before an entity type of its name`() throws {
        let schema = try Schema(parsing: "entity A; type A = Long; entity B in A { a: A };")
        let type = try #require(schema.entityTypes["B"])
        #expect(self.type(of: "a", in: type) == .long)
        #expect(type.ancestors == ["A"])
    }

    @Test func `a declaration goes before a built-in type, which keeps its full name`() throws {
        let schema = try Schema(
            parsing:
                "entity Long; type ipaddr = Bool; entity A { a: Long, b: __cedar::Long, c: ipaddr, d: __cedar::ipaddr };"
        )
        let type = try #require(schema.entityTypes["A"])
        #expect(self.type(of: "a", in: type) == .entity("Long"))
        #expect(self.type(of: "b", in: type) == .long)
        #expect(self.type(of: "c", in: type) == .bool)
        #expect(self.type(of: "d", in: type) == .address)
    }

    @Test func `the last of two attributes of one name counts`() throws {
        let schema = try Schema(parsing: "entity A { a: Long, \"a\"?: String };")
        let attribute = try #require(schema.entityTypes["A"]?.attributes.attributes["a"])
        #expect(attribute == AttributeType(.string, isRequired: false))
    }

    @Test func `attributes are told apart by their bytes`() throws {
        let schema = try Schema(parsing: "entity A { \"\u{e9}\": Long, \"e\u{301}\": String };")
        #expect(schema.entityTypes["A"]?.attributes.attributes.count == 2)
    }

    @Test func `what a type or an action is in is worked out whole`() throws {
        let schema = try Schema(
            parsing: """
                entity A in B; entity B in C; entity C in B;
                action read in [look]; action look in all; action all;
                namespace N { action write in Action::"all"; }
                """)
        #expect(schema.entityTypes["A"]?.ancestors == ["B", "C"])
        #expect(schema.entityTypes["B"]?.ancestors == ["B", "C"])
        let (look, all) = (EntityUID(type: "Action", id: "look"), EntityUID(type: "Action", id: "all"))
        let read = try #require(schema.actions[EntityUID(type: "Action", id: "read")])
        #expect(read.parents == [look])
        #expect(read.ancestors == [look, all])
        #expect(schema.actions[EntityUID(type: "N::Action", id: "write")]?.ancestors == [all])
    }

    @Test func `an action's context may be a name, and applies to every type listed`() throws {
        let schema = try Schema(
            parsing: """
                entity A, B; type Setting = { on: datetime };
                action read appliesTo { resource: B, context: Setting, principal: [A, B], };
                """)
        let read = try #require(schema.actions[EntityUID(type: "Action", id: "read")])
        #expect(read.principals == ["A", "B"])
        #expect(read.resources == ["B"])
        #expect(read.context == RecordType(["on": AttributeType(.datetime)]))
    }

    @Test func `an attribute can be an action`() throws {
        let schema = try Schema(parsing: "action a; entity A { last: Action };")
        let type = try #require(schema.entityTypes["A"])
        #expect(self.type(of: "last", in: type) == .entity("Action"))
        #expect(schema.entityTypes["Action"] == nil)
    }

    @Test func `a fault says where`() {
        #expect(fault("entity A {\n  a: Nothing\n};") == "2:6: `Nothing` is not declared")
        #expect(fault("entity A;\nentity A;") == "2:8: `A` is declared twice")
        #expect(fault("entity A in [B];\nnamespace N { entity A; }")?.hasPrefix("2:15: `A` would hide") == true)
        #expect(fault("action a in b; action b in a;")?.contains("is in itself") == true)
        #expect(fault("entity A { a: Set<Long };") == "1:24: expected `>`, found `}`")
    }

    @Test func `a fault in JSON says where`() {
        let cases = [
            #"{"": {"entityTypes": {"A": {"shape": {"type": "Long"}}}, "actions": {}}}"#:
                ".entityTypes.A: the attributes of `A` must be a record",
            #"{"N": {"entityTypes": {"A": {"memberOfTypes": ["B"]}}, "actions": {}}}"#:
                "N.entityTypes.A.memberOfTypes[0]: `B` is not declared",
            #"{"N": {"entityTypes": {"A": {"member": ["B"]}}, "actions": {}}}"#:
                "N.entityTypes.A: there is no key `member` here",
        ]
        for (text, wanted) in cases {
            #expect(throws: JSONFault.self, "\(text)") { try Schema(json: Array(text.utf8)) }
            do { _ = try Schema(json: Array(text.utf8)) } catch { #expect(error.description == wanted) }
        }
    }

    private func type(of attribute: CedarString, in type: EntityTypeDeclaration) -> SchemaType? {
        type.attributes.attributes[attribute]?.type
    }

    private func fault(_ text: String) -> String? {
        do {
            _ = try Schema(parsing: text)
            return nil
        } catch {
            return error.description
        }
    }
}

@Suite struct HostileSchemaTests {
    @Test func `nesting is bounded in both formats`() {
        for count in [300, 100_000] {
            refuses("type T = \(String(repeating: "Set<", count: count))Long\(String(repeating: ">", count: count));")
            refuses("type T = \(String(repeating: "{a:", count: count))Long\(String(repeating: "}", count: count));")
            let json = String(repeating: #"{"type":"Set","element":"#, count: count)
            refuses(json: #"{"":{"entityTypes":{},"actions":{},"commonTypes":{"T":"# + json)
        }
    }

    @Test func `nesting up to the bound is read`() throws {
        let text =
            "type T = \(String(repeating: "Set<", count: 200))Long\(String(repeating: ">", count: 200)); entity A { a: T };"
        #expect(try Schema(parsing: text).entityTypes.count == 1)
    }

    @Test func `types that name each other nest no deeper than others`() {
        let chain = (0..<100_000).map { "type T\($0) = T\($0 + 1);" }.joined()
        refuses(chain + "type T100000 = Long;")
        let reversed = (0..<100_000).reversed().map { "type T\($0) = Set<T\($0 + 1)>;" }.joined()
        refuses("type T100000 = Long;" + reversed)
    }

    @Test func `a short text cannot stand for an endless type`() {
        let doubling = (0..<100).map { "type T\($0) = {a: T\($0 + 1), b: T\($0 + 1)};" }.joined()
        refuses(doubling + "type T100 = Long; entity A { a: T0 };")
        let wide = (0..<20_000).map { "A\($0)" }.joined(separator: ", ")
        let attributes = (0..<1_000).map { "a\($0): Long" }.joined(separator: ", ")
        refuses("entity \(wide) { \(attributes) };")
    }

    @Test func `a hierarchy is worked out in bounded time`() {
        let names = (0..<3_000).map { "A\($0)" }.joined(separator: ", ")
        refuses("entity \(names) in [\(names)];")
        refuses("action \(names); action B in [\(names)]; action C in [B, C];")
    }

    private func refuses(_ text: String) {
        #expect(throws: ParseFault.self) { try Schema(parsing: text) }
    }

    private func refuses(json text: String) {
        #expect(throws: JSONFault.self) { try Schema(json: Array(text.utf8)) }
    }
}
