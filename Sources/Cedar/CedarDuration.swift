/// Cedar's span of time, in milliseconds.
///
/// Written `-?` and then days, hours, minutes, seconds and milliseconds in this order, each at most once and at least
/// one of them: `1d12h`, `-500ms`.
public struct CedarDuration: Hashable, Sendable {
    /// The length in milliseconds, negative for a span backwards.
    public let milliseconds: Int64

    static let millisecondsPerSecond: Int64 = 1_000
    static let millisecondsPerMinute: Int64 = 60_000
    static let millisecondsPerHour: Int64 = 3_600_000
    static let millisecondsPerDay: Int64 = 86_400_000

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", millisecondsPerDay), ("h", millisecondsPerHour), ("m", millisecondsPerMinute),
        ("s", millisecondsPerSecond), ("ms", 1),
    ]

    /// A span of this many milliseconds.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Reads the written form; nil where it is another form or does not fit 64 bits.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.removeFirst(if: UInt8(ascii: "-"))
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        var unitsLeft = Self.units[...]
        while !rest.isEmpty {
            let digits = rest.removePrefix(while: \.isDigit)
            let name = rest.removePrefix { !$0.isDigit }
            guard !digits.isEmpty, let unit = unitsLeft.firstIndex(where: { name.elementsEqual($0.name.utf8) }) else {
                return nil
            }
            var number = CheckedNumber(isNegative: isNegative)
            for digit in digits { number.append(digit: digit) }
            guard let amount = number.value?.checkedTimes(Self.units[unit].milliseconds),
                let sum = total.checkedPlus(amount)
            else { return nil }
            total = sum
            unitsLeft = unitsLeft[(unit + 1)...]
        }
        milliseconds = total
    }
}

extension CedarDuration: Comparable {
    /// Compares by length.
    public static func < (left: CedarDuration, right: CedarDuration) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
