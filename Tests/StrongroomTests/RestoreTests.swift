import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import TransparencyLog

/// A backup is put in place, and what was removed, closed or revoked since is so again (DESIGN.md section 5).
@Suite("a restore")
struct RestoreTests {
    /// From before the migration and from after it: either way the record's bytes are in the backup.
    @Test(arguments: [false, true])
    func `leaves nothing of what the list removes, and loses nothing that it held`(isMigrated: Bool) throws {
        let story = try RestoreStory()
        let reversal = story.reversal
        func filed(_ vault: URL) throws -> [String] {
            try reversal.with("asha", in: vault) { try $0.listEntries(reversal.care).done() }
                .map { "\($0.kind) \($0.isRestricted)" }.filter { !$0.contains("plan ") && !$0.contains("manifest") }
                .sorted()
        }
        let early = try story.backup(of: story.vault.directory)
        let ready = try reversal.readyToRemove()
        let blobs = try reversal.sealedBytes(in: isMigrated ? ready : story.vault.directory)
        let backup = isMigrated ? try story.backup(of: ready) : early
        let held = try filed(ready)
        _ = try reversal.with("admin", in: ready) { try $0.remove(reversal.pin).done() }

        let (restored, report) = try story.restored(backup, as: ready)
        #expect(report.reapplied?.removed == 1)
        #expect(report.check.problems == [])
        let bytes = try reversal.rawBytes(of: restored)
        for (name, slices) in blobs {
            #expect(!slices.contains { bytes.range(of: $0) != nil }, "\(name) stands in the restored directory")
        }
        #expect(try reversal.with("admin", in: restored) { try $0.showAdoption(reversal.pin).isDenied })
        #expect(try filed(restored) == held)
        // It is remembered: a second restore, of the same backup with the restored vault's list, removes it again.
        #expect(try story.restored(backup, as: restored).report.reapplied?.removed == 1)
    }

