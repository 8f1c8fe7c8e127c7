import Exchange
import Foundation
import Testing

@Suite struct ReturnSidesTests {
    static let header = ["1", "F", "01/02/2022", "WBRI", "UN1", "0", ""]

    static func episode(_ line: Int, _ began: String, _ place: String, _ post: String, home: String = "DE1 1BU")
        -> ReturnRow
    {
        ReturnRow(
            table: .episodes, line: line,
            cells: ["1", began, "P", "E1", "N1", place, "PR1", "", "", "", home, post, "SC000001"])
    }

    static let child = ReturnChild(
        identifier: "1",
        rows: [
            ReturnRow(table: .header, line: 2, cells: header),
            episode(2, "01/03/2024", "U6", "DE22 3NE"),
            episode(3, "01/12/2024", "A6", "NG2 3NG"),
            ReturnRow(table: .placedAdoption, line: 2, cells: ["1", "01/02/2022", "01/07/2024", "", ""]),
            ReturnRow(
                table: .adopters, line: 9,
                cells: ["1", "01/02/2022", "01/07/2024", "01/11/2024", "0", "2", "MF", "L11"], quoted: [.adopterSex]),
            ReturnRow(table: .previousPermanence, line: 2, cells: ["1", "01/02/2022", "Z1", "", ""]),
            ReturnRow(table: .reviews, line: 2, cells: ["1", "01/02/2022", "01/04/2024", "PN0"]),
        ])

    @Test func `the care side holds nothing of AD1, PlacedAdoption, PrevPerm or where the child is placed`() throws {
        let care = ReturnSides(of: Self.child).care
        #expect(Set(care.rows.map(\.row.table)) == [.header, .episodes, .reviews])
        let text = String(decoding: try care.encoded(), as: UTF8.self)
        for secret in ["NG2 3NG", "01/07/2024", "01/11/2024", "MF", "L11"] { #expect(!text.contains(secret)) }
        #expect(text.contains("DE22 3NE"))
        let placed = try #require(care.rows.first { $0.row[.placement] == "A6" })
        #expect(placed.sealedColumns == [.placementPostcode, .ofstedNumber])
        #expect(placed.row[.placementPostcode].isEmpty && placed.row[.ofstedNumber].isEmpty)
    }

    @Test func `an adopting carer's postcode is sealed wherever the child's rows give it`() throws {
        let child = ReturnChild(
            identifier: "1",
            rows: [
                Self.episode(2, "01/03/2024", "U5", "ng23ng"), Self.episode(3, "01/09/2024", "U6", "DE22 3NE"),
                Self.episode(4, "01/12/2024", "A5", "NG2 3NG", home: "NG2 3NG"),
            ])
        let sides = ReturnSides(of: child)
        #expect(
            sides.care.rows.map(\.sealedColumns) == [
                [.placementPostcode, .ofstedNumber], [], [.homePostcode, .placementPostcode, .ofstedNumber],
            ])
        #expect(!String(decoding: try sides.care.encoded(), as: UTF8.self).uppercased().contains("3NG"))
        #expect(try sides.joined() == child)
    }

    @Test func `joined, the sides are the rows as they were`() throws {
        let sides = ReturnSides(of: Self.child)
        #expect(try sides.joined() == Self.child)
        let unsealed = ReturnSides(
            care: try CareSide(encoded: sides.care.encoded()), sealed: try SealedSide(encoded: sides.sealed.encoded()))
        #expect(unsealed == sides)
    }

    @Test func `equal rows are kept in equal bytes`() throws {
        let first = ReturnSides(of: Self.child)
        let again = ReturnSides(of: ReturnChild(identifier: "1", rows: Self.child.rows.reversed()))
        #expect(try first.care.encoded() == again.care.encoded())
        #expect(try first.sealed.encoded() == again.sealed.encoded())
    }

    @Test func `sides of two children, or one side short of a value, are a fault`() throws {
        let sides = ReturnSides(of: Self.child)
        let other = ReturnSides(of: ReturnChild(identifier: "2", rows: []))
        #expect(throws: ReturnFault.keptFormMalformed) {
            try ReturnSides(care: sides.care, sealed: other.sealed).joined()
        }
        #expect(throws: ReturnFault.keptFormMalformed) {
            let nothing = ReturnSides(of: ReturnChild(identifier: "1", rows: []))
            return try ReturnSides(care: sides.care, sealed: nothing.sealed).joined()
        }
        #expect(throws: ReturnFault.keptFormMalformed) { try CareSide(encoded: Data("{}".utf8)) }
        #expect(throws: ReturnFault.keptFormMalformed) { try CareSide(encoded: sides.sealed.encoded()) }
    }

    @Test func `the kept forms begin with their name and version`() throws {
        let sides = ReturnSides(of: Self.child)
        let care = String(decoding: try sides.care.encoded(), as: UTF8.self)
        let sealed = String(decoding: try sides.sealed.encoded(), as: UTF8.self)
        #expect(care.hasSuffix(#""format":"strongroom/return-care-side/v1"}"#))
        #expect(sealed.hasSuffix(#""format":"strongroom/return-sealed-side/v1"}"#))
    }
}
