import Adoption
import Foundation
import Testing

struct FilingConventionTests {
    @Test func `the shipped file is the standard convention`() throws {
        let file = PlainRows.profile.appending(path: "filing-convention.yaml")
        #expect(try PlainRows.convention(file) == FilingConvention.standard)
    }

    @Test func `the shipped file is the standard retention schedule`() throws {
        let file = PlainRows.profile.appending(path: "retention.yaml")
        #expect(try PlainRows.schedule(file) == RetentionSchedule.standard)
    }

    /// Each file says in its first line the fault it was made for.
    @Test func `a convention made wrong is refused for what is wrong with it`() throws {
        let folder = Scenario.folder.appending(path: "conventions")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        #expect(names.count == 9)
        for name in names {
            let file = folder.appending(path: name)
            let first = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").first
            let expected = try #require(first?.dropFirst("# expect: ".count))
            do {
                _ = try PlainRows.convention(file)
                Issue.record("\(name) was taken")
            } catch let fault as ConventionFault {
                #expect(fault.description == expected, "\(name)")
            }
        }
    }

    @Test func `what joins the identities stands on the adoption record alone`() {
        #expect(FilingConvention.standard.places(for: .newIdentity) == [.adoption: .only, .care: .never])
        #expect(FilingConvention.standard.neverOnCareRecord == [.newIdentity])
    }

    @Test func `a kind's places are those of its row`() {
        #expect(
            FilingConvention.standard.places(for: .placementVisitRecord)
                == [.adoption: .original, .care: .signpost, .adopter: .original])
        #expect(FilingConvention.standard.places(for: DocumentKind("shopping-list")).isEmpty)
    }

    @Test func `every document the audit expects has its reason`() {
        let expected = FilingConvention.standard.expectedAtClosing
        #expect(expected.map(\.kind).contains(.laterLifeLetter) && expected.map(\.kind).contains(.adoptionOrder))
        #expect(expected.allSatisfy { $0.expectedAtClosing?.isEmpty == false })
    }

    @Test func `a refusal names the right record`() {
        let refusal = FilingConvention.standard.judge(.birthCertificate, on: .care)
        #expect(refusal?.kind == .wrongRecord(.adoption))
        #expect(refusal?.kind.rightPlace == .adoption)
        #expect(refusal?.message == "this belongs on the adoption record")
    }
}
