import Adoption
import CommandLine
import Foundation
import Sealing
import Strongroom
import Testing

@Suite struct EndingTests {
    @Test func `a refusal names the record as typed, and gives the rule's words and hint`() {
        let ending = Ending(Refused(refusal: Refusal(.auditMissing), record: "C-1"))
        #expect(ending.exit == .refused)
        #expect(ending.message == "record `C-1`: the file audit is not signed")
        #expect(ending.hint == Refusal(.auditMissing).hint)
    }

    @Test(arguments: Refusal.Kind.allCases) func `every refusal ends with code 4`(kind: Refusal.Kind) {
        #expect(Ending(Refusal(kind)).exit.rawValue == 4)
    }

    @Test(arguments: [VaultFault.notAMember, .rootDiffers, .damaged("a page"), .clockAhead(days: 9), .exists("x")])
    func `a fault of the vault ends with code 1 and says what to do`(fault: VaultFault) {
        #expect(Ending(fault).exit.rawValue == 1)
        #expect(Ending(fault).hint != nil)
    }

    @Test func `a wrong passphrase is a fault and says so`() {
        #expect(Ending(SealingFault.wrongPassphrase).exit.rawValue == 1)
        #expect(Ending(SealingFault.wrongPassphrase).message.contains("passphrase"))
    }

    @Test func `an error nobody foresaw is a fault`() {
        struct Unforeseen: Error {}
        #expect(Ending(Unforeseen()).exit.rawValue == 1)
    }

    @Test(arguments: [
        ["care", "reopen"], ["care", "show"], ["adoption", "notify", "C-1", "--on", "2026-02-03"],
        ["adoption", "notify", "C-1", "--forum", "corridor", "--on", "2026-02-03"],
        ["plan", "record", "C-1", "--aim", "adoption", "--from", "x"], ["care", "note", "C-1", "--on", "2026-02-29"],
        ["recovery", "split", "--shares", "2", "--threshold", "3", "--out", "x"], ["help", "nothing-of-the-kind"],
        ["staff", "role", "asha"], ["access", "grant", "AR-1", "asha"],
    ])
    func `what cannot be meant ends with code 2`(words: [String]) {
        #expect(run(words) == 2)
    }

    @Test(arguments: [[], ["--help"], ["help"], ["help", "closing"], ["care", "open", "--help"], ["--version"]])
    func `help is done`(words: [String]) {
        #expect(run(words) == 0)
    }

    private func run(_ words: [String]) -> Int32 {
        Program.run(words, at: Desk(terminal: Terminal(results: .nullDevice, words: .nullDevice), environment: [:]))
    }
}
