extension Day {
    /// The civil day in London at a moment.
    ///
    /// British Summer Time is one hour ahead of UTC from 01:00 UTC on the last Sunday in March to 01:00 UTC on the last
    /// Sunday in October (Summer Time Act 1972 as amended by the Summer Time Order 2002; the same days since 1996).
    /// Earlier moments are reckoned by the same rule.
    ///
    /// - Parameter secondsSince1970: seconds since 1970-01-01 00:00 UTC, leap seconds not counted.
    public init(inLondonAt secondsSince1970: Int64) {
        let seconds = Int(secondsSince1970)
        let day = Day(clamping: CivilCalendar.floorDivide(seconds, secondsPerDay))
        let start = day.lastSunday(ofMonth: 3).daysSince1970 * secondsPerDay + secondsPerHour
        let end = day.lastSunday(ofMonth: 10).daysSince1970 * secondsPerDay + secondsPerHour
        guard seconds >= start, seconds < end else {
            self = day
            return
        }
        self.init(clamping: CivilCalendar.floorDivide(seconds + secondsPerHour, secondsPerDay))
    }

    /// The last Sunday of a month of this day's year; both months it is asked for have 31 days.
    private func lastSunday(ofMonth month: Int) -> Day {
        let end = Day(daysSince1970: CivilCalendar.daysSince1970(year: year, month: month, day: 31))
        return end.adding(days: -(end.weekday.rawValue % 7))
    }
}

private let secondsPerHour = 3_600
private let secondsPerDay = 86_400
