import Adoption
import Testing

struct NoticeTests {
    private let pin = PIN(random: [UInt8](repeating: 7, count: 16))
    private let care = CareReference(random: [UInt8](repeating: 9, count: 16))

    @Test func `the notice tells the PIN, that it is no passcode, the classification and the convention`() {
        let text = CreationNotice(pin: pin, care: care).text
        for words in [pin.description, "not a passcode", Classification.secureAdoptionRecord, "filing convention"] {
            #expect(text.contains(words))
        }
        #expect(CreationNotice.recipients == [.keyWorker, .manager])
    }

    @Test func `the notice may not stand on the care record`() {
        #expect(CareText.judge(CreationNotice(pin: pin, care: care).text)?.kind == .namesSecureRecord)
    }

    @Test func `a signpost and a plan may stand on the care record`() throws {
        let day = try day("2026-05-01")
        #expect(CareText.judge(Signpost(on: day).text) == nil)
        for type in PlanType.allCases {
            for aim in PlanAim.allCases { #expect(CareText.judge(PlanOnCare(type: type, aim: aim).text) == nil) }
        }
    }
}