    @Test func `closes again, and has people, cards, groups and recovery as the list has them`() throws {
        let story = try RestoreStory()
        let (vault, reversal) = (story.vault, story.reversal)
        let other = try vault.openCare("Wren", "Lund")
        let otherPin = try vault.openAdoption(of: other)
        let backup = try story.backup(of: vault.directory)
        let lost = vault.identity("ben")
        let fresh = vault.replaceIdentity("ben")
        try vault.with("admin") { session in
            _ = try session.addStaff("nell", card: vault.identity("nell").card, roles: ["social-worker"]).done()
            _ = try session.rekey("ben", card: fresh.card, reason: "lost").done()
            _ = try session.revoke(reversal.pin, from: "wyn", reason: "left the case").done()
            _ = try session.changeRole("oona", add: "auditor").done()
            _ = try session.changeRole("audrey", end: "auditor").done()
            try session.endStaff("rhian", reason: "left").done()
        }
        let shares = try vault.with("admin") { session in
            try session.renewRecovery(with: nil, threshold: 2, count: 3).done().shares
        }
        try vault.close(other)
        func staff(_ directory: URL) throws -> [StaffLine] {
            try reversal.with("admin", in: directory) { try $0.listStaff().done() }
        }
        let expected = try staff(vault.directory)
        let members = try vault.with("admin") { try $0.listAccess(reversal.pin).done() }.map(\.handle)

        let (restored, report) = try story.restored(backup, as: vault.directory)
        let done = try #require(report.reapplied)
        #expect(done.closed == 2 && done.ended == ["rhian"] && done.added == ["nell"] && done.rekeyed == ["ben"])
        #expect(done.recoveryMoved && done.removed == 0)
        #expect(report.check.problems == [])
        #expect(try staff(restored).map(\.handle) == expected.map(\.handle))
        for (line, wanted) in zip(try staff(restored), expected) {
            #expect(line.roles == wanted.roles && line.isActive == wanted.isActive && line.keyID == wanted.keyID)
        }
        #expect(
            try reversal.with("admin", in: restored) { try $0.listAccess(reversal.pin).done() }.map(\.handle) == members
        )
        #expect(try reversal.with("asha", in: restored) { try $0.showCare(other).isDenied })
        #expect(try reversal.with("asha", in: restored) { try $0.showAdoption(otherPin).isDenied })
        #expect(throws: VaultFault.notAMember) { try open(restored, as: lost, vault) }
        #expect(throws: VaultFault.notAMember) { try open(restored, as: vault.identity("rhian"), vault) }
        try open(restored, as: fresh, vault).close()
        try open(restored, as: vault.identity("nell"), vault).close()
        // No key of before opens what is written from now on, nor anything closed.
        var former = HeldKeys([lost, vault.identity("rhian"), vault.identity("asha")])
        let store = RawStore(restored, holder: vault.administrator)
        try former.collect(from: store)
        for thing in try store.sealed(of: other) + store.sealed(of: otherPin) {
            #expect(!former.opens(thing), "\(thing.table) \(thing.name)")
        }
        try Vault.recover(
            at: restored, shares: Array(shares.prefix(2)), identity: vault.identity("rescuer"), handle: "rescuer",
            reason: "everybody left", clock: vault.clock.clock, confirmClock: true)
        let problems = try reversal.with("admin", in: restored) { try $0.check().done().problems }
        #expect(problems == [])
    }

    @Test func `goes on with a log of another origin, whose first entry names both heads`() throws {
        let story = try RestoreStory()
        let reversal = story.reversal
        let vault = try reversal.prepared()
        func checkpoint() throws -> String { try reversal.with("audrey", in: vault) { try $0.checkpoint().done() } }
        let early = try checkpoint()
        let backup = try story.backup(of: vault)
        let late = try checkpoint()
        let former = try Vault.face(of: vault).logKey
        try reversal.with("admin", in: vault) { try $0.endStaff("rhian", reason: "left").done() }

        let (restored, report) = try story.restored(backup, as: vault)
        let face = try Vault.face(of: restored)
        #expect(face.logKey == report.logKey && face.logKey != former)
        let lines = try reversal.with("audrey", in: restored) { try $0.showLog().done() }
        let first = try #require(lines.first { $0.position == report.restoredSize })
        #expect(first.act == "vault.restore")
        let heads = first.reasons.filter { $0.hasPrefix("restored:") || $0.hasPrefix("elsewhere:") }
        #expect(heads.count == 2 && heads[0].contains("/\(report.restoredSize)/"))
        let known = try #require(report.knownSize)
        #expect(known > report.restoredSize && heads[1].contains("/\(known)/"))
        // What was signed before the backup verifies, what was signed after it proves that something is lost.
        try reversal.with("audrey", in: restored) { session in
            #expect(try session.verifyLog(since: early).done().extends == size(early))
            #expect(throws: LogFault.rolledBack(held: size(late), found: report.restoredSize)) {
                try session.verifyLog(since: late)
            }
            let ours = try session.checkpoint().done()
            #expect(ours.hasPrefix(report.origin + "\n"))
            #expect(try session.verifyLog(since: ours).done().extends == size(ours))
        }
        // And again, from a backup of what was restored.
        let (third, second) = try story.restored(story.backup(of: restored), as: restored)
        #expect(second.origin != report.origin)
        #expect(
            try reversal.with("audrey", in: third) { try $0.verifyLog(since: early).done().extends } == size(early))
    }

    @Test func `leaves the place as it was, and nothing beside it, whatever is wrong`() throws {
        let story = try RestoreStory()
        let vault = story.vault
        let old = try story.backup(of: vault.directory)
        _ = try vault.with("admin") { try $0.changeRole("oona", add: "auditor").done() }
        let backup = try story.backup(of: vault.directory)
        let list = story.list(of: vault.directory)
        let another = try RestoreStory()
        let stale = old.appendingPathExtension("removals")
        let altered = story.place()
        var bytes = try Data(contentsOf: list)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: altered)
        let torn = story.place()
        for suffix in ["", ".keyring", ".removals"] {
            try FileManager.default.copyItem(atPath: backup.path + suffix, toPath: torn.path + suffix)
        }
        var pages = try Data(contentsOf: torn)
        pages[pages.count / 2] ^= 1
        try pages.write(to: torn)
        let stranger = vault.identity("stranger")
        let before = try story.files()
        func expectFault(_ words: String, _ backup: URL, _ list: URL, as identity: Identity? = nil) throws {
            let place = story.place()
            #expect(throws: (any Error).self, "\(words)") {
                try story.restore(backup, with: .removals(list, signer: nil), to: place, as: identity).done()
            }
            #expect(try story.files() == before, "\(words)")
        }
        try expectFault("an older list", backup, stale)
        try expectFault("a list of another vault", backup, another.list(of: another.vault.directory))
        try expectFault("an altered list", backup, altered)
        try expectFault("no list", backup, story.place())
        try expectFault("an altered backup", torn, list)
        try expectFault("a stranger", backup, list, as: stranger)
        try expectFault("nobody's to restore", backup, list, as: vault.identity("asha"))
        try expectFault("no backup", story.place(), list)
        let taken = story.place()
        try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: taken.appendingPathComponent("file"))
        #expect(throws: VaultFault.exists(taken.path)) {
            try story.restore(backup, with: .removals(list, signer: nil), to: taken)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: taken.path) == ["file"])
        // Who has left since does not restore themselves back in.
        _ = try vault.with("admin") { session in
            _ = try session.addStaff(
                "second", card: vault.identity("second").card, roles: ["adoption-administrator"]
            ).done()
        }
        let withTwo = try story.backup(of: vault.directory)
        try vault.with("second") { try $0.endStaff("admin", reason: "left").done() }
        #expect(throws: VaultFault.self) {
            try story.restore(withTwo, with: .removals(list, signer: nil), to: story.place())
        }
    }

    @Test func `wants a card compared that signed the list and that the backup does not know`() throws {
        let story = try RestoreStory()
        let vault = story.vault
        let backup = try story.backup(of: vault.directory)
        _ = try vault.with("admin") { session in
            _ = try session.addStaff(
                "second", card: vault.identity("second").card, roles: ["adoption-administrator"]
            ).done()
        }
        try vault.with("second") { try $0.endStaff("rhian", reason: "left").done() }
        let list = story.list(of: vault.directory)
        let card = vault.identity("second").card.keyID
        #expect {
            try story.restore(backup, with: .removals(list, signer: nil), to: story.place())
        } throws: { "\($0)".contains(card) }
        let done = try story.restore(backup, with: .removals(list, signer: card), to: story.place()).done()
        #expect(done.reapplied?.ended == ["rhian"] && done.reapplied?.added == ["second"])
    }

    @Test func `of a backup that is only checked changes nothing of it`() throws {
        let story = try RestoreStory()
        let backup = try story.backup(of: story.vault.directory)
        let before = try story.files()
        func check() throws -> [String] {
            try Vault.check(backup: backup, identity: story.vault.identity("admin"), clock: story.vault.clock.clock)
                .done().problems
        }
        #expect(try check() == [])
        #expect(try story.files() == before)
        try FileManager.default.removeItem(at: backup.appendingPathExtension("removals"))
        #expect(try check() == ["there is no list of removals beside it"])
    }

    private func open(_ directory: URL, as identity: Identity, _ vault: TestVault) throws -> Session {
        try Vault.open(at: directory, identity: identity, clock: vault.clock.clock, confirmClock: true)
    }

    private func size(_ note: String) -> UInt64 {
        UInt64(note.split(separator: "\n")[1]) ?? 0
    }
}
