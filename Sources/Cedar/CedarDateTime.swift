/// Cedar's instant, in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Written `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm:ss`, optionally `.` and three digits, and `Z` or an offset `+hhmm`.
public struct CedarDateTime: Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, negative before it.
    public let milliseconds: Int64

    /// The instant this many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Reads the written form; nil where it is another form or no such day or time exists.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        guard let days = Self.removeDate(from: &rest) else { return nil }
        let midnight = days * CedarDuration.millisecondsPerDay
        guard !rest.isEmpty else {
            milliseconds = midnight
            return
        }
        guard let time = Self.removeTime(from: &rest), let offset = Self.removeOffset(from: &rest), rest.isEmpty else {
            return nil
        }
        // Nothing can overflow: four-digit years span less than 2^49 milliseconds.
        milliseconds = midnight + time - offset
    }

    /// The midnight at or before this instant, also before 1970; nil where it does not fit.
    var date: CedarDateTime? {
        milliseconds.checkedMinus(time.milliseconds).map(CedarDateTime.init(milliseconds:))
    }

    /// The time since that midnight, never negative.
    var time: CedarDuration {
        let remainder = milliseconds % CedarDuration.millisecondsPerDay
        return CedarDuration(milliseconds: remainder < 0 ? remainder + CedarDuration.millisecondsPerDay : remainder)
    }

    /// The instant a span later; nil where it does not fit.
    func offset(by span: CedarDuration) -> CedarDateTime? {
        milliseconds.checkedPlus(span.milliseconds).map(CedarDateTime.init(milliseconds:))
    }

    /// The span from another instant to this one; nil where it does not fit.
    func duration(since start: CedarDateTime) -> CedarDuration? {
        milliseconds.checkedMinus(start.milliseconds).map(CedarDuration.init(milliseconds:))
    }

    /// `YYYY-MM-DD` as days since 1970-01-01.
    private static func removeDate(from rest: inout Substring.UTF8View) -> Int64? {
        guard let year = rest.removeNumber(digitCount: 4), rest.removeFirst(if: UInt8(ascii: "-")),
            let month = rest.removeNumber(digitCount: 2), rest.removeFirst(if: UInt8(ascii: "-")),
            let day = rest.removeNumber(digitCount: 2),
            (1...12).contains(month), day >= 1, day <= dayCount(ofMonth: month, year: year)
        else { return nil }
        return daysSince1970(year: year, month: month, day: day)
    }

    /// `Thh:mm:ss` and the optional `.SSS`, in milliseconds.
    private static func removeTime(from rest: inout Substring.UTF8View) -> Int64? {
        guard rest.removeFirst(if: UInt8(ascii: "T")),
            let hour = rest.removeNumber(digitCount: 2), hour < 24, rest.removeFirst(if: UInt8(ascii: ":")),
            let minute = rest.removeNumber(digitCount: 2), minute < 60, rest.removeFirst(if: UInt8(ascii: ":")),
            let second = rest.removeNumber(digitCount: 2), second < 60
        else { return nil }
        var thousandths: Int64 = 0
        if rest.removeFirst(if: UInt8(ascii: ".")) {
            guard let digits = rest.removeNumber(digitCount: 3) else { return nil }
            thousandths = digits
        }
        return ((hour * 60 + minute) * 60 + second) * CedarDuration.millisecondsPerSecond + thousandths
    }

    /// `Z`, `+hhmm` or `-hhmm`, in milliseconds east of Greenwich.
    private static func removeOffset(from rest: inout Substring.UTF8View) -> Int64? {
        if rest.removeFirst(if: UInt8(ascii: "Z")) { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard isWest || rest.first == UInt8(ascii: "+") else { return nil }
        rest.removeFirst()
        guard let hours = rest.removeNumber(digitCount: 2), hours < 24,
            let minutes = rest.removeNumber(digitCount: 2), minutes < 60
        else { return nil }
        let offset = (hours * 60 + minutes) * CedarDuration.millisecondsPerMinute
        return isWest ? -offset : offset
    }

    private static func dayCount(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Counts in years that begin in March, so that the leap day is a year's last.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        // One era of 400 years is added and its 146,097 days taken off again: year 0 in January is March-year -1.
        let marchYear = (month <= 2 ? year - 1 : year) + 400
        let dayOfMarchYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let daysBefore1970 = 719_468 + 146_097 as Int64
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfMarchYear - daysBefore1970
    }
}

extension CedarDateTime: Comparable {
    /// The earlier instant is the lesser.
    public static func < (left: CedarDateTime, right: CedarDateTime) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
