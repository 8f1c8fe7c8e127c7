import Adoption
import Crypto
import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing

/// What custodians' shares open, and what they open no more.
@Suite("recovery")
struct RecoveryTests {
    /// One closed child, one open one, and recovery split before the closing.
    private struct Scene {
        let vault = Result { try TestVault() }
        let store: RawStore
        let shares: [RecoveryShare]
        let closed: [String]
        let open: [String]

        init() throws {
            let vault = try vault.get()
            shares = try vault.with("admin") { try $0.splitRecovery(threshold: 3, count: 5).done().shares }
            let first = try vault.openCare("Robin")
            closed = [first, try vault.openAdoption(of: first)]
            try vault.close(first)
            let second = try vault.openCare("Wren")
            open = [second, try vault.openAdoption(of: second)]
            store = RawStore(vault)
        }
    }

    @Test func `a custodian leaves: every wrap moves, and the former shares open nothing in the store`() throws {
        let scene = try Scene()
        let (vault, store) = (try scene.vault.get(), scene.store)
        let former = HeldKeys([try Custodians.key(of: scene.shares)])
        let moved = try store.sealedKeys().filter(former.opens)
        #expect(Set(moved.map(\.table)) == ["group_wrap", "record_key", "keyring"])
        let backup = try store.copied()
        defer { backup.discard() }

        let renewed = try vault.with("admin") { session in
            try session.renewRecovery(with: Array(scene.shares.suffix(3)), threshold: 2, count: 3).done()
        }
        #expect(renewed.unreachedCount == 0)
        #expect(try store.sealedKeys().filter(former.opens).map(\.name) == [])

        // The new shares open what the former did, the closed records among it.
        let present = HeldKeys([try Custodians.key(of: renewed.shares)])
        let opened = try store.sealedKeys().filter(present.opens)
        #expect(opened.count { $0.table == "keyring" } == moved.count { $0.table == "keyring" })
        for reference in scene.closed + scene.open {
            let keys = try store.sealed(of: reference).filter { $0.table == "record_key" && present.opens($0) }
            #expect(!keys.isEmpty)
        }
        #expect(try vault.problems() == [])
        #expect(try vault.with("admin") { try $0.drillRecovery(renewed.shares).done().proof?.unreachedCount } == 0)
    }

    @Test func `former shares with a backup of their time open nothing that is written since`() throws {
        let scene = try Scene()
        let (vault, store) = (try scene.vault.get(), scene.store)
        let backup = try store.copied()
        defer { backup.discard() }
        var former = HeldKeys([try Custodians.key(of: scene.shares)])
        try former.collect(from: backup)
        let before = Set(try store.sealed(of: scene.open[1]).map(\.name))
        #expect(try store.sealed(of: scene.open[1]).contains(where: former.opens), "the backup still opens")

        _ = try vault.with("admin") { session in
            try session.renewRecovery(with: scene.shares, threshold: 2, count: 3).done()
        }
        try vault.with("asha") { _ = try $0.note(scene.open[1], text: "written afterwards").done() }
        try former.collect(from: store)
        let written = try store.sealed(of: scene.open[1]).filter { !before.contains($0.name) && $0.table != "notice" }
        #expect(written.contains { $0.table == "entry" })
        #expect(written.filter(former.opens).map(\.name) == [])
        // What closed while they were in force keeps the archive's key of that time, which the backup holds.
        let archived = try scene.closed.flatMap(store.sealed(of:)).map(\.name)
        let still = try store.sealedKeys().filter { $0.table != "group_secret" && former.opens($0) }.map(\.name)
        #expect(still.filter { !archived.contains($0) } == [])
    }

