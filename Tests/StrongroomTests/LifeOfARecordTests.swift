import Adoption
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

@Suite("the life of a child's two records")
struct LifeOfARecordTests {
    @Test func `from opening to closing, and a new record that knows nothing`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        try vault.with("asha") { session throws in
            let file = try vault.file("report.txt", Data("the permanence report".utf8))
            let filed = try session.addDocument(pin, file: file, kind: "childs-permanence-report").done()
            #expect(
                try session.addDocument(care, file: file, kind: "childs-permanence-report").refusal
                    == .belongsOnAdoptionRecord)
            let read = try session.readDocument(pin, filed.entry).done()
            #expect(read.content == Data("the permanence report".utf8))
            let note = try session.note(pin, text: "met the adopters at home", on: Day("2026-01-05")).done()
            #expect(note.signpost != nil)
            let corrected = try session.correct(pin, note.entry, text: "met the adopters", reason: "too much").done()
            #expect(try session.readEntry(pin, corrected.entry).done().text == "met the adopters")
        }
        try vault.with("oona") { session throws in
            #expect(try session.listEntries(pin).isDenied)
            #expect(try session.searchCare("robin hale").done().map(\.reference) == [care])
        }
        try vault.close(care)
        try vault.with("asha") { session throws in
            #expect(try session.showCare(care).isDenied)
            #expect(try session.note(care, text: "one more").isDenied)
            #expect(try session.searchCare("robin hale").done().isEmpty)
        }
        let later = try vault.openCare("Robin", "Newname", by: "ben")
        let found = try vault.with("ben") { try $0.searchCare("robin").done().map(\.reference) }
        #expect(found == [later])
        try vault.with("audrey") { session throws in
            let verified = try session.verifyLog().done()
            #expect(verified.size > 20)
        }
        #expect(try vault.problems() == [])
    }

    @Test func `a reversed plan loses no entry`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        try vault.with("asha") { session throws in
            let file = try vault.file("birth.txt", Data("birth certificate".utf8))
            _ = try session.addDocument(pin, file: file, kind: "birth-certificate").done()
            let secret = try vault.file("new.txt", Data("new name and address".utf8))
            _ = try session.addDocument(pin, file: secret, kind: "new-identity").done()
            _ = try session.note(pin, text: "introductions began").done()
        }
        try vault.with("admin") { session throws in
            _ = try session.liftSecurity(pin, to: "tariq", reason: "the plan was reversed at review").done()
            #expect(try session.remove(pin).refusal == .notMigrated)
        }
        let isDenied = try vault.with("asha") { try $0.listEntries(pin).isDenied }
        #expect(isDenied)
        let migrated = try vault.with("tariq") { try $0.migrate(pin).done() }
        #expect(migrated.held == 1)
        let early = try vault.with("admin") { try $0.remove(pin).refusal }
        #expect(early == .reversalPlanMissing)
        _ = try vault.with("asha") { try $0.recordReversalPlan(care, background: "the match did not hold").done() }
        try vault.with("admin") { session throws in
            #expect(try session.remove(pin).refusal == .entriesHeld)
            #expect(try session.migrate(pin, confirmAll: true).done().held == 0)
            let removed = try session.remove(pin).done()
            #expect(removed.digestsAgree && removed.entryCount == migrated.total)
            #expect(try session.showAdoption(pin).isDenied)
        }
        let lines = try vault.with("asha") { try $0.listEntries(care).done() }
        #expect(lines.contains { $0.documentKind == "birth-certificate" })
        #expect(lines.contains { $0.documentKind == "new-identity" && $0.isRestricted })
        let forOthers = try vault.with("oona") { try $0.listEntries(care).done() }
        #expect(!forOthers.contains { $0.isRestricted })
        try vault.with("audrey") { _ = try $0.verifyLog().done() }
        #expect(try vault.problems() == [])
    }

    @Test func `a leaver, a lost identity and recovery`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        try vault.with("admin") { session throws in
            #expect(try session.endStaff("asha", reason: "left").refusal == .stillAssigned)
            #expect(try session.handover(from: "asha", to: "ben", reason: "left").done() == 1)
            try session.endStaff("asha", reason: "left").done()
        }
        #expect(throws: VaultFault.notAMember) { try vault.open("asha") }
        let note = try vault.with("ben") { try $0.note(pin, text: "I take over").done() }
        let lost = vault.replaceIdentity("ben")
        try vault.with("admin") { _ = try $0.rekey("ben", card: lost.card, reason: "lost").done() }
        let read = try vault.with("ben") { try $0.readEntry(pin, note.entry).done().text }
        #expect(read == "I take over")
        let shares = try vault.with("admin") { try $0.splitRecovery(threshold: 2, count: 3).done().shares }
        var fresh = vault.identity("rescue")
        fresh.pinnedRoots[vault.vaultID] = vault.root
        try Vault.recover(
            at: vault.directory, shares: Array(shares.suffix(2)), identity: fresh, handle: "rescue",
            reason: "every administrator is gone", clock: vault.clock.clock)
        let members = try vault.with("rescue") { try $0.showAdoption(pin).done().members.map(\.handle) }
        #expect(members == ["ben", "morgan", "wyn"])
        #expect(try vault.problems() == [])
    }
}
