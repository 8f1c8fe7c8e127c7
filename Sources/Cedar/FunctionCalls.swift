/// What the functions and methods do with their values.
extension Evaluator {
    func call(_ function: Function, _ arguments: [Value]) throws(EvaluationFault) -> Value {
        guard arguments.count == function.argumentCount else {
            throw .argumentCount(
                function: function.rawValue, expected: function.argumentCount, found: arguments.count)
        }
        let first = arguments[0]
        switch function {
        case .decimal, .ip, .datetime, .duration:
            return try function.construct(from: try string(first))
        case .contains: return .bool(try set(first).contains(arguments[1]))
        case .containsAll: return .bool(try set(first).containsAll(try set(arguments[1])))
        case .containsAny: return .bool(try set(first).containsAny(try set(arguments[1])))
        case .isEmpty: return .bool(try set(first).isEmpty)
        case .hasTag: return .bool(hasTag(try entity(first), try string(arguments[1])))
        case .getTag: return try tag(of: try entity(first), try string(arguments[1]))
        case .lessThan: return .bool(try decimal(first) < (try decimal(arguments[1])))
        case .lessThanOrEqual: return .bool(try decimal(first) <= (try decimal(arguments[1])))
        case .greaterThan: return .bool(try decimal(first) > (try decimal(arguments[1])))
        case .greaterThanOrEqual: return .bool(try decimal(first) >= (try decimal(arguments[1])))
        case .isIpv4: return .bool(try address(first).isVersion4)
        case .isIpv6: return .bool(try !address(first).isVersion4)
        case .isLoopback: return .bool(try address(first).isLoopback)
        case .isMulticast: return .bool(try address(first).isMulticast)
        case .isInRange: return .bool(try address(first).isInRange(try address(arguments[1])))
        case .offset: return .datetime(try checked(try datetime(first).offset(by: try duration(arguments[1]))))
        case .durationSince:
            return .duration(try checked(try datetime(first).duration(since: try datetime(arguments[1]))))
        case .toDate: return .datetime(try checked(try datetime(first).date))
        case .toTime: return .duration(try datetime(first).time)
        case .toMilliseconds: return .long(try duration(first).milliseconds)
        case .toSeconds: return .long(try duration(first).milliseconds / CedarDuration.millisecondsPerSecond)
        case .toMinutes: return .long(try duration(first).milliseconds / CedarDuration.millisecondsPerMinute)
        case .toHours: return .long(try duration(first).milliseconds / CedarDuration.millisecondsPerHour)
        case .toDays: return .long(try duration(first).milliseconds / CedarDuration.millisecondsPerDay)
        }
    }

    private func hasTag(_ uid: EntityUID, _ name: CedarString) -> Bool {
        entities[uid]?.tags[name] != nil
    }

    private func tag(of uid: EntityUID, _ name: CedarString) throws(EvaluationFault) -> Value {
        guard let entity = entities[uid] else { throw .missingEntity(type: uid.type) }
        guard let value = entity.tags[name] else { throw .missingTag }
        return value
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
