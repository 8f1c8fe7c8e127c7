import Testing
import WorkingDays

struct TermTests {
    @Test(arguments: try Vector.names(in: "terms"))
    func `a term ends where the law says`(name: String) throws {
        let vector = try Vector(name)
        #expect(Set(vector.fields.keys) == ["term", "from", "expect"])
        let term = try term(#require(vector.fields["term"]))
        let from = try #require(vector.fields["from"])
        let day = try #require(Day(String(from.suffix(10))))
        let expected = try #require(vector.fields["expect"].flatMap(Day.init))
        switch from.dropLast(11) {
        case "after": #expect(term.end(after: day, holidays: .englandAndWales) == expected)
        case "beginning with": #expect(term.end(beginningWith: day, holidays: .englandAndWales) == expected)
        default: Issue.record("unknown way of counting in \(name)")
        }
    }

    @Test func `seven, ten and forty working days agree with a second implementation`() throws {
        let vector = try Vector("working-days-beginning-with.txt")
        let counts = try #require(vector.fields["counts"]).split(separator: " ").map { Int($0)! }
        #expect(vector.fields["expect"] == "\(vector.body.count) rows")
        for row in vector.body {
            let days = row.split(separator: " ").map { Day(String($0))! }
            for (count, expected) in zip(counts, days.dropFirst()) {
                #expect(
                    Term.workingDays(count).end(beginningWith: days[0], holidays: .englandAndWales) == expected,
                    "\(row)")
                let dayBefore = days[0].adding(days: -1)
                #expect(Term.workingDays(count).end(after: dayBefore, holidays: .englandAndWales) == expected, "\(row)")
            }
        }
    }

    @Test func `a term of endless length ends on the last day there is`() {
        let day = Day("2026-11-21")!
        for term in [Term.days(.max), .weeks(.max), .months(.max), .workingDays(.max)] {
            #expect(term.end(after: day, holidays: .englandAndWales) == .latest)
        }
    }

    @Test func `a term reads as words`() {
        #expect(
            "\(Term.workingDays(10)), \(Term.months(1)), \(Term.weeks(4)), \(Term.days(1))"
                == "10 working days, 1 month, 4 weeks, 1 day")
    }

    private func term(_ text: String) throws -> Term {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let count = try #require(Int(parts[0]))
        switch parts[1] {
        case "days": return .days(count)
        case "weeks": return .weeks(count)
        case "months": return .months(count)
        case "working days": return .workingDays(count)
        default: throw UnknownUnit()
        }
    }

    private struct UnknownUnit: Error {}
}
