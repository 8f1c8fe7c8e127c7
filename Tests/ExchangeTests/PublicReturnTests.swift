import Exchange
import Foundation
import Testing
import WorkingDays

/// The public return of 2018, which is full of contradictions: that is its use.
@Suite struct PublicReturnTests {
    let today = Day(year: 2026, month: 11, day: 21)!

    @Test func `the public return reads whole, and its dirt is counted exactly`() throws {
        guard let folder = Shared.folder("data/ssda903-2018") else { return }
        let read = try ReturnFolder.read(folder, use: ["placed_for_adoption.csv"])
        let judged = read.judged(on: today)
        let report = ReturnReport(of: read, judged: judged)
        func count(_ name: String) -> Int? { (report.contents + report.findings).first { $0.name == name }?.count }
        #expect(count("children") == 2_675)
        #expect(count("episodes") == 5_050)
        #expect(count("reviews") == 12_582)
        #expect(count("decision-reason-not-valid") == 29)
        #expect(count("episode-after-adoption") == 16)
        #expect(count("adopted-without-day") == 30)
        #expect(report.findings.first { $0.name == "adopted-without-day" }?.total == 113)
        #expect(count("pupil-number-malformed") == 296)
        #expect(count("no-episode") == 552)
        #expect(count("decision-without-episode") == 5)
        #expect(count("two-open-episodes") == 5)
        #expect(count("with-adoption-fact") == 841)
        #expect(count("with-order") == 113)
        #expect(read.sexCodes == .numbers)
        #expect(read.setAside == ["placed_for_adoption_errors.csv"])
        #expect(read.ignored == ["LICENSE"])
        for line in report.contents + report.findings { print("   ", line) }
    }

    @Test func `a child named in another table only becomes no care record and is held`() throws {
        guard let folder = Shared.folder("data/ssda903-2018") else { return }
        let read = try ReturnFolder.read(folder, use: ["placed_for_adoption.csv"])
        let judged = read.judged(on: today)
        let orphans = read.children.indices.filter { !read.children[$0].isInHeader }
        #expect(orphans == [2_675])
        #expect(judged.heldChildren.isSuperset(of: orphans))
        #expect(judged.findings(of: 2_675).contains { $0.code == .notInHeader && $0.line == 2 })
    }

    @Test func `parted, sealed, unsealed and joined, the public return is written back byte for byte`() throws {
        guard let folder = Shared.folder("data/ssda903-2018") else { return }
        let read = try ReturnFolder.read(folder, use: ["placed_for_adoption.csv"])
        var export = ReturnExport(frame: try ReturnFrame(encoded: read.frame.encoded()))
        for child in read.children {
            let sides = ReturnSides(of: child)
            let unsealed = ReturnSides(
                care: try CareSide(encoded: sides.care.encoded()),
                sealed: try SealedSide(encoded: sides.sealed.encoded()))
            export.add(try unsealed.joined())
        }
        let files = try export.files()
        #expect(files.count == 11)
        for file in files {
            #expect(try Data(contentsOf: folder.appendingPathComponent(file.name)) == file.bytes, "\(file.name)")
        }
    }
}
