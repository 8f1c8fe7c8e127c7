import Cedar

/// What the vault tells its policies, in the words of a schema; a set's own schema may promise its policies nothing else.
///
/// A schema may leave out what its policies never ask for, and may call optional what the vault always tells. The other
/// way round a policy could pass the validator and then fail on every request.
enum FactsSchema {
    static let entityTypes: [String: RecordType] = [
        "Group": RecordType(),
        "Staff": RecordType(["roles": AttributeType(.set(.string)), "active": AttributeType(.bool)]),
        "Vault": RecordType(["practice": AttributeType(.bool)]),
        "Record": RecordType([
            "kind": AttributeType(.string), "stage": AttributeType(.string),
            "keyWorker": AttributeType(.entity("Staff"), isRequired: false),
            "manager": AttributeType(.entity("Staff"), isRequired: false),
            "deputies": AttributeType(.set(.entity("Staff"))), "team": AttributeType(.entity("Group")),
            "group": AttributeType(.entity("Group")), "imported": AttributeType(.bool),
            "hasOrder": AttributeType(.bool), "hasAdoption": AttributeType(.bool, isRequired: false),
        ]),
    ]

    static let context = RecordType([
        "on": AttributeType(.long), "purpose": AttributeType(.string),
        "sameStaff": AttributeType(.bool, isRequired: false),
        "recipientIsMember": AttributeType(.bool, isRequired: false),
        "target": AttributeType(.entity("Staff"), isRequired: false),
    ])

    /// One line for each act that a schema lacks, and for each promise that the vault does not keep.
    static func faults(in schema: Cedar.Schema) -> [String] {
        var faults: [String] = []
        for (name, told) in entityTypes.sorted(by: { $0.key < $1.key }) {
            guard let declared = schema.entityTypes[name] else {
                faults.append("the schema has no entity `\(name)`")
                continue
            }
            faults += broken(declared.attributes, told, of: "`\(name)`")
        }
        for act in Act.allCases {
            guard let declared = schema.actions[EntityUID(type: "Action", id: act.rawValue)] else {
                faults.append("the schema has no act `\(act.rawValue)`, which the vault asks for")
                continue
            }
            let resource = act.isOnVault ? "Vault" : "Record"
            if !declared.principals.contains("Staff") || !declared.resources.contains(resource) {
                faults.append("the act `\(act.rawValue)` must apply to a `Staff` and a `\(resource)`")
            }
            faults += broken(declared.context, context, of: "the context of `\(act.rawValue)`")
        }
        return faults
    }

    private static func broken(_ declared: RecordType, _ told: RecordType, of what: String) -> [String] {
        declared.attributes.sorted { $0.key < $1.key }.compactMap { name, attribute in
            guard let known = told.attributes[name], known.type == attribute.type else {
                return "the schema gives \(what) a `\(name)` that the vault does not tell, or of another type"
            }
            return attribute.isRequired && !known.isRequired
                ? "the schema calls `\(name)` of \(what) certain, and the vault does not always tell it" : nil
        }
    }
}
