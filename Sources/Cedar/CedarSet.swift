/// Cedar's set: values of any mixture of types, each once, compared whatever their order.
public struct CedarSet: Hashable, Sendable {
    /// The members, in no particular order.
    public let members: Set<Value>

    /// A set of these values; repeated ones count once.
    public init(_ values: some Sequence<Value> = []) { members = Set(values) }

    /// How many different members there are.
    public var count: Int { members.count }

    /// True when there are none.
    public var isEmpty: Bool { members.isEmpty }

    /// True when the value is a member.
    public func contains(_ value: Value) -> Bool { members.contains(value) }

    /// True when every member of the other set is a member of this one.
    func containsAll(_ other: CedarSet) -> Bool { other.members.isSubset(of: members) }

    /// True when the two sets share a member.
    func containsAny(_ other: CedarSet) -> Bool { !members.isDisjoint(with: other.members) }
}

extension CedarSet: ExpressibleByArrayLiteral {
    /// A set of these values; repeated ones count once.
    public init(arrayLiteral values: Value...) { self.init(values) }
}
