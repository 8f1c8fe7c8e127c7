/// The calls JSON may hold under `__extn`: the constructors and methods of the extension types.
extension ValueJSON {
    /// `{"fn": "ip", "arg": "10.0.0.1"}`, or `args` with a list.
    ///
    /// Where types are known, extension values among the arguments may be written without their escape.
    func extensionValue(_ json: JSONValue, typesAreKnown: Bool = false) throws(JSONFault) -> Value {
        try expectKeys(of: json, required: ["fn"], optional: ["arg", "args"])
        guard let name = json["fn"]?.string, let function = Function(rawValue: name),
            let parameters = function.extensionParameters
        else { throw at("fn").fault("expected a function of an extension type, such as `ip`") }
        let arguments = try arguments(json, as: typesAreKnown ? parameters : [])
        guard arguments.count == parameters.count else {
            throw fault("`\(name)` takes \(parameters.count) arguments, not \(arguments.count)")
        }
        if case .string(let text) = arguments[0], parameters == [.string] {
            do { return try function.construct(from: text) } catch { throw fault(error.description) }
        }
        guard let value = function.extensionValue(of: arguments[0], arguments.last) else {
            throw fault("`\(name)` cannot be computed of these arguments")
        }
        return value
    }

    private func arguments(_ json: JSONValue, as types: [SchemaType]) throws(JSONFault) -> [Value] {
        if let single = json["arg"], json["args"] == nil { return [try at("arg").value(single, as: types.first)] }
        guard let list = json["args"]?.array, json["arg"] == nil else { throw fault("expected `arg` or a list `args`") }
        var values: [Value] = []
        for (index, member) in list.enumerated() {
            let type = types.indices.contains(index) ? types[index] : nil
            values.append(try at("args").at(index).value(member, as: type))
        }
        return values
    }
}

extension Function {
    /// What a function of the extension types takes; nil for the language's own methods.
    fileprivate var extensionParameters: [SchemaType]? {
        switch self {
        case .decimal, .ip, .datetime, .duration: [.string]
        case .contains, .containsAll, .containsAny, .isEmpty, .getTag, .hasTag: nil
        case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual: [.decimal, .decimal]
        case .isIpv4, .isIpv6, .isLoopback, .isMulticast: [.address]
        case .isInRange: [.address, .address]
        case .offset: [.datetime, .duration]
        case .durationSince: [.datetime, .datetime]
        case .toDate, .toTime: [.datetime]
        case .toMilliseconds, .toSeconds, .toMinutes, .toHours, .toDays: [.duration]
        }
    }

    /// What a method of the extension types comes to, or nil where its arguments are of other types or the result
    /// does not fit 64 bits. A method of one argument finds it in both places.
    fileprivate func extensionValue(of first: Value, _ last: Value?) -> Value? {
        switch (first, last) {
        case (.decimal(let left), .decimal(let right)): comparison(of: left, right)
        case (.address(let address), .address(let range)): test(of: address, range)
        case (.datetime(let start), .duration(let span)) where self == .offset:
            start.offset(by: span).map(Value.datetime)
        case (.datetime(let end), .datetime(let start)):
            switch self {
            case .durationSince: end.duration(since: start).map(Value.duration)
            case .toDate: end.date.map(Value.datetime)
            case .toTime: .duration(end.time)
            default: nil
            }
        case (.duration(let span), .duration): unit.map { .long(span.milliseconds / $0) }
        default: nil
        }
    }

    private func comparison(of left: CedarDecimal, _ right: CedarDecimal) -> Value? {
        switch self {
        case .lessThan: .bool(left < right)
        case .lessThanOrEqual: .bool(left <= right)
        case .greaterThan: .bool(left > right)
        case .greaterThanOrEqual: .bool(left >= right)
        default: nil
        }
    }

    private func test(of address: CedarAddress, _ range: CedarAddress) -> Value? {
        switch self {
        case .isIpv4: .bool(address.isVersion4)
        case .isIpv6: .bool(!address.isVersion4)
        case .isLoopback: .bool(address.isLoopback)
        case .isMulticast: .bool(address.isMulticast)
        case .isInRange: .bool(address.isInRange(range))
        default: nil
        }
    }

    /// The milliseconds of the unit in which a span is told.
    private var unit: Int64? {
        switch self {
        case .toMilliseconds: 1
        case .toSeconds: CedarDuration.millisecondsPerSecond
        case .toMinutes: CedarDuration.millisecondsPerMinute
        case .toHours: CedarDuration.millisecondsPerHour
        case .toDays: CedarDuration.millisecondsPerDay
        default: nil
        }
    }
}
