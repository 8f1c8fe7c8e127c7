extension Request {
    /// Requires the request to be one a schema knows: an action that applies to this type of principal and of resource,
    /// brought in exactly the circumstances it asks for.
    ///
    /// <https://docs.cedarpolicy.com/auth/validation.html>
    ///
    /// - Throws: ``ConformanceFault`` at the first thing that is not so.
    public func validate(against schema: Schema) throws(ConformanceFault) {
        let conformance = Conformance(schema: schema)
        for (uid, part) in [(principal, "principal"), (resource, "resource")] {
            try conformance.check(uid, "the \(part)")
            guard schema.entityTypes[uid.type] != nil else {
                throw ConformanceFault("the schema has no entity type `\(uid.type)` for the \(part)")
            }
        }
        guard let declared = schema.actions[action] else { throw ConformanceFault("the action is not declared") }
        guard declared.principals.contains(principal.type) else {
            throw ConformanceFault("`\(declared.uid)` does not apply to a principal of type `\(principal.type)`")
        }
        guard declared.resources.contains(resource.type) else {
            throw ConformanceFault("`\(declared.uid)` does not apply to a resource of type `\(resource.type)`")
        }
        try conformance.check(context, is: declared.context, " of the context")
    }

    /// Reads the JSON form of a request by a schema: entities and extension values may stand without their escapes
    /// where the schema says what they are.
    ///
    /// - Throws: ``JSONFault``, also when the request is none that ``validate(against:)`` lets pass.
    public init(json bytes: [UInt8], schema: Schema) throws(JSONFault) {
        try self.init(JSONValue(parsing: bytes), schema: schema)
    }

    /// Takes a request out of a JSON value in the same form.
    ///
    /// - Throws: ``JSONFault``, but never its first case.
    public init(_ json: JSONValue, schema: Schema) throws(JSONFault) {
        let root = ValueJSON(place: .document)
        try root.expectKeys(of: json, required: ["principal", "action", "resource"], optional: ["context"])
        let action = try root.at("action").writtenUID(json["action"] ?? .null)
        guard let declared = schema.actions[action] else {
            throw root.at("action").fault("this action is not declared")
        }
        self.init(
            principal: try root.at("principal").writtenUID(json["principal"] ?? .null), action: action,
            resource: try root.at("resource").writtenUID(json["resource"] ?? .null),
            context: try root.at("context").record(json["context"] ?? .object([:]), as: declared.context))
        do { try validate(against: schema) } catch { throw root.fault(error.description) }
    }
}
