/// What the functions and methods do with their values.
///
/// <https://docs.cedarpolicy.com/policies/syntax-operators.html#functions-and-methods>
extension Machine {
    /// Every argument is evaluated before the first is looked at.
    mutating func call(_ instruction: Instruction) throws(EvaluationFault) -> Word {
        let function = instruction.function
        let count = Int(instruction.operandCount)
        guard count == function.argumentCount else {
            for index in 0..<count { _ = try operand(index, of: instruction) }
            throw .argumentCount(function: function.rawValue, expected: function.argumentCount, found: count)
        }
        let first = try operand(0, of: instruction)
        return count == 1 ? try call(function, first) : try call(function, first, try operand(1, of: instruction))
    }

    private mutating func call(_ function: Function, _ value: Word) throws(EvaluationFault) -> Word {
        switch function {
        case .decimal, .ip, .datetime, .duration:
            let text = CedarString(storage: try string(value).takeUnretainedValue())
            return hold(try function.construct(from: text))
        case .isEmpty: return .bool(try set(value)._withUnsafeGuaranteedRef { $0.words.isEmpty })
        case .isIpv4: return .bool(try address(value).isVersion4)
        case .isIpv6: return .bool(try !address(value).isVersion4)
        case .isLoopback: return .bool(try address(value).isLoopback)
        case .isMulticast: return .bool(try address(value).isMulticast)
        case .toDate: return .datetime(try checked(try datetime(value).date))
        case .toTime: return .duration(try datetime(value).time)
        case .toMilliseconds: return .long(try duration(value).milliseconds)
        case .toSeconds: return .long(try duration(value).milliseconds / CedarDuration.millisecondsPerSecond)
        case .toMinutes: return .long(try duration(value).milliseconds / CedarDuration.millisecondsPerMinute)
        case .toHours: return .long(try duration(value).milliseconds / CedarDuration.millisecondsPerHour)
        case .toDays: return .long(try duration(value).milliseconds / CedarDuration.millisecondsPerDay)
        default: throw wrongCount(function)
        }
    }

    private func call(_ function: Function, _ first: Word, _ second: Word) throws(EvaluationFault) -> Word {
        switch function {
        case .contains: return .bool(try set(first)._withUnsafeGuaranteedRef { $0.contains(second) })
        case .containsAll:
            let (mine, theirs) = (try set(first), try set(second))
            return .bool(
                mine._withUnsafeGuaranteedRef { mine in theirs._withUnsafeGuaranteedRef { mine.containsAll($0) } })
        case .containsAny:
            let (mine, theirs) = (try set(first), try set(second))
            return .bool(
                mine._withUnsafeGuaranteedRef { mine in theirs._withUnsafeGuaranteedRef { mine.containsAny($0) } })
        case .hasTag:
            let (entity, name) = (try entity(first), try string(second))
            return .bool(tag(of: entity, name) != nil)
        case .getTag:
            let (entity, name) = (try entity(first), try string(second))
            if let found = tag(of: entity, name) { return found }
            guard table.tags(at: place(of: entity)) == nil else { throw .missingTag }
            throw .missingEntity(type: entity._withUnsafeGuaranteedRef { $0.type.text })
        case .lessThan: return .bool(try decimal(first) < (try decimal(second)))
        case .lessThanOrEqual: return .bool(try decimal(first) <= (try decimal(second)))
        case .greaterThan: return .bool(try decimal(first) > (try decimal(second)))
        case .greaterThanOrEqual: return .bool(try decimal(first) >= (try decimal(second)))
        case .isInRange: return .bool(try address(first).isInRange(try address(second)))
        case .offset: return .datetime(try checked(try datetime(first).offset(by: try duration(second))))
        case .durationSince:
            return .duration(try checked(try datetime(first).duration(since: try datetime(second))))
        default: throw wrongCount(function)
        }
    }

    private func tag(of entity: Unmanaged<EntityUID.Storage>, _ name: Unmanaged<CedarString.Storage>) -> Word? {
        guard let tags = table.tags(at: place(of: entity)) else { return nil }
        return tags._withUnsafeGuaranteedRef { tags in name._withUnsafeGuaranteedRef { tags.word(of: $0) } }
    }

    /// Unreachable while ``Function/argumentCount`` and the two lists above agree; still no reason to crash.
    private func wrongCount(_ function: Function) -> EvaluationFault {
        .argumentCount(function: function.rawValue, expected: function.argumentCount, found: function.argumentCount)
    }
}

extension Function {
    /// The extension value a constructor reads out of a text.
    func construct(from text: CedarString) throws(EvaluationFault) -> Value {
        let value: Value?
        switch self {
        case .decimal: value = CedarDecimal(text.text).map(Value.decimal)
        case .ip: value = CedarAddress(text.text).map(Value.address)
        case .datetime: value = CedarDateTime(text.text).map(Value.datetime)
        case .duration: value = CedarDuration(text.text).map(Value.duration)
        default: value = nil
        }
        guard let value else { throw .notReadable(function: rawValue) }
        return value
    }
}
