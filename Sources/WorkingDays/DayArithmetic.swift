extension Day {
    /// The day so many days later, or earlier if the count is negative.
    public func adding(days: Int) -> Day {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return overflow ? (days < 0 ? .earliest : .latest) : Day(clamping: sum)
    }

    /// The day of the same number so many months later; where that month is too short, its last day.
    ///
    /// One month after 31 January is 28 or 29 February. It is the corresponding date rule of Dodds v Walker [1981]
    /// UKHL 5.
    public func adding(months: Int) -> Day {
        let date = CivilCalendar.date(daysSince1970: daysSince1970)
        let (sum, overflow) = (date.year * 12 + date.month - 1).addingReportingOverflow(months)
        guard !overflow, sum < (Self.greatestYear + 1) * 12, sum >= Self.leastYear * 12 else {
            return months < 0 ? .earliest : .latest
        }
        let (year, month) = (sum / 12, sum % 12 + 1)
        let day = min(date.day, CivilCalendar.dayCount(year: year, month: month))
        return Day(daysSince1970: CivilCalendar.daysSince1970(year: year, month: month, day: day))
    }

    /// The same day so many years later; 29 February becomes 28 February in a common year.
    public func adding(years: Int) -> Day {
        let (months, overflow) = years.multipliedReportingOverflow(by: 12)
        return overflow ? (years < 0 ? .earliest : .latest) : adding(months: months)
    }

    /// How many days lie from this day to the other: 1 from today until tomorrow, negative if the other is earlier.
    public func days(until other: Day) -> Int {
        other.daysSince1970 - daysSince1970
    }
}
