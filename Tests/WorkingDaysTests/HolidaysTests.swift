import Testing
import WorkingDays

struct HolidaysTests {
    private let holidays = Holidays.englandAndWales

    @Test(arguments: [
        ("bank-holidays-2012-to-2028.txt", 2012...2028, false),
        ("bank-holidays-projected-2029-to-2035.txt", 2029...2035, true),
    ])
    func `every year's bank holidays are those published`(name: String, years: ClosedRange<Int>, projected: Bool) throws
    {
        let vector = try Vector(name)
        let expected = vector.body.map { Day(String($0.prefix(10)))! }
        #expect(vector.fields["expect"] == "\(expected.count) days")
        #expect(years.flatMap { holidays.days(in: $0) } == expected)
        #expect(expected.allSatisfy { holidays.contains($0) && !holidays.isWorkingDay($0) })
        #expect(expected.allSatisfy { holidays.isProjected($0) == projected })
    }

    @Test func `a day outside the official years is projected`() {
        #expect(holidays.isProjected(Day("2011-12-31")!))
        #expect(!holidays.isProjected(Day("2012-01-01")!))
        #expect(!holidays.isProjected(Day("\(holidays.lastOfficialYear)-12-31")!))
        #expect(holidays.isProjected(Day("\(holidays.lastOfficialYear + 1)-01-01")!))
    }

    @Test func `a weekend is no working day and no bank holiday`() {
        let christmasSaturday = Day("2027-12-25")!
        #expect(!holidays.contains(christmasSaturday) && !holidays.isWorkingDay(christmasSaturday))
        #expect(holidays.contains(Day("2027-12-27")!) && holidays.contains(Day("2027-12-28")!))
        #expect(holidays.isWorkingDay(Day("2027-12-29")!))
    }
}
