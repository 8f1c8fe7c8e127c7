/// What an operation takes, taken from a value or refused.
extension Evaluator {
    func bool(_ expression: Expr) throws(EvaluationFault) -> Bool {
        let value = try value(expression)
        guard case .bool(let bool) = value else { throw .type(expected: "bool", found: value.typeName) }
        return bool
    }

    func long(_ expression: Expr) throws(EvaluationFault) -> Int64 {
        let value = try value(expression)
        guard case .long(let long) = value else { throw .type(expected: "long", found: value.typeName) }
        return long
    }

    func string(_ value: Value) throws(EvaluationFault) -> CedarString {
        guard case .string(let string) = value else { throw .type(expected: "string", found: value.typeName) }
        return string
    }

    func entity(_ value: Value) throws(EvaluationFault) -> EntityUID {
        guard case .entity(let uid) = value else { throw .type(expected: "entity", found: value.typeName) }
        return uid
    }

    func set(_ value: Value) throws(EvaluationFault) -> CedarSet {
        guard case .set(let set) = value else { throw .type(expected: "set", found: value.typeName) }
        return set
    }

    func decimal(_ value: Value) throws(EvaluationFault) -> CedarDecimal {
        guard case .decimal(let decimal) = value else { throw .type(expected: "decimal", found: value.typeName) }
        return decimal
    }

    func address(_ value: Value) throws(EvaluationFault) -> CedarAddress {
        guard case .address(let address) = value else { throw .type(expected: "ipaddr", found: value.typeName) }
        return address
    }

    func datetime(_ value: Value) throws(EvaluationFault) -> CedarDateTime {
        guard case .datetime(let instant) = value else { throw .type(expected: "datetime", found: value.typeName) }
        return instant
    }

    func duration(_ value: Value) throws(EvaluationFault) -> CedarDuration {
        guard case .duration(let span) = value else { throw .type(expected: "duration", found: value.typeName) }
        return span
    }

    /// The result of checked arithmetic.
    func checked<Number>(_ number: Number?) throws(EvaluationFault) -> Number {
        guard let number else { throw .overflow }
        return number
    }
}
