/// Turns expressions into instructions, once, when a policy set is made.
///
/// A set, a record or an extension value of constants is computed here. Where that fails nothing is folded: the failure
/// belongs to the evaluation, which may never come to it.
///
/// Recursion is as deep as expressions nest, which the readers of policies bound.
struct Compiler {
    var code = Code()

    /// Compiles an expression and returns the place of its instruction.
    mutating func compile(_ expression: Expr) -> Int32 {
        switch expression.kind {
        case .literal(let value): return code.add(constant: value)
        case .variable(let variable): return code.add(Instruction(variable.operation))
        case .not(let operand): return unary(.not, operand)
        case .negate(let operand): return unary(.negate, operand)
        case .and(let terms): return list(.and, terms)
        case .or(let terms): return list(.or, terms)
        case .conditional(let condition, let then, let otherwise):
            var instruction = Instruction(.conditional)
            instruction.first = compile(condition)
            instruction.second = compile(then)
            instruction.third = compile(otherwise)
            return code.add(instruction)
        case .relation(let relation, let left, let right):
            var instruction = Instruction(relation.operation)
            instruction.first = compile(left)
            instruction.second = compile(right)
            return code.add(instruction)
        case .arithmetic(let first, let steps):
            var instruction = Instruction(.arithmetic)
            instruction.first = compile(first)
            var operands: [Int32] = []
            for step in steps { operands += [Int32(step.operation.rawValue), compile(step.operand)] }
            return code.add(instruction, operands: operands)
        case .attribute(let owner, let name):
            var instruction = Instruction(.attribute)
            instruction.first = compile(owner)
            instruction.constant = code.hold(.string(name))
            return code.add(instruction)
        case .has(let owner, let path):
            var instruction = Instruction(.has)
            instruction.first = compile(owner)
            return code.add(instruction, operands: path.map { code.add(constant: .string($0)) })
        case .like(let text, let pattern):
            var instruction = Instruction(.like)
            instruction.first = compile(text)
            instruction.second = code.add(pattern: pattern)
            return code.add(instruction)
        case .isType(let operand, let type, let group):
            var instruction = Instruction(group == nil ? .isType : .isTypeIn)
            instruction.first = compile(operand)
            if let group { instruction.second = compile(group) }
            instruction.constant = code.hold(.string(CedarString(type)))
            return code.add(instruction)
        case .set(let members): return folded(list(.set, members))
        case .record(let fields):
            var operands: [Int32] = []
            for field in fields { operands += [code.add(constant: .string(field.name)), compile(field.value)] }
            return folded(code.add(Instruction(.record), operands: operands))
        case .call(let function, let arguments):
            var instruction = Instruction(.call)
            instruction.function = function
            let operands = arguments.map { compile($0) }
            let place = code.add(instruction, operands: operands)
            return function.isMethod ? place : folded(place)
        }
    }

    private mutating func unary(_ operation: Instruction.Operation, _ operand: Expr) -> Int32 {
        var instruction = Instruction(operation)
        instruction.first = compile(operand)
        return code.add(instruction)
    }

    private mutating func list(_ operation: Instruction.Operation, _ terms: [Expr]) -> Int32 {
        let operands = terms.map { compile($0) }
        return code.add(Instruction(operation), operands: operands)
    }

    /// The constant an instruction comes to, if its operands are all constants and it does not fail; else itself.
    private mutating func folded(_ place: Int32) -> Int32 {
        let instruction = code.instructions[Int(place)]
        let start = Int(instruction.operandStart)
        let operands = code.operands[start..<(start + Int(instruction.operandCount))]
        guard operands.allSatisfy({ code.constant(at: $0) != nil }) else { return place }
        let nobody = EntityUID(type: "", id: "")
        let request = Request(principal: nobody, action: nobody, resource: nobody)
        let value = try? Machine.run(code, request: request, entities: Entities()) {
            (machine) throws(EvaluationFault) in
            Value(try machine.value(at: place))
        }
        return value.map { code.add(constant: $0) } ?? place
    }
}

extension Expr.Variable {
    fileprivate var operation: Instruction.Operation {
        switch self {
        case .principal: .principal
        case .action: .action
        case .resource: .resource
        case .context: .context
        }
    }
}

extension Expr.Relation {
    fileprivate var operation: Instruction.Operation {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .isIn: .isIn
        }
    }
}
