/// The bank holidays of a part of the United Kingdom, and with them its working days.
///
/// Within the official years the days are GOV.UK's own. Outside them they are reckoned by the standing rules, which a
/// proclamation can change: whoever prints a deadline there should say that it is projected (``isProjected(_:)``).
public struct Holidays: Sendable {
    /// The first year whose bank holidays were read from GOV.UK.
    public let firstOfficialYear: Int

    /// The last year whose bank holidays were read from GOV.UK.
    public let lastOfficialYear: Int

    /// What was proclaimed for single years, against the standing rules.
    let proclamations: [Int: Proclamation]

    /// Whether the day is a bank holiday. A Saturday or Sunday never is: its substitute on a weekday is.
    public func contains(_ day: Day) -> Bool {
        !day.weekday.isWeekend && days(in: day.year).contains(day)
    }

    /// Whether the day is neither a Saturday, nor a Sunday, nor a bank holiday.
    public func isWorkingDay(_ day: Day) -> Bool {
        !day.weekday.isWeekend && !contains(day)
    }

    /// Whether the day lies outside the official years, so that its bank holidays are reckoned and not proclaimed.
    public func isProjected(_ day: Day) -> Bool {
        !(firstOfficialYear...lastOfficialYear).contains(day.year)
    }

    /// The bank holidays of a year, in order.
    ///
    /// - Parameter year: 1800 to 2999.
    public func days(in year: Int) -> [Day] {
        var days = StandingHolidays.days(in: year)
        if let proclamation = proclamations[year] {
            days.removeAll { proclamation.withdrawn.contains($0) }
            days.append(contentsOf: proclamation.added)
        }
        return days.sorted()
    }
}

/// A change to one year's bank holidays, by royal proclamation under the Banking and Financial Dealings Act 1971.
struct Proclamation: Sendable {
    let withdrawn: [Day]
    let added: [Day]
}
