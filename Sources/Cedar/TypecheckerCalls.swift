/// Functions and methods.
extension Typechecker {
    mutating func call(_ function: Function, _ arguments: [Expr], at offset: Int) -> Typing? {
        guard arguments.count == function.argumentCount else {
            for argument in arguments { _ = typing(of: argument) }
            let receiverCount = function.isMethod ? 1 : 0
            let taken = function.argumentCount - receiverCount
            return fault(
                "`\(function.rawValue)` takes \(taken) values, not \(arguments.count - receiverCount)", at: offset)
        }
        switch function {
        case .contains: return contains(arguments[0], arguments[1], at: offset)
        case .containsAll, .containsAny: return overlap(function, arguments[0], arguments[1], at: offset)
        case .isEmpty: return members(of: arguments[0]) == nil ? nil : Typing(type: .bool(nil))
        case .hasTag: return hasTag(arguments[0], arguments[1])
        case .getTag: return getTag(arguments[0], arguments[1], at: offset)
        case .decimal, .ip, .datetime, .duration: return construct(function, arguments[0], at: offset)
        default: return apply(function, to: arguments)
        }
    }

    /// What a set is asked to contain must be able to be a member.
    private mutating func contains(_ set: Expr, _ member: Expr, at offset: Int) -> Typing? {
        let members = members(of: set)
        let type = typing(of: member)?.type
        guard let members, let type else { return nil }
        guard members.joined(with: type) != nil else {
            return fault("a set of `\(members)` never contains `\(type)`", at: offset)
        }
        return Typing(type: .bool(nil))
    }

    private mutating func overlap(_ function: Function, _ set: Expr, _ other: Expr, at offset: Int) -> Typing? {
        let members = members(of: set)
        let otherMembers = self.members(of: other)
        guard let members, let otherMembers else { return nil }
        guard members.joined(with: otherMembers) != nil else {
            return fault(
                "`\(function.rawValue)` cannot compare sets of `\(members)` and of `\(otherMembers)`", at: offset)
        }
        return Typing(type: .bool(nil))
    }

    /// The text of a constructor must be known, and readable, so that it cannot fail when a decision is made.
    private mutating func construct(_ function: Function, _ argument: Expr, at offset: Int) -> Typing? {
        guard case .literal(let literal) = argument.kind else {
            _ = typing(of: argument)
            return fault("`\(function.rawValue)` takes a text written out, nothing computed", at: offset)
        }
        guard expect(.string, of: argument), case .string(let text) = literal else { return nil }
        guard function.canRead(text) else {
            return fault("`\(function.rawValue)` cannot read `\(StringEscapes.escape(text.text))`", at: argument.offset)
        }
        return function.signature.map { Typing(type: $0.result) }
    }

    private mutating func apply(_ function: Function, to arguments: [Expr]) -> Typing? {
        guard let signature = function.signature else { return nil }
        var isSound = true
        for (argument, type) in zip(arguments, signature.arguments) where !expect(type, of: argument) {
            isSound = false
        }
        return isSound ? Typing(type: signature.result) : nil
    }
}

extension Function {
    /// The types of the arguments and of the result, or nil for the methods of sets and tags, which take many types.
    fileprivate var signature: (arguments: [StaticType], result: StaticType)? {
        switch self {
        case .contains, .containsAll, .containsAny, .isEmpty, .getTag, .hasTag: nil
        case .decimal: ([.string], .decimal)
        case .ip: ([.string], .address)
        case .datetime: ([.string], .datetime)
        case .duration: ([.string], .duration)
        case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual: ([.decimal, .decimal], .bool(nil))
        case .isIpv4, .isIpv6, .isLoopback, .isMulticast: ([.address], .bool(nil))
        case .isInRange: ([.address, .address], .bool(nil))
        case .offset: ([.datetime, .duration], .datetime)
        case .durationSince: ([.datetime, .datetime], .duration)
        case .toDate: ([.datetime], .datetime)
        case .toTime: ([.datetime], .duration)
        case .toMilliseconds, .toSeconds, .toMinutes, .toHours, .toDays: ([.duration], .long)
        }
    }

    /// True when a constructor can make a value of the text.
    fileprivate func canRead(_ text: CedarString) -> Bool {
        switch self {
        case .decimal: CedarDecimal(text.text) != nil
        case .ip: CedarAddress(text.text) != nil
        case .datetime: CedarDateTime(text.text) != nil
        case .duration: CedarDuration(text.text) != nil
        default: false
        }
    }
}