    @Test func `without the former shares nothing is left to them, and a keeper includes what is closed`() throws {
        let scene = try Scene()
        let (vault, store) = (try scene.vault.get(), scene.store)
        let former = HeldKeys([try Custodians.key(of: scene.shares)])
        let renewed = try vault.with("admin") { session in
            try session.renewRecovery(with: nil, threshold: 2, count: 2).done()
        }
        #expect(renewed.unreachedCount == 2)
        #expect(try store.sealedKeys().filter(former.opens).map(\.name) == [])
        try vault.with("admin") { (session) throws in
            #expect(try session.includeClosed().isDenied)
            #expect(try session.drillRecovery(renewed.shares).done().proof?.unreachedCount == 2)
        }
        let counts = try vault.with("keir") { try [$0.includeClosed().done(), $0.includeClosed().done()] }
        #expect(counts.map(\.included) == [2, 0] && counts.map(\.unreached) == [0, 0])
        let present = HeldKeys([try Custodians.key(of: renewed.shares)])
        for reference in scene.closed {
            #expect(
                try store.sealed(of: reference).contains { $0.table == "record_key" && present.opens($0) })
        }
        #expect(try vault.problems() == [])
    }

    @Test func `closed records that no keeper opens are never cut off from the shares that still do`() throws {
        let scene = try Scene()
        let vault = try scene.vault.get()
        let keeper = vault.identity("keir").card.keyID
        try scene.store.edit { try $0.run("DELETE FROM group_wrap WHERE recipient = ?", [.text(keeper)]) }
        try vault.with("admin") { (session) throws in
            #expect(throws: VaultFault.self) { try session.renewRecovery(with: nil, threshold: 2, count: 2) }
            #expect(try session.drillRecovery(scene.shares).done().proof != nil, "the former shares are in force")
            let renewed = try session.renewRecovery(with: scene.shares, threshold: 2, count: 2).done()
            #expect(renewed.unreachedCount == 0)
        }
    }

    @Test func `a drill knows each page again, and says which one is not what was handed out`() throws {
        let vault = try TestVault()
        let shares = try vault.with("admin") { try $0.splitRecovery(threshold: 2, count: 3).done().shares }
        let forged = try RecoveryShares.split(
            Data(count: 32), threshold: 2, count: 3, random: Custodians.SameSet(shares[0].setID))
        #expect(forged[1].setID == shares[1].setID)
        try vault.with("admin") { (session) throws in
            let alone = try session.drillRecovery([shares[1], shares[1]]).done()
            #expect(alone.shares == [2] && alone.proof == nil && alone.set == shares[1].setName)
            let proof = try session.drillRecovery([shares[0], shares[2]]).done().proof
            #expect(proof?.groupKeyCount == 2)
            for pages in [[forged[1]], [shares[0], forged[1]]] {
                #expect(throws: Self.notHandedOut(2)) { try session.drillRecovery(pages) }
                #expect(throws: Self.notHandedOut(2)) {
                    try session.renewRecovery(with: pages, threshold: 2, count: 2)
                }
            }
        }
        let log = try vault.with("audrey") { try $0.showLog().done().filter { $0.act.hasPrefix("recovery.") } }
        #expect(log.count { $0.act == "recovery.drill" } == 4)
        #expect(log.count { $0.act == "recovery.renew" && $0.decision == "refuse" } == 2)
        #expect(log.count { $0.decision == "refuse" } == 4)
        try vault.with("asha") { (session) throws in #expect(try session.drillRecovery(shares).isDenied) }
    }

    private static func notHandedOut(_ number: Int) -> VaultFault {
        .unusable(
            "share \(number) is not the page that was handed out",
            hint: "tell the auditor: no slip of the pen makes such a page")
    }

    @Test func `a drill fails when a wrap does not open, whoever spoilt it`() throws {
        let scene = try Scene()
        let vault = try scene.vault.get()
        for edit in [
            "UPDATE record_key SET sealed = zeroblob(2000) WHERE recipient = 'recovery'",
            "UPDATE group_wrap SET sealed = zeroblob(2000) WHERE recipient = 'recovery'",
            "DELETE FROM group_wrap WHERE recipient = 'recovery'",
        ] {
            let spoilt = try scene.store.copied()
            defer { spoilt.discard() }
            try spoilt.edit { try $0.run(edit) }
            let session = try Vault.open(
                at: spoilt.directory, identity: vault.identity("admin"), clock: vault.clock.clock)
            defer { try? session.close() }
            #expect(throws: VaultFault.self, "\(edit)") { try session.drillRecovery(scene.shares) }
        }
    }

    @Test func `backups are listed to whom they still open, and those made since are not`() throws {
        let vault = try TestVault()
        func backUp(_ name: String) throws -> Int {
            let place = try vault.file(name, Data())
            return try vault.with("admin") { Int(try $0.backup(to: place.appendingPathExtension("db")).done()) }
        }
        func renew(_ shares: [RecoveryShare]) throws -> RecoverySplit {
            try vault.with("admin") { try $0.renewRecovery(with: shares, threshold: 2, count: 2).done() }
        }
        _ = try backUp("before any split")
        let first = try vault.with("admin") { try $0.splitRecovery(threshold: 2, count: 2).done() }
        #expect(first.openToFormerShares == [])
        let sizes = try [backUp("one"), backUp("two")]
        let second = try renew(first.shares)
        #expect(second.openToFormerShares.map(\.logSize) == sizes)
        #expect(second.openToFormerShares.allSatisfy { $0.at.hasPrefix("2026-01-05T12:00:00") })
        let third = try backUp("three")
        #expect(try renew(second.shares).openToFormerShares.map(\.logSize) == [third])
    }

    @Test func `shares no longer in force restore nobody, and change nothing`() throws {
        let scene = try Scene()
        let vault = try scene.vault.get()
        let renewed = try vault.with("admin") { session in
            try session.renewRecovery(with: scene.shares, threshold: 2, count: 3).done()
        }
        let before = try scene.store.dump()
        func recover(_ shares: [RecoveryShare]) throws {
            try Vault.recover(
                at: vault.directory, shares: shares, identity: vault.identity("rescue"), handle: "rescue",
                reason: "every administrator is gone", clock: vault.clock.clock)
        }
        #expect(throws: VaultFault.self) { try recover(scene.shares) }
        #expect(try scene.store.dump() == before)
        try recover(renewed.shares)
        try vault.with("rescue") { (session) throws in
            #expect(try session.listStaff().done().contains { $0.handle == "rescue" })
        }
    }

    @Test func `a run that a crash cut short before the keyring is finished by running it again`() throws {
        let scene = try Scene()
        let vault = try scene.vault.get()
        let before = try Data(contentsOf: scene.store.keyringFile)
        func recover() throws {
            try Vault.recover(
                at: vault.directory, shares: scene.shares, identity: vault.identity("rescue"), handle: "rescue",
                reason: "every administrator is gone", clock: vault.clock.clock)
        }
        try recover()
        try before.write(to: scene.store.keyringFile)
        #expect(throws: VaultFault.notAMember) { try vault.open("rescue") }
        try recover()
        try vault.with("rescue") { _ = try $0.showAdoption(scene.open[1]).done() }
        let log = try vault.with("audrey") { try $0.showLog().done() }
        #expect(log.count { $0.act == "recovery.run" } == 1)
    }

    @Test func `the last archive keeper is lost: enough shares give what is closed to another`() throws {
        let scene = try Scene()
        let vault = try scene.vault.get()
        let card = vault.identity("kit").card
        try vault.with("admin") { (session) throws in
            #expect(try session.endStaff("keir", reason: "lost").refusal == .lastArchiveKeeper)
            _ = try session.addStaff("kit", card: card, roles: ["social-worker"]).done()
            #expect(throws: VaultFault.self) {
                try session.recoverArchive(for: "kit", shares: scene.shares, reason: "keir is gone")
            }
            _ = try session.changeRole("kit", add: "archive-keeper").done()
            #expect(try session.endStaff("keir", reason: "lost").refusal == .lastArchiveKeeper)
            #expect(throws: VaultFault.self) {
                try session.recoverArchive(for: "kit", shares: [scene.shares[0]], reason: "keir is gone")
            }
            let given = try session.recoverArchive(for: "kit", shares: scene.shares, reason: "keir is gone").done()
            #expect(given > 0)
            #expect(try session.recoverArchive(for: "kit", shares: scene.shares, reason: "once more").done() == 0)
            try session.endStaff("keir", reason: "lost").done()
        }
        var kit = HeldKeys([vault.identity("kit")])
        try kit.collect(from: scene.store)
        for reference in scene.closed {
            let entries = try scene.store.sealed(of: reference).filter { $0.table == "entry" }
            #expect(!entries.isEmpty && entries.allSatisfy(kit.opens))
        }
        #expect(try vault.problems() == [])
        try vault.with("asha") { (session) throws in
            #expect(try session.recoverArchive(for: "kit", shares: scene.shares, reason: "why").isDenied)
        }
    }

    @Test func `pages that cannot be kept leave the former shares in force`() throws {
        struct DiskFull: Error {}
        let scene = try Scene()
        let vault = try scene.vault.get()
        try vault.with("admin") { (session) throws in
            #expect(throws: DiskFull.self) {
                try session.renewRecovery(with: scene.shares, threshold: 2, count: 2) { _ in throw DiskFull() }
            }
            #expect(try session.drillRecovery(scene.shares).done().proof != nil)
        }
        #expect(try vault.problems() == [])
    }
}

