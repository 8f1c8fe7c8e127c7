/// The bank and common-law holidays that England and Wales keep every year.
enum StandingHolidays {
    static func days(in year: Int) -> [Day] {
        let easter = Easter.sunday(year: year)
        let christmas = day(year, 12, 25).onWeekday
        return [
            day(year, 1, 1).onWeekday,  // New Year's Day
            easter.adding(days: -2),  // Good Friday
            easter.adding(days: 1),  // Easter Monday
            firstMonday(from: day(year, 5, 1)),  // Early May bank holiday
            firstMonday(from: day(year, 5, 25)),  // Spring bank holiday, the last Monday
            firstMonday(from: day(year, 8, 25)),  // Summer bank holiday, the last Monday
            christmas,
            // Boxing Day. A substitute never falls on the other's day: the later of the two moves on.
            max(day(year, 12, 26), christmas.adding(days: 1)).onWeekday,
        ]
    }

    private static func firstMonday(from day: Day) -> Day {
        day.adding(days: (8 - day.weekday.rawValue) % 7)
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
        Day(daysSince1970: CivilCalendar.daysSince1970(year: year, month: month, day: day))
    }
}

extension Day {
    /// The day itself, or the Monday after it if it falls on a weekend.
    fileprivate var onWeekday: Day {
        weekday.isWeekend ? adding(days: 8 - weekday.rawValue) : self
    }
}
