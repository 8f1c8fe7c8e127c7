/// Reading values whose type a schema gives: entities and extension values may then stand without their escapes.
///
/// What is read need not be of the type: ``Conformance`` finds that out.
extension ValueJSON {
    /// A value that should be of a type, or any value.
    func value(_ json: JSONValue, as type: SchemaType?) throws(JSONFault) -> Value {
        switch type {
        case .entity: return .entity(try uid(json))
        case .decimal: return try extensionValue(json, of: .decimal)
        case .address: return try extensionValue(json, of: .ip)
        case .datetime: return try extensionValue(json, of: .datetime)
        case .duration: return try extensionValue(json, of: .duration)
        case .set(let element):
            guard let members = json.array else { throw fault("expected a list, found \(json.kindName)") }
            var values: [Value] = []
            for (index, member) in members.enumerated() { values.append(try at(index).value(member, as: element)) }
            return .set(CedarSet(values))
        case .record(let type): return .record(try record(json, as: type))
        case .bool, .long, .string, nil: return try value(json)
        }
    }

    /// An object as a record of a type. Its keys are attributes, whatever they are called.
    func record(_ json: JSONValue, as type: RecordType) throws(JSONFault) -> CedarRecord {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        var values: [CedarString: Value] = [:]
        for (name, member) in members {
            guard let attribute = type.attributes[name] else {
                throw at(name).fault("the schema has no such attribute here")
            }
            values[name] = try at(name).value(member, as: attribute.type)
        }
        return CedarRecord(values)
    }

    /// An object as a record whose values are all of a type; without a type there may be none.
    func record(_ json: JSONValue, allAs type: SchemaType?) throws(JSONFault) -> CedarRecord {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        var values: [CedarString: Value] = [:]
        for (name, member) in members {
            guard let type else { throw at(name).fault("the schema gives such an entity no tags") }
            values[name] = try at(name).value(member, as: type)
        }
        return CedarRecord(values)
    }

    /// `"10.0.0.1"`, `{"fn": "ip", "arg": "10.0.0.1"}`, or the latter under `__extn`.
    private func extensionValue(_ json: JSONValue, of constructor: Function) throws(JSONFault) -> Value {
        switch json {
        case .string(let text):
            do { return try constructor.construct(from: text) } catch { throw fault(error.description) }
        case .object(let members):
            guard let inner = try escaped("__extn", members) else {
                return try extensionValue(json, typesAreKnown: true)
            }
            return try at("__extn").extensionValue(inner, typesAreKnown: true)
        default: throw fault("expected a text or an object, found \(json.kindName)")
        }
    }
}
