/// The date of Easter Sunday in the Gregorian calendar.
enum Easter {
    /// The anonymous Gregorian computus as Meeus prints it (Astronomical Algorithms, chapter 8).
    static func sunday(year: Int) -> Day {
        let golden = year % 19
        let (century, yearOfCentury) = (year / 100, year % 100)
        let moonCorrection = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - moonCorrection + 15) % 30
        let toSunday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let lateMoon = (golden + 11 * epact + 22 * toSunday) / 451
        let marchDay = epact + toSunday - 7 * lateMoon + 22
        return Day(daysSince1970: CivilCalendar.daysSince1970(year: year, month: 3, day: 1)).adding(days: marchDay - 1)
    }
}
