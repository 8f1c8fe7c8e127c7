/// Computes the values of compiled expressions for one request.
///
/// Follows the evaluator of Cedar's formal specification: operands from left to right, nothing evaluated that `&&`,
/// `||` and `if` do not reach, every type checked when it is met. Calls by name are in `MachineCalls.swift`, what an
/// operation takes in `OperandTypes.swift`.
///
/// <https://docs.cedarpolicy.com/policies/syntax-operators.html>
struct Machine {
    private let instructions: UnsafeBufferPointer<Instruction>
    private let operands: UnsafeBufferPointer<Int32>
    private let patterns: UnsafeBufferPointer<PatternMatcher>
    /// Held by whoever runs the machine.
    unowned(unsafe) let table: EntityTable
    let subject: Subject
    private let context: Word
    /// Holds what was computed on the way, for as long as words of it may be about.
    private var held: [Value] = []

    /// Lets `body` compute with code, in the circumstances of a request.
    static func run<Answer, Fault: Error>(
        _ code: Code, request: Request, entities: Entities, _ body: (inout Machine) throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        try code.instructions.withUnsafeBufferPointer { (instructions) throws(Fault) in
            try code.operands.withUnsafeBufferPointer { (operands) throws(Fault) in
                try code.patterns.withUnsafeBufferPointer { (patterns) throws(Fault) in
                    var machine = Machine(
                        instructions: instructions, operands: operands, patterns: patterns, table: entities.table,
                        subject: Subject(request, table: entities.table), context: .record(request.context.storage))
                    defer { withExtendedLifetime((code, request, entities)) {} }
                    return try body(&machine)
                }
            }
        }
    }

    /// Keeps a computed value, and gives the word of it.
    mutating func hold(_ value: Value) -> Word {
        held.append(value)
        return Word(value)
    }

    /// True when every condition holds, evaluated in order and no further than the first that does not.
    mutating func satisfies(_ conditions: ArraySlice<CompiledCondition>) throws(EvaluationFault) -> Bool {
        for condition in conditions where try bool(at: condition.place) != condition.isWhen { return false }
        return true
    }

    /// The value of the expression whose instruction stands at a place.
    mutating func value(at place: Int32) throws(EvaluationFault) -> Word {
        let instruction = instructions[Int(place)]
        switch instruction.operation {
        case .constant: return instruction.constant
        case .principal: return subject.principal
        case .action: return subject.action
        case .resource: return subject.resource
        case .context: return context
        case .not: return .bool(try !bool(at: instruction.first))
        case .negate: return .long(try checked((0 as Int64).checkedMinus(try long(at: instruction.first))))
        case .and: return .bool(try all(instruction))
        case .or: return .bool(try any(instruction))
        case .conditional:
            return try bool(at: instruction.first)
                ? try value(at: instruction.second) : try value(at: instruction.third)
        case .equal: return .bool(try value(at: instruction.first) == value(at: instruction.second))
        case .notEqual: return .bool(try !(value(at: instruction.first) == value(at: instruction.second)))
        case .less: return .bool(try orderedPair(instruction, by: <))
        case .lessOrEqual: return .bool(try orderedPair(instruction, by: <=))
        case .greater: return .bool(try orderedPair(instruction, by: >))
        case .greaterOrEqual: return .bool(try orderedPair(instruction, by: >=))
        case .isIn:
            let left = try value(at: instruction.first)
            return .bool(try isIn(left, try value(at: instruction.second)))
        case .arithmetic: return .long(try arithmetic(instruction))
        case .attribute: return try attribute(instruction.constant, of: try value(at: instruction.first))
        case .has: return .bool(try has(instruction))
        case .like:
            let text = try string(try value(at: instruction.first))
            return .bool(text._withUnsafeGuaranteedRef { patterns[Int(instruction.second)].matches($0.text) })
        case .isType: return .bool(try isType(instruction, try value(at: instruction.first)))
        case .isTypeIn:
            let operand = try value(at: instruction.first)
            guard try isType(instruction, operand) else { return .bool(false) }
            return .bool(try isIn(operand, try value(at: instruction.second)))
        case .set: return hold(.set(CedarSet(try values(instruction))))
        case .record: return hold(.record(try record(instruction)))
        case .call: return try call(instruction)
        }
    }

    /// The value of an instruction's own operand.
    mutating func operand(_ index: Int, of instruction: Instruction) throws(EvaluationFault) -> Word {
        try value(at: operands[Int(instruction.operandStart) + index])
    }

