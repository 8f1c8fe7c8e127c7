/// What can be called by name: the constructors of extension values, and the methods.
///
/// The raw values are the language's own spelling.
enum Function: String, CaseIterable, Sendable {
    // called as functions
    case decimal, ip, datetime, duration
    // methods of sets and tags, part of the language itself
    case contains, containsAll, containsAny, isEmpty, getTag, hasTag
    // methods of decimals
    case lessThan, lessThanOrEqual, greaterThan, greaterThanOrEqual
    // methods of addresses
    case isIpv4, isIpv6, isLoopback, isMulticast, isInRange
    // methods of instants and spans
    case offset, durationSince, toDate, toTime
    case toMilliseconds, toSeconds, toMinutes, toHours, toDays

    /// False for what is written `f(x)`, true for what is written `x.f()`.
    var isMethod: Bool {
        switch self {
        case .decimal, .ip, .datetime, .duration: false
        default: true
        }
    }

    /// How many values it takes, a method's receiver included.
    var argumentCount: Int {
        switch self {
        case .decimal, .ip, .datetime, .duration: 1
        case .contains, .containsAll, .containsAny, .getTag, .hasTag: 2
        case .isEmpty: 1
        case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual: 2
        case .isIpv4, .isIpv6, .isLoopback, .isMulticast: 1
        case .isInRange, .offset, .durationSince: 2
        case .toDate, .toTime, .toMilliseconds, .toSeconds, .toMinutes, .toHours, .toDays: 1
        }
    }

    /// True where a wrong number of arguments is found by the parser; with the others it is an error of evaluation.
    var isCountedByParser: Bool {
        switch self {
        case .contains, .containsAll, .containsAny, .isEmpty, .getTag, .hasTag: true
        default: false
        }
    }
}
