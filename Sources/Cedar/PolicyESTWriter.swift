/// Writes one policy or template in the JSON form; expressions are written in `ExpressionESTWriter.swift`.
extension PolicyBody {
    /// The JSON form. The name serves to say which policy nests too deep.
    func est(id: String) throws(JSONFault) -> JSONValue {
        var members: [CedarString: JSONValue] = [
            "effect": .string(CedarString(effect.rawValue)), "principal": scope.principal.est(slot: .principal),
            "action": scope.action.est, "resource": scope.resource.est(slot: .resource),
        ]
        var clauses: [JSONValue] = []
        for condition in conditions {
            guard let body = ExpressionESTWriter.est(of: condition.body) else {
                throw .unexpected(
                    path: id, message: "this nests deeper than \(ExpressionESTWriter.nestingLimit) levels as JSON")
            }
            clauses.append(.object(["kind": .string(CedarString(condition.kind.rawValue)), "body": body]))
        }
        members["conditions"] = .array(clauses)
        if !annotations.isEmpty {
            var values: [CedarString: JSONValue] = [:]
            for (key, value) in annotations {
                values[CedarString(key)] = bareAnnotations.contains(key) ? .null : .string(CedarString(value))
            }
            members["annotations"] = .object(values)
        }
        return .object(members)
    }
}

extension EntityConstraint {
    fileprivate func est(slot: Slot) -> JSONValue {
        switch self {
        case .any: .object(["op": "All"])
        case .equal(let reference): .object(["op": "==", reference.key: reference.est(slot: slot)])
        case .isIn(let reference): .object(["op": "in", reference.key: reference.est(slot: slot)])
        case .isType(let type): .object(["op": "is", "entity_type": .string(CedarString(type))])
        case .isTypeIn(let type, let reference):
            .object([
                "op": "is", "entity_type": .string(CedarString(type)),
                "in": .object([reference.key: reference.est(slot: slot)]),
            ])
        }
    }
}

extension EntityReference {
    fileprivate var key: CedarString {
        switch self {
        case .entity: "entity"
        case .slot: "slot"
        }
    }

    fileprivate func est(slot: Slot) -> JSONValue {
        switch self {
        case .entity(let uid): uid.est
        case .slot: .string(CedarString(slot.rawValue))
        }
    }
}

extension ActionConstraint {
    fileprivate var est: JSONValue {
        switch self {
        case .any: .object(["op": "All"])
        case .equal(let uid): .object(["op": "==", "entity": uid.est])
        case .isIn(let uid): .object(["op": "in", "entity": uid.est])
        // A list of one is written as the one: the reference engine has it so.
        case .isInAny(let uids) where uids.count == 1: .object(["op": "in", "entity": uids[0].est])
        case .isInAny(let uids): .object(["op": "in", "entities": .array(uids.map(\.est))])
        }
    }
}

extension EntityUID {
    /// `{"type": T, "id": I}`
    var est: JSONValue { .object(["type": .string(CedarString(type)), "id": .string(CedarString(id))]) }
}
