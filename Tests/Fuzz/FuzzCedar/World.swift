public import Cedar

/// The small world in which fuzzed texts are put to use.
public enum World {
    /// An entity with attributes and tags, its group, and an action in another.
    public static let entitiesJSON = Array(
        """
        [
          {"uid": {"type": "U", "id": "a"}, "attrs": {"n": 1, "s": "x", "r": {"t": [1, 2]}, "ip": {"__extn": {"fn": "ip",
            "arg": "10.0.0.1"}}}, "parents": [{"type": "G", "id": "g"}], "tags": {"t": 1}},
          {"uid": {"type": "G", "id": "g"}, "attrs": {}, "parents": []},
          {"uid": {"type": "Action", "id": "v"}, "attrs": {}, "parents": [{"type": "Action", "id": "all"}]},
          {"uid": {"type": "Action", "id": "all"}, "attrs": {}, "parents": []}
        ]
        """.utf8)

    /// The entities, read.
    public static let entities = read { try Entities(json: entitiesJSON) }

    /// A schema to which the entities conform.
    public static let schema = read {
        try Schema(
            parsing: """
                entity G;
                entity U in [G] { n: Long, s: String, r?: { t?: Set<Long> }, ip: ipaddr } tags Long;
                entity E enum ["x", "y"];
                action all;
                action v in [all] appliesTo { principal: U, resource: [G, U, E], context: { n: Long, s?: String } };
                """)
    }

    /// One about those entities and one about others.
    public static let requests = [
        Request(
            principal: EntityUID(type: "U", id: "a"), action: EntityUID(type: "Action", id: "v"),
            resource: EntityUID(type: "G", id: "g"), context: CedarRecord(["n": .long(2), "s": .string("a*")])),
        Request(
            principal: EntityUID(type: "U", id: "nobody"), action: EntityUID(type: "Action", id: ""),
            resource: EntityUID(type: "U", id: "a")),
    ]

    /// Policies that look at attributes, tags and groups.
    public static let policies = read {
        try PolicySet(
            parsing: """
                permit (principal, action, resource) when { principal.n > 0 };
                forbid (principal in G::"g", action in [Action::"all"], resource) unless { resource has r.t };
                permit (principal is U, action, resource) when { principal == resource || principal.s like "*a*" };
                forbid (principal, action, resource) when { principal.hasTag("t") && principal.getTag("t") == {a: [1]} };
                """)
    }

    private static func read<Result>(_ body: () throws -> Result) -> Result {
        do { return try body() } catch { fatalError("\(error)") }
    }
}
