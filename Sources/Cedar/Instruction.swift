/// One operation of a compiled policy. It owns nothing: what it refers to is held by the ``Code`` it stands in.
struct Instruction {
    enum Operation: UInt8 {
        /// ``constant`` itself.
        case constant
        case principal, action, resource, context
        /// Of the instruction at ``first``.
        case not, negate
        /// Of those named in the operands.
        case and, or
        /// ``first`` decides between ``second`` and ``third``.
        case conditional
        /// Between ``first`` and ``second``.
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn
        /// From ``first`` through pairs of an ``Expr/Arithmetic`` and an instruction in the operands.
        case arithmetic
        /// ``constant`` is the name, ``first`` the owner.
        case attribute
        /// ``first`` is the owner, the operands are constants, the names of the path.
        case has
        /// ``first`` is the text, ``second`` the pattern's place.
        case like
        /// ``first`` is the operand, ``constant`` the type; `in` as well has the group in ``second``.
        case isType, isTypeIn
        /// Of those named in the operands; a record has a constant, the name, before each value.
        case set, record
        /// ``function`` of the operands.
        case call
    }

    var operation: Operation
    var function = Function.decimal
    /// Places of other instructions in the code.
    var first: Int32 = 0
    var second: Int32 = 0
    var third: Int32 = 0
    /// Which operands of the code are its own.
    var operandStart: Int32 = 0
    var operandCount: Int32 = 0
    var constant = Word.bool(false)

    init(_ operation: Operation) { self.operation = operation }
}

/// What the policies of a set are compiled to: their instructions, children before parents, and what these refer to.
struct Code: Sendable {
    private(set) var instructions: [Instruction] = []
    private(set) var operands: [Int32] = []
    private(set) var patterns: [PatternMatcher] = []
    /// Holds what constants refer to.
    private var held: [Value] = []

    /// Adds an instruction and returns its place.
    mutating func add(_ instruction: Instruction) -> Int32 {
        instructions.append(instruction)
        return Int32(instructions.count - 1)
    }

    /// Adds an instruction with operands of its own.
    mutating func add(_ instruction: Instruction, operands list: [Int32]) -> Int32 {
        var instruction = instruction
        instruction.operandStart = Int32(operands.count)
        instruction.operandCount = Int32(list.count)
        operands += list
        return add(instruction)
    }

    mutating func add(constant value: Value) -> Int32 {
        var instruction = Instruction(.constant)
        instruction.constant = hold(value)
        return add(instruction)
    }

    mutating func add(pattern: Pattern) -> Int32 {
        patterns.append(PatternMatcher(pattern))
        return Int32(patterns.count - 1)
    }

    /// A word of a value that lives as long as the code.
    mutating func hold(_ value: Value) -> Word {
        held.append(value)
        return Word(value)
    }

    /// The constant at a place, nil where something is to be computed.
    func constant(at place: Int32) -> Word? {
        let instruction = instructions[Int(place)]
        return instruction.operation == .constant ? instruction.constant : nil
    }
}
