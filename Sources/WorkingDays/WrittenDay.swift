extension Day: LosslessStringConvertible {
    /// Reads a day as ISO 8601 writes it, `2026-12-14`, and nothing else.
    ///
    /// Four, two and two ASCII digits with hyphens between them, and a day that exists in 1800 to 2999: no blanks, no
    /// sign, no other digits, no short forms.
    public init?(_ iso: String) {
        let bytes = Array(iso.utf8)
        guard bytes.count == 10, bytes[4] == hyphen, bytes[7] == hyphen,
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day as ISO 8601 writes it: `2026-12-14`.
    public var description: String {
        let date = CivilCalendar.date(daysSince1970: daysSince1970)
        return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
    }
}

extension Day: Codable {
    /// Reads the ISO form from a string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = Day(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day written YYYY-MM-DD")
        }
        self = day
    }

    /// Writes the ISO form as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

private let hyphen = UInt8(ascii: "-")

private func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var sum = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        sum = sum * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return sum
}

private func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
