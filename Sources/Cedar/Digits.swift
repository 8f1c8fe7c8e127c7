// Reading numbers out of ASCII by hand: Swift's own initialisers take a leading plus, and its character classes take
// digits of every script.

extension UInt8 {
    /// True for `0` to `9` and nothing else.
    var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }

    /// The value of a hexadecimal digit of either case, or nil.
    var hexDigitValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension Substring.UTF8View {
    /// Takes the byte away if it stands first, and says whether it did.
    mutating func removeFirst(if byte: UInt8) -> Bool {
        guard first == byte else { return false }
        removeFirst()
        return true
    }

    /// Takes away and returns the longest beginning whose bytes all satisfy the condition.
    mutating func removePrefix(while condition: (UInt8) -> Bool) -> Substring.UTF8View {
        let taken = prefix(while: condition)
        removeFirst(taken.count)
        return taken
    }

    /// Takes exactly this many decimal digits and returns their value, or nil if fewer stand there.
    mutating func removeNumber(digitCount: Int) -> Int64? {
        let digits = prefix(digitCount)
        guard digits.count == digitCount, digits.allSatisfy(\.isDigit) else { return nil }
        removeFirst(digitCount)
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }
}

/// A 64-bit number read digit by digit, which remembers that it no longer fits.
struct CheckedNumber {
    private(set) var value: Int64? = 0
    let isNegative: Bool

    init(isNegative: Bool = false) { self.isNegative = isNegative }

    mutating func append(digit: UInt8) {
        let amount = Int64(digit - UInt8(ascii: "0"))
        value = value?.checkedTimes(10)?.checkedPlus(isNegative ? -amount : amount)
    }
}

extension Int64 {
    /// The sum, or nil where it does not fit.
    func checkedPlus(_ other: Int64) -> Int64? {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? nil : sum
    }

    /// The difference, or nil where it does not fit.
    func checkedMinus(_ other: Int64) -> Int64? {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? nil : difference
    }

    /// The product, or nil where it does not fit.
    func checkedTimes(_ other: Int64) -> Int64? {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? nil : product
    }
}
