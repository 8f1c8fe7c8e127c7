import WorkingDays

/// How the return writes days.
enum ReturnDate {
    /// Reads dd/mm/yyyy: two, two and four digits with slashes, a day that exists.
    static func day(_ text: String) -> Day? {
        guard let (day, month, year) = parts(text) else { return nil }
        guard let day = number(day), let month = number(month), let year = number(year) else { return nil }
        return Day(year: year, month: month, day: day)
    }

    /// Whether the text is a date of previous permanence: whole, or with its day, month or year not known.
    ///
    /// `zz/05/2020`, `zz/zz/2021` and `zz/zz/zzzz`, in either case of the letter; what is not known never stands to the
    /// right of what is.
    static func isPartial(_ text: String) -> Bool {
        guard let (day, month, year) = parts(text) else { return false }
        switch (isUnknown(day), isUnknown(month), isUnknown(year)) {
        case (true, true, true): return true
        case (true, true, false): return number(year).flatMap { Day(year: $0, month: 1, day: 1) } != nil
        case (true, false, false):
            guard let month = number(month), let year = number(year) else { return false }
            return Day(year: year, month: month, day: 1) != nil
        case (false, false, false): return self.day(text) != nil
        default: return false
        }
    }

    private typealias Digits = ArraySlice<UInt8>

    private static func parts(_ text: String) -> (day: Digits, month: Digits, year: Digits)? {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[2] == UInt8(ascii: "/"), bytes[5] == UInt8(ascii: "/") else { return nil }
        return (bytes[0..<2], bytes[3..<5], bytes[6..<10])
    }

    private static func number(_ digits: Digits) -> Int? {
        var sum = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            sum = sum * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return sum
    }

    private static func isUnknown(_ digits: Digits) -> Bool {
        digits.allSatisfy { $0 == UInt8(ascii: "z") || $0 == UInt8(ascii: "Z") }
    }
}
