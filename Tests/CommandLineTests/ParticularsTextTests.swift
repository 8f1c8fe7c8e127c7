import CommandLine
import Strongroom
import Testing
import WorkingDays

@Suite struct ParticularsTextTests {
    @Test func `a line for each particular`() throws {
        let text = "given: Rowan\n\n Family :  Ashdown\nborn: 2021-06-14\nnhs: 943 476 5919\nupn:\n"
        let particulars = try ParticularsText(text).particulars
        #expect(particulars.given == "Rowan")
        #expect(particulars.family == "Ashdown")
        #expect(particulars.born == Day("2021-06-14"))
        #expect(particulars.other == ["nhs": "943 476 5919"])
    }

    @Test(arguments: [
        "born: 2021-06-14", "given: Rowan\nfamily: Ashdown\nborn: 2021-06-31", "given: Rowan\nfamily Ashdown",
        "given: Rowan\ngiven: Hazel\nfamily: Ashdown\nborn: 2021-06-14", "given: Rowan\nshoe: 27",
        "given: Ro\u{7}wan\nfamily: Ashdown\nborn: 2021-06-14", "",
    ])
    func `what is missing, twice, unknown or unreadable is a misuse that tells nothing of the child`(text: String)
        throws
    {
        let misuse = #expect(throws: Misuse.self) { try ParticularsText(text) }
        #expect(try !Ending(#require(misuse)).message.contains("Rowan"))
    }
}