/// What custodians could make of their pages with a program of their own, from the format pages alone.
private enum Custodians {
    /// The private keys that the shares of one split make.
    static func key(of shares: [RecoveryShare]) throws -> Identity {
        Identity(random: Expansion(seed: try RecoveryShares.combine(shares)))
    }

    /// HMAC-SHA-256 of the label and a counter, under the seed.
    private final class Expansion: SecureRandom, @unchecked Sendable {
        private let seed: SymmetricKey
        private var counter: UInt64 = 0
        private var held = Data()

        init(seed: Data) { self.seed = SymmetricKey(data: seed) }

        func bytes(_ count: Int) -> Data {
            while held.count < count {
                let label = Data("strongroom/vault/recovery-identity/v1".utf8)
                let number = Data((0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * UInt64($0))) })
                held += Data(HMAC<SHA256>.authenticationCode(for: label + number, using: seed))
                counter += 1
            }
            defer { held = Data(held.dropFirst(count)) }
            return Data(held.prefix(count))
        }
    }

    /// Randomness that begins with the id of a set that there is.
    final class SameSet: SecureRandom, @unchecked Sendable {
        private var first: Data?

        init(_ setID: Data) { first = setID }

        func bytes(_ count: Int) -> Data {
            defer { first = nil }
            return first ?? SystemRandom().bytes(count)
        }
    }
}
