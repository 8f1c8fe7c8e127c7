/// A length of time as the law writes it: `.workingDays(10)`.
///
/// The law counts in two ways, and a caller has to choose: "within ten days **of** the order" leaves the day itself out
/// (``end(after:holidays:)``), "within 40 working days **beginning with** the date" counts it
/// (``end(beginningWith:holidays:)``).
public enum Term: Hashable, Sendable {
    /// Calendar days.
    case days(Int)

    /// Weeks of seven calendar days.
    case weeks(Int)

    /// Calendar months, by the corresponding date rule.
    case months(Int)

    /// Days that are neither at a weekend nor bank holidays.
    case workingDays(Int)

    /// The last day of a term that begins on the day after the given one.
    ///
    /// Requires: a count that is not negative. Nought ends on the day itself.
    public func end(after day: Day, holidays: Holidays) -> Day {
        precondition(count >= 0, "a term has no negative length")
        switch self {
        case .days(let count):
            return day.adding(days: count)
        case .weeks(let count):
            return day.adding(days: dayCount(inWeeks: count))
        case .months(let count):
            return day.adding(months: count)
        case .workingDays(let count):
            return count == 0 ? day : holidays.workingDay(count, from: day.adding(days: 1))
        }
    }

    /// The last day of a term that begins with the given day, which counts as its first.
    ///
    /// A term in working days that begins with a day off begins with the next working day. A term in months ends on the
    /// day before the corresponding date, or on the last day of a month that has no such date.
    ///
    /// Requires: a count of at least 1.
    public func end(beginningWith day: Day, holidays: Holidays) -> Day {
        precondition(count >= 1, "a term that counts its first day is at least one long")
        switch self {
        case .days(let count):
            return day.adding(days: count - 1)
        case .weeks(let count):
            return day.adding(days: dayCount(inWeeks: count) - 1)
        case .months(let count):
            let corresponding = day.adding(months: count)
            return corresponding.day < day.day ? corresponding : corresponding.adding(days: -1)
        case .workingDays(let count):
            return holidays.workingDay(count, from: day)
        }
    }

    private var count: Int {
        switch self {
        case .days(let count), .weeks(let count), .months(let count), .workingDays(let count): count
        }
    }
}

extension Term: CustomStringConvertible {
    /// The term in words: `10 working days`, `1 month`.
    public var description: String {
        let unit =
            switch self {
            case .days: "day"
            case .weeks: "week"
            case .months: "month"
            case .workingDays: "working day"
            }
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}

extension Holidays {
    /// The n-th working day, where the first is `day` or the next working day after it.
    fileprivate func workingDay(_ number: Int, from day: Day) -> Day {
        var (day, left) = (day, number)
        while day < .latest {
            if isWorkingDay(day) {
                left -= 1
                if left == 0 { return day }
            }
            day = day.adding(days: 1)
        }
        return day
    }
}

private func dayCount(inWeeks count: Int) -> Int {
    let (days, overflow) = count.multipliedReportingOverflow(by: 7)
    return overflow ? .max : days
}
