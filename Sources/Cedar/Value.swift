/// A value a policy can compute with.
///
/// Equality is Cedar's `==`: it never fails, and values of different types are never equal.
///
/// <https://docs.cedarpolicy.com/policies/syntax-datatypes.html>
public enum Value: Sendable {
    /// True or false.
    case bool(Bool)
    /// A whole number of 64 bits. Arithmetic is checked: an overflow is an error, never a wrong number.
    case long(Int64)
    /// A text, compared by its bytes.
    case string(CedarString)
    /// A reference to an entity, which need not exist.
    case entity(EntityUID)
    /// A set.
    case set(CedarSet)
    /// A record.
    case record(CedarRecord)
    /// A decimal fraction, `decimal("12.5")`.
    case decimal(CedarDecimal)
    /// An address or a range of addresses, `ip("10.0.0.0/8")`.
    case address(CedarAddress)
    /// An instant, `datetime("2026-05-01")`.
    case datetime(CedarDateTime)
    /// A span of time, `duration("1d12h")`.
    case duration(CedarDuration)
}

extension Value: Hashable {
    /// Cedar's `==`.
    public static func == (left: Value, right: Value) -> Bool {
        withExtendedLifetime((left, right)) { Word(left) == Word(right) }
    }

    /// Feeds the value's hash to the hasher.
    public func hash(into hasher: inout Hasher) {
        withExtendedLifetime(self) { hasher.combine(Word(self).hash) }
    }
}

extension Value {
    /// The type's name as Cedar's documentation spells it, for messages.
    var typeName: String { withExtendedLifetime(self) { Word(self).typeName } }
}

extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// A ``bool(_:)``.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A ``long(_:)``.
    public init(integerLiteral value: Int64) { self = .long(value) }

    /// A ``string(_:)``.
    public init(stringLiteral value: String) { self = .string(CedarString(value)) }
}
