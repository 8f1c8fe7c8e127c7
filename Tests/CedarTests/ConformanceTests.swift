import Cedar
import Testing

@Suite struct ConformanceTests {
    let schema: Schema

    init() throws {
        schema = try Schema(
            parsing: """
                entity Staff in [Team] { since: datetime, manager?: Staff } tags Set<Long>;
                entity Team;
                entity Colour enum ["red", "blue"];
                action all; action read in [all];
                action paint in [all] appliesTo {
                    principal: Staff, resource: Colour, context: { from: ipaddr, other?: Colour }
                };
                """)
    }

    @Test func `escapes may be left out where the schema knows the type`() throws {
        let entities = try Entities(
            json: Array(
                """
                [{"uid": {"type": "Staff", "id": "ada"}, "attrs": {
                    "since": {"fn": "offset", "args": ["2024-02-28", "1d"]}, "manager": {"type": "Staff", "id": "grace"}},
                  "parents": [{"type": "Team", "id": "north"}], "tags": {"rooms": [1, 2]}}]
                """.utf8), schema: schema)
        let ada = try #require(entities[EntityUID(type: "Staff", id: "ada")])
        #expect(ada.attributes["since"] == CedarDateTime("2024-02-29").map(Value.datetime))
        #expect(ada.attributes["manager"] == .entity(EntityUID(type: "Staff", id: "grace")))
    }

    @Test func `the schema's actions are added, in what they are in`() throws {
        let entities = try Entities(json: Array("[]".utf8), schema: schema)
        #expect(entities.count == 3)
        let read = EntityUID(type: "Action", id: "read")
        #expect(entities[read]?.parents == [EntityUID(type: "Action", id: "all")])
        #expect(Set(schema.actionEntities.map(\.uid)) == Set(schema.actions.keys))
    }

    @Test func `a request made by the program is held to the schema too`() throws {
        let good = request(context: ["from": try #require(CedarAddress("10.0.0.1").map(Value.address))])
        #expect(throws: Never.self) { try good.validate(against: schema) }
        #expect(message(request()) == "the attribute `from` of the context is missing")
        #expect(
            message(request(context: ["from": "10.0.0.1"]))
                == "the attribute `from` of the context is of type string, but must be of type ipaddr")
        #expect(message(request(resource: "green")) == "the resource is none of the entities listed for `Colour`")
        #expect(
            message(request(action: "read")) == "`Action::\"read\"` does not apply to a principal of type `Staff`")
        #expect(message(request(action: "write")) == "the action is not declared")
        #expect(message(request(principal: "Team"))?.contains("does not apply") == true)
        #expect(message(request(principal: "Office::Staff"))?.contains("no entity type") == true)
    }

    @Test func `a type that only looks like another is another`() throws {
        let schema = try Schema(parsing: "entity K; action a appliesTo { principal: K, resource: K };")
        let kelvin = EntityUID(type: "\u{212A}", id: "x")
        let action = EntityUID(type: "Action", id: "a")
        let request = Request(principal: kelvin, action: action, resource: EntityUID(type: "K", id: "x"))
        #expect(throws: ConformanceFault.self) { try request.validate(against: schema) }
        #expect(throws: ConformanceFault.self) { try Entity(uid: kelvin).validate(against: schema) }
    }

    @Test func `a fault holds no values`() throws {
        let secret = Entity(uid: EntityUID(type: "Staff", id: "secret"), attributes: ["since": "secret"])
        let fault = #expect(throws: ConformanceFault.self) { try secret.validate(against: schema) }
        #expect(fault?.description.contains("secret") == false)
    }

    private func request(
        principal: String = "Staff", action: String = "paint", resource: String = "red", context: CedarRecord = [:]
    ) -> Request {
        Request(
            principal: EntityUID(type: principal, id: "ada"), action: EntityUID(type: "Action", id: action),
            resource: EntityUID(type: "Colour", id: resource), context: context)
    }

    private func message(_ request: Request) -> String? {
        do {
            try request.validate(against: schema)
            return nil
        } catch {
            return error.description
        }
    }
}
