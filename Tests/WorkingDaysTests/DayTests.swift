import Foundation
import Testing
import WorkingDays

struct DayTests {
    @Test func `every day of the range is read as it is written`() throws {
        var day = Day.earliest
        var weekday = day.weekday
        #expect(weekday == .wednesday)
        while day < .latest {
            try #require(Day(day.description) == day)
            try #require(Day(year: day.year, month: day.month, day: day.day) == day)
            let next = day.adding(days: 1)
            weekday = Weekday(rawValue: weekday.rawValue % 7 + 1)!
            try #require(next.weekday == weekday && next > day && day.days(until: next) == 1)
            day = next
        }
        #expect(Day.earliest.days(until: .latest) == 438_290)
    }

    @Test func `what is not a day is refused`() throws {
        let vector = try Vector("wrong-days.txt")
        #expect(vector.fields == ["expect": "refused"])
        for line in vector.body {
            #expect(Day(line) == nil, "\(line)")
        }
        #expect(Day(year: 2026, month: 2, day: 29) == nil)
        #expect(Day(year: .max, month: .max, day: .max) == nil)
    }

    @Test func `a month after the last of January is the last of February`() {
        #expect(day("2027-01-31").adding(months: 1) == day("2027-02-28"))
        #expect(day("2028-01-31").adding(months: 1) == day("2028-02-29"))
        #expect(day("2028-01-15").adding(months: -1) == day("2027-12-15"))
        #expect(day("2028-02-29").adding(years: 1) == day("2029-02-28"))
        #expect(day("2028-02-29").adding(years: 100) == day("2128-02-29"))
    }

    @Test func `arithmetic stops at the ends of the range`() {
        let day = day("2026-11-21")
        #expect(day.adding(days: .max) == .latest && day.adding(days: .min) == .earliest)
        #expect(day.adding(months: .max) == .latest && day.adding(months: .min) == .earliest)
        #expect(day.adding(years: .max) == .latest && day.adding(years: .min) == .earliest)
        #expect(day.adding(years: 973) == self.day("2999-11-21"))
        #expect(day.adding(years: 974) == .latest)
        #expect(Day(inLondonAt: .max) == .latest && Day(inLondonAt: .min) == .earliest)
    }

    @Test func `a moment falls on London's day, winter and summer`() throws {
        let vector = try Vector("london-days.txt")
        #expect(vector.fields["expect"] == "\(vector.body.count) moments")
        for line in vector.body {
            let parts = line.split(separator: " ").map(String.init)
            #expect(Day(inLondonAt: Int64(parts[0])!) == Day(parts[1]), "\(line)")
        }
    }

    @Test func `a day is kept in JSON as its ISO form`() throws {
        let json = try JSONEncoder().encode([day("2026-12-14")])
        #expect(String(decoding: json, as: UTF8.self) == #"["2026-12-14"]"#)
        #expect(try JSONDecoder().decode([Day].self, from: json) == [day("2026-12-14")])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Day].self, from: Data(#"["2026-02-30"]"#.utf8))
        }
    }

    private func day(_ iso: String) -> Day { Day(iso)! }
}
