/// Cedar's decimal fraction: up to four digits behind the point, exact.
///
/// Written `-?` digits `.` one to four digits: `12.50`, never `12`, `.5` or `+1.0`.
public struct CedarDecimal: Hashable, Sendable {
    /// The value times 10,000.
    public let tenThousandths: Int64

    static let fractionDigitCount = 4

    /// The fraction of this many ten-thousandths.
    public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

    /// Reads the written form; nil where it is another form or does not fit 64 bits.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.removeFirst(if: UInt8(ascii: "-"))
        let whole = rest.removePrefix(while: \.isDigit)
        guard rest.removeFirst(if: UInt8(ascii: ".")) else { return nil }
        let fraction = rest.removePrefix(while: \.isDigit)
        guard rest.isEmpty, !whole.isEmpty, (1...Self.fractionDigitCount).contains(fraction.count) else { return nil }
        // Digits are taken with their sign, so that the least value, which has no positive twin, can be read.
        var number = CheckedNumber(isNegative: isNegative)
        for digit in whole { number.append(digit: digit) }
        for digit in fraction { number.append(digit: digit) }
        for _ in fraction.count..<Self.fractionDigitCount { number.append(digit: UInt8(ascii: "0")) }
        guard let value = number.value else { return nil }
        tenThousandths = value
    }
}

extension CedarDecimal: Comparable {
    /// Compares by value.
    public static func < (left: CedarDecimal, right: CedarDecimal) -> Bool {
        left.tenThousandths < right.tenThousandths
    }
}
