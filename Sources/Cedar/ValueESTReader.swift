/// Values in the JSON form, which are expressions too: a list is a set, an object a record.
extension PolicyJSON {
    /// Reads a value that lies this deep in its condition.
    func value(_ json: JSONValue, nesting: Int) throws(JSONFault) -> Expr {
        guard nesting <= Parser.nestingLimit else { throw tooDeep }
        switch json {
        case .null: throw fault("null is no value of Cedar")
        case .bool(let bool): return try made(.literal(.bool(bool)))
        case .integer(let number): return try made(.literal(.long(number)))
        case .string(let string): return try made(.literal(.string(string)))
        case .array(let list): return try made(.set(try values(list, nesting)))
        case .object(let members):
            if members.count == 1, let (key, inner) = members.first,
                let escaped = try at(key).escaped(key, inner, nesting)
            {
                return escaped
            }
            var fields: [Expr.Field] = []
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                fields.append(Expr.Field(name: name, value: try at(name).value(member, nesting: nesting + 1)))
            }
            return try made(.record(fields))
        }
    }

    private func values(_ list: [JSONValue], _ nesting: Int) throws(JSONFault) -> [Expr] {
        var values: [Expr] = []
        for (index, member) in list.enumerated() { values.append(try at(index).value(member, nesting: nesting + 1)) }
        return values
    }

    /// What stands under the only key of an object, if both make an escape. If not, the object is a record: the
    /// reference engine has it so.
    private func escaped(_ key: CedarString, _ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr? {
        switch key {
        case "__expr" where json.string != nil: throw fault("`__expr` is no longer a form of Cedar")
        case "__entity":
            guard json["type"]?.string != nil, let id = json["id"]?.string else { return nil }
            return try made(.literal(.entity(EntityUID(type: try at("type").type(json["type"]), id: id))))
        case "__extn":
            guard let name = json["fn"]?.string else { return nil }
            let arguments: [Expr]
            if let single = json["arg"] {
                arguments = [try at("arg").value(single, nesting: nesting + 1)]
            } else if let list = json["args"]?.array {
                arguments = try at("args").values(list, nesting)
            } else {
                return nil
            }
            guard let function = Function(rawValue: name), !function.isCountedByParser else {
                throw at("fn").fault("`\(name)` is no function of an extension")
            }
            return try made(.call(function, try receiving(function, arguments)))
        default: return nil
        }
    }
}
