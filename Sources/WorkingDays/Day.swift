/// A civil day, without an hour and without a time zone: the unit in which the law counts.
///
/// A day lies between ``earliest`` and ``latest``. Arithmetic that would leave that range stops at its end, so that a
/// deadline reckoned from a mistyped year is a strange day and never a crash.
public struct Day: Hashable, Sendable {
    /// Days since 1970-01-01, which is 0.
    let daysSince1970: Int

    /// 1 January 1800, the first day that can be written.
    public static let earliest = Day(daysSince1970: CivilCalendar.daysSince1970(year: leastYear, month: 1, day: 1))

    /// 31 December 2999, the last day that can be written.
    public static let latest = Day(daysSince1970: CivilCalendar.daysSince1970(year: greatestYear, month: 12, day: 31))

    static let leastYear = 1800
    static let greatestYear = 2999

    /// Makes the day, or nothing if there is no such day, as 30 February, or the year lies outside 1800 to 2999.
    public init?(year: Int, month: Int, day: Int) {
        guard (Self.leastYear...Self.greatestYear).contains(year), (1...12).contains(month),
            (1...CivilCalendar.dayCount(year: year, month: month)).contains(day)
        else { return nil }
        self.init(daysSince1970: CivilCalendar.daysSince1970(year: year, month: month, day: day))
    }

    init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// The nearest day within the range.
    init(clamping daysSince1970: Int) {
        self.init(daysSince1970: min(max(daysSince1970, Self.earliest.daysSince1970), Self.latest.daysSince1970))
    }

    /// The year, 1800 to 2999.
    public var year: Int { CivilCalendar.date(daysSince1970: daysSince1970).year }

    /// The month, 1 to 12.
    public var month: Int { CivilCalendar.date(daysSince1970: daysSince1970).month }

    /// The day of the month, 1 to 31.
    public var day: Int { CivilCalendar.date(daysSince1970: daysSince1970).day }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday, which ISO numbers 4.
        let sinceMonday = (daysSince1970 + 3) % 7
        return Weekday(rawValue: (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1)!
    }
}

extension Day: Comparable {
    /// Whether the left day is the earlier.
    public static func < (left: Day, right: Day) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}
