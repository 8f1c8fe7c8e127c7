import Adoption
import Exchange
import Foundation
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

@Suite("a national return in the vault")
struct ReturnVaultTests {
    @Test func `the sample comes in once, comes out byte for byte, and comes in again without a change`() throws {
        let vault = try TestVault(clock: SettableClock(at: "2026-11-02"))
        let first = try imported("2026", into: vault)
        #expect(first.result.careOpened == 32)
        #expect(first.result.adoptionOpened + first.result.held >= 20)
        #expect(try imported("2026", into: vault).result.isNothing)
        try expectExport(of: Repository.sample.appendingPathComponent("2026"), from: vault)
        let problems = try vault.problems()
        #expect(problems == [])
    }

    @Test func `a second year updates, and nobody is merged`() throws {
        let vault = try TestVault(clock: SettableClock(at: "2027-11-02"))
        let first = try imported("2026", into: vault).result
        let second = try imported("2027", into: vault).result
        #expect(second.careUpdated > 0)
        #expect(second.awaitingClosure == 2)
        #expect(second.careOpened < first.careOpened)
        #expect(try imported("2027", into: vault).result.isNothing)
    }

    @Test func `a closed child is recognised by a token alone, and held`() throws {
        let vault = try TestVault(clock: SettableClock(at: "2026-11-02"))
        _ = try imported("2026", into: vault)
        let care = try vault.with("admin") { session in
            let care = try #require(try session.searchCare("410224").done().first).reference
            try session.assign(care, keyWorker: "asha", manager: "morgan", reason: "works with the child").done()
            return care
        }
        _ = try vault.openAdoption(of: care)
        try vault.close(care)
        let again = try imported("2026", into: vault).result
        #expect(again.recognisedClosed == 1 && again.careOpened == 0 && again.adoptionOpened == 0)
        let hits = try vault.with("admin") { try $0.searchCare("410224").done() }
        #expect(hits.isEmpty)
        let third = try imported("2026", into: vault).result
        #expect(third.careOpened == 0)
    }

    @Test(.enabled(if: Shared.folder("data/ssda903-2018") != nil))
    func `the public return gives the counts that were read in it, and every row back`() throws {
        let folder = try #require(Shared.folder("data/ssda903-2018"))
        let vault = try TestVault(clock: SettableClock(at: "2026-11-02"))
        func run() throws -> ImportReport {
            try vault.with("admin") { try $0.importReturn(at: folder, use: ["placed_for_adoption.csv"]).done() }
        }
        let report = try run()
        #expect(report.result.careOpened == 2675)
        let counts = Dictionary(
            uniqueKeysWithValues: (report.report.contents + report.report.findings).map { ($0.name, $0.count) })
        #expect(counts["episodes"] == 5050 && counts["reviews"] == 12582)
        #expect(counts["with-adoption-fact"] == 841 && counts["with-order"] == 113)
        #expect(try run().result.isNothing)
        try expectExport(of: folder, from: vault)
    }

    private func imported(_ year: String, into vault: TestVault) throws -> ImportReport {
        try vault.with("admin") { try $0.importReturn(at: Repository.sample.appendingPathComponent(year)).done() }
    }

    private func expectExport(of folder: URL, from vault: TestVault) throws {
        let out = vault.directory.appendingPathExtension("export-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: out) }
        _ = try vault.with("admin") { try $0.exportReturn(to: out).done() }
        let written = try FileManager.default.contentsOfDirectory(atPath: out.path)
        #expect(written.count == 11)
        for name in written {
            let before = try Data(contentsOf: folder.appendingPathComponent(name))
            let after = try Data(contentsOf: out.appendingPathComponent(name))
            #expect(before == after, "\(name)")
        }
    }
}
