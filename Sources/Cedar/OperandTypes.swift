/// What an operation takes, taken from a value or refused.
extension Machine {
    mutating func bool(at place: Int32) throws(EvaluationFault) -> Bool {
        let value = try value(at: place)
        guard value.kind == .bool else { throw Self.fault("bool", value) }
        return value.bool
    }

    mutating func long(at place: Int32) throws(EvaluationFault) -> Int64 {
        let value = try value(at: place)
        guard value.kind == .long else { throw Self.fault("long", value) }
        return value.long
    }

    func string(_ value: Word) throws(EvaluationFault) -> Unmanaged<CedarString.Storage> {
        guard value.kind == .string else { throw Self.fault("string", value) }
        return value.string
    }

    func entity(_ value: Word) throws(EvaluationFault) -> Unmanaged<EntityUID.Storage> {
        guard value.kind == .entity else { throw Self.fault("entity", value) }
        return value.entity
    }

    func set(_ value: Word) throws(EvaluationFault) -> Unmanaged<CedarSet.Storage> {
        guard value.kind == .set else { throw Self.fault("set", value) }
        return value.set
    }

    func decimal(_ value: Word) throws(EvaluationFault) -> CedarDecimal {
        guard value.kind == .decimal else { throw Self.fault("decimal", value) }
        return CedarDecimal(tenThousandths: value.long)
    }

    func address(_ value: Word) throws(EvaluationFault) -> CedarAddress {
        guard value.kind == .address else { throw Self.fault("ipaddr", value) }
        return CedarAddress(storage: value.address.takeUnretainedValue())
    }

    func datetime(_ value: Word) throws(EvaluationFault) -> CedarDateTime {
        guard value.kind == .datetime else { throw Self.fault("datetime", value) }
        return CedarDateTime(milliseconds: value.long)
    }

    func duration(_ value: Word) throws(EvaluationFault) -> CedarDuration {
        guard value.kind == .duration else { throw Self.fault("duration", value) }
        return CedarDuration(milliseconds: value.long)
    }

    /// The result of checked arithmetic.
    func checked<Number>(_ number: Number?) throws(EvaluationFault) -> Number {
        guard let number else { throw .overflow }
        return number
    }

    @inline(never)
    private static func fault(_ expected: String, _ found: Word) -> EvaluationFault {
        .type(expected: expected, found: found.typeName)
    }
}
