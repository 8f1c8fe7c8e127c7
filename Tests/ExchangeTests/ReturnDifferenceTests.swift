import Exchange
import Foundation
import Testing

@Suite struct ReturnDifferenceTests {
    let child = ReturnSidesTests.child

    @Test func `the same return again changes nothing`() throws {
        let difference = try child.difference(from: ReturnSides(of: child))
        #expect(difference.isNothing)
        #expect(difference.unchanged.count == child.rows.count)
        #expect(difference.notRepeated.isEmpty)
    }

    @Test func `other lines and other quotation marks change nothing`() throws {
        let moved = ReturnChild(
            identifier: "1", rows: child.rows.map { ReturnRow(table: $0.table, line: $0.line + 40, cells: $0.cells) })
        #expect(try moved.difference(from: ReturnSides(of: child)).isNothing)
    }

    @Test func `a year later an ended episode is changed, a new one added, an old one not repeated`() throws {
        let rows = child.rows.filter { !($0.table == .episodes && $0.line == 2) }.map { row in
            guard row.table == .episodes else { return row }
            var cells = row.cells
            (cells[7], cells[8]) = ("01/06/2025", "E12")
            return ReturnRow(table: .episodes, line: 7, cells: cells)
        }
        let review = ReturnRow(table: .reviews, line: 3, cells: ["1", "01/02/2022", "01/05/2025", "PN0"])
        let later = ReturnChild(identifier: "1", rows: rows + [review])
        let difference = try later.difference(from: ReturnSides(of: child))
        #expect(difference.changed.map(\.columns) == [[.episodeCeased, .reasonEpisodeCeased]])
        #expect(difference.added == [review])
        #expect(difference.notRepeated.map(\.table) == [.episodes])
        #expect(!difference.isNothing)
    }
}