    private mutating func values(_ instruction: Instruction) throws(EvaluationFault) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(Int(instruction.operandCount))
        for index in 0..<Int(instruction.operandCount) {
            values.append(Value(try operand(index, of: instruction)))
        }
        return values
    }

    private mutating func record(_ instruction: Instruction) throws(EvaluationFault) -> CedarRecord {
        var attributes: [(name: CedarString, value: Value)] = []
        for index in stride(from: 0, to: Int(instruction.operandCount), by: 2) {
            let name = try operand(index, of: instruction).string.takeUnretainedValue()
            attributes.append((CedarString(storage: name), Value(try operand(index + 1, of: instruction))))
        }
        return CedarRecord(storage: CedarRecord.Storage(attributes))
    }

    private mutating func all(_ instruction: Instruction) throws(EvaluationFault) -> Bool {
        let start = Int(instruction.operandStart)
        for index in start..<(start + Int(instruction.operandCount)) where try !bool(at: operands[index]) {
            return false
        }
        return true
    }

    private mutating func any(_ instruction: Instruction) throws(EvaluationFault) -> Bool {
        let start = Int(instruction.operandStart)
        for index in start..<(start + Int(instruction.operandCount)) where try bool(at: operands[index]) {
            return true
        }
        return false
    }

    private mutating func arithmetic(_ instruction: Instruction) throws(EvaluationFault) -> Int64 {
        var result = try long(at: instruction.first)
        let start = Int(instruction.operandStart)
        for index in stride(from: start, to: start + Int(instruction.operandCount), by: 2) {
            let operand = try long(at: operands[index + 1])
            switch Expr.Arithmetic(rawValue: operands[index]) {
            case .plus: result = try checked(result.checkedPlus(operand))
            case .minus: result = try checked(result.checkedMinus(operand))
            case .times, nil: result = try checked(result.checkedTimes(operand))
            }
        }
        return result
    }

    /// Longs, instants and spans have an order, each among themselves. Decimals are compared by their methods only.
    @inline(__always)
    private mutating func orderedPair(
        _ instruction: Instruction, by isOrdered: (Int64, Int64) -> Bool
    ) throws(EvaluationFault) -> Bool {
        let left = try value(at: instruction.first)
        let right = try value(at: instruction.second)
        switch left.kind {
        case .long, .datetime, .duration:
            guard right.kind == left.kind else { throw .type(expected: left.typeName, found: right.typeName) }
            return isOrdered(left.long, right.long)
        default: throw .type(expected: "long, datetime or duration", found: left.typeName)
        }
    }

    /// Every member of a set is checked to be an entity before any is compared.
    private func isIn(_ left: Word, _ right: Word) throws(EvaluationFault) -> Bool {
        let entity = try self.entity(left)
        switch right.kind {
        case .entity: return isIn(entity, right.entity)
        case .set:
            let groups = right.set.takeUnretainedValue().words
            for group in groups { _ = try self.entity(group) }
            for group in groups where isIn(entity, group.entity) { return true }
            return false
        default: throw .type(expected: "entity or set", found: right.typeName)
        }
    }

    private func isIn(_ entity: Unmanaged<EntityUID.Storage>, _ group: Unmanaged<EntityUID.Storage>) -> Bool {
        if Self.isSame(entity, group) { return true }
        let place = place(of: entity)
        guard !table.ancestorRange(at: place).isEmpty else { return false }
        return table.has(self.place(of: group), amongAncestorsAt: place)
    }

    private static func isSame(
        _ left: Unmanaged<EntityUID.Storage>, _ right: Unmanaged<EntityUID.Storage>
    ) -> Bool {
        left.toOpaque() == right.toOpaque()
            || left._withUnsafeGuaranteedRef { left in right._withUnsafeGuaranteedRef { left.isSame(as: $0) } }
    }

    private func isType(_ instruction: Instruction, _ operand: Word) throws(EvaluationFault) -> Bool {
        let entity = try self.entity(operand)
        return entity._withUnsafeGuaranteedRef { entity in
            instruction.constant.string._withUnsafeGuaranteedRef { entity.type.hasSameBytes(as: $0) }
        }
    }

    private func attribute(_ name: Word, of owner: Word) throws(EvaluationFault) -> Word {
        guard let attributes = try attributes(of: owner) else {
            throw .missingEntity(type: owner.entity._withUnsafeGuaranteedRef { $0.type.text })
        }
        guard let found = Self.word(of: name, in: attributes) else {
            throw .missingAttribute(name.string._withUnsafeGuaranteedRef { $0.text })
        }
        return found
    }

    /// `a has b.c` is `a has b && a.b has c`: what is absent is false, what cannot have attributes is an error.
    private mutating func has(_ instruction: Instruction) throws(EvaluationFault) -> Bool {
        var owner = try value(at: instruction.first)
        for index in 0..<Int(instruction.operandCount) {
            let name = try operand(index, of: instruction)
            guard let attributes = try attributes(of: owner), let found = Self.word(of: name, in: attributes) else {
                return false
            }
            owner = found
        }
        return true
    }

    /// The attributes of a record or an entity; nil for an entity that is not there.
    private func attributes(of owner: Word) throws(EvaluationFault) -> Unmanaged<CedarRecord.Storage>? {
        switch owner.kind {
        case .record: return owner.record
        case .entity: return table.attributes(at: place(of: owner.entity))
        default: throw .type(expected: "record or entity", found: owner.typeName)
        }
    }

    /// What a record has under a name, or nil.
    static func word(of name: Word, in record: Unmanaged<CedarRecord.Storage>) -> Word? {
        record._withUnsafeGuaranteedRef { record in
            name.string._withUnsafeGuaranteedRef { record.word(of: $0) }
        }
    }

    /// The place of an entity in the table. Those of the request are known already.
    func place(of entity: Unmanaged<EntityUID.Storage>) -> Int {
        let address = entity.toOpaque()
        if address == subject.principal.entity.toOpaque() { return subject.principalPlace }
        if address == subject.resource.entity.toOpaque() { return subject.resourcePlace }
        return entity._withUnsafeGuaranteedRef { table.place(of: $0) }
    }
}

/// Who asks for what, looked up once for all policies.
struct Subject {
    let principal: Word
    let action: Word
    let resource: Word
    let principalPlace: Int
    let actionPlace: Int
    let resourcePlace: Int

    init(_ request: Request, table: EntityTable) {
        principal = .entity(request.principal.storage)
        action = .entity(request.action.storage)
        resource = .entity(request.resource.storage)
        principalPlace = table.place(of: request.principal.storage)
        actionPlace = table.place(of: request.action.storage)
        resourcePlace = table.place(of: request.resource.storage)
    }
}
