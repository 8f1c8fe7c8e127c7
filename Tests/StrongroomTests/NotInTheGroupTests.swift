import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// Access to a sealed record is cryptography first and policy second: here there is no policy at all, only the bytes of
/// the disk and keys.
@Suite("not in the group means no key")
struct NotInTheGroupTests {
    static let members = ["asha", "morgan", "wyn"]

    @Test func `the store, the log key, every token key, too few shares and everybody else open not one byte`() throws {
        let vault = try TestVault()
        let (care, pin) = try furnished(vault)
        let shares = try vault.with("admin") { try $0.splitRecovery(threshold: 3, count: 5).done().shares }
        let store = RawStore(vault)

        var everybodyElse = HeldKeys(
            vault.identities.filter { !Self.members.contains($0.key) && $0.key != "admin" }.map(\.value) + [Identity()],
            secrets: try tokenSecrets(of: vault, store) + shares.prefix(2).map { Data($0.value.prefix(32)) })
        try everybodyElse.collect(from: store)
        let sealed = try store.sealed(of: pin)
        #expect(Set(sealed.map(\.table)) == ["entry", "chunk", "record_key", "group_wrap", "notice"])
        #expect(sealed.filter(everybodyElse.opens).map(\.name) == [])
        #expect(throws: SealingFault.tooFewShares(needed: 3, have: 2)) {
            try RecoveryShares.combine(Array(shares.prefix(2)))
        }

        // The same keys do open what they may, and the members' open the record: the test can fail.
        #expect(try store.sealed(of: care).contains(where: everybodyElse.opens))
        var asha = HeldKeys([vault.identity("asha")])
        try asha.collect(from: store)
        #expect(sealed.filter { $0.table == "entry" || $0.table == "chunk" }.allSatisfy(asha.opens))
    }

    @Test func `what is confirmed for the second key of a care record opens to nobody else of its team`() throws {
        let vault = try TestVault()
        let (care, pin) = try furnished(vault)
        try vault.with("asha") { session in
            _ = try session.addDocument(
                pin, file: vault.file("identity.txt", Data("new name".utf8)), kind: "new-identity"
            ).done()
        }
        try vault.with("admin") { _ = try $0.liftSecurity(pin, to: "tariq", reason: "the plan was reversed").done() }
        try vault.with("tariq") { _ = try $0.migrate(pin).done() }
        try vault.with("admin") { _ = try $0.migrate(pin, confirmAll: true).done() }
        let store = RawStore(vault)
        let id = try store.record(care)
        let restricted = try store.rows("SELECT id FROM entry WHERE record = ? AND slot = 'restricted'", [.text(id)])
        #expect(!restricted.isEmpty)
        let sealed = try store.sealed(of: care).filter { try restricted.map { try $0.text("id") }.contains($0.name) }
        var team = HeldKeys(["tariq", "rhian", "oona", "ben"].map(vault.identity))
        try team.collect(from: store)
        #expect(sealed.filter(team.opens).map(\.name) == [])
        var keyWorker = HeldKeys([vault.identity("asha")])
        try keyWorker.collect(from: store)
        #expect(sealed.allSatisfy(keyWorker.opens))
    }

    /// Every way to lose a key: who loses it, and how.
    enum Leaving: String, CaseIterable {
        case revoked, handedOver, ended, lostIdentity, formerAdministrator
    }

    @Test(arguments: Leaving.allCases)
    func `what is written after somebody left opens with none of the keys they ever held`(how: Leaving) throws {
        let vault = try TestVault()
        let (_, pin) = try furnished(vault)
        let leaver = how == .formerAdministrator ? "alex" : how == .ended ? "wyn" : "asha"
        if how == .formerAdministrator {
            try vault.with("admin") { session in
                _ = try session.addStaff(
                    "alex", card: vault.identity("alex").card, roles: ["adoption-administrator"]
                ).done()
            }
        }
        let store = RawStore(vault)
        var kept = HeldKeys([vault.identity(leaver)])
        try kept.collect(from: store)
        let before = Set(try store.sealed(of: pin).map(\.name))
        #expect(try store.sealed(of: pin).contains(where: kept.opens), "what they could read then")

        try vault.with("admin") { session in
            switch how {
            case .revoked: _ = try session.revoke(pin, from: leaver, reason: "left the case").done()
            case .handedOver: _ = try session.handover(from: leaver, to: "ben", reason: "left the case").done()
            case .ended: try session.endStaff(leaver, reason: "left").done()
            case .lostIdentity:
                _ = try session.rekey(leaver, card: vault.replaceIdentity(leaver).card, reason: "lost").done()
            case .formerAdministrator: _ = try session.changeRole(leaver, end: "adoption-administrator").done()
            }
        }
        try vault.with("morgan") { session in
            _ = try session.note(pin, text: "written afterwards").done()
            _ = try session.addDocument(
                pin, file: vault.file("later.txt", Data("filed afterwards".utf8)), kind: "childs-permanence-report"
            ).done()
        }
        try kept.collect(from: store)
        let written = try store.sealed(of: pin).filter { !before.contains($0.name) && $0.table != "notice" }
        #expect(written.contains { $0.table == "chunk" } && written.contains { $0.table == "record_key" })
        #expect(written.filter(kept.opens).map(\.name) == [])
        #expect(try vault.problems() == [])
    }

    @Test func `a revoked member's next request is refused in the same process`() throws {
        let vault = try TestVault()
        let (_, pin) = try furnished(vault)
        try vault.with("wyn") { _ = try $0.listEntries(pin).done() }
        try vault.with("admin") { _ = try $0.revoke(pin, from: "wyn", reason: "left the case").done() }
        try vault.with("wyn") { (session) throws in
            #expect(try session.listEntries(pin).isDenied)
            #expect(try session.note(pin, text: "one more").isDenied)
        }
    }

    @Test func `who revokes themselves is refused in the very session they did it in`() throws {
        let vault = try TestVault()
        let (_, pin) = try furnished(vault)
        try vault.with("admin") { session in
            _ = try session.addStaff("alex", card: vault.identity("alex").card, roles: ["adoption-administrator"])
                .done()
            try session.grant(pin, to: "alex", reason: "covers the case").done()
        }
        try vault.with("alex") { session in
            let entry = try session.listEntries(pin).done()[0].id
            _ = try session.readEntry(pin, entry).done()
            _ = try session.revoke(pin, from: "alex", reason: "the case is covered again").done()
            #expect(try session.readEntry(pin, entry).isDenied)
            #expect(throws: VaultFault.self) { try session.changeRole("alex", end: "adoption-administrator") }
        }
        #expect(try vault.problems() == [])
    }

    @Test func `nothing of a closed record opens with any key but the archive keeper's`() throws {
        let vault = try TestVault()
        let (care, pin) = try furnished(vault)
        let store = RawStore(vault)
        let everybodyElse = vault.identities.filter { $0.key != "keir" }.map(\.value)
        var kept = HeldKeys(everybodyElse, secrets: try tokenSecrets(of: vault, store))
        try kept.collect(from: store)
        try vault.close(care)
        try kept.collect(from: store)
        var keeper = HeldKeys([vault.identity("keir")])
        try keeper.collect(from: store)
        for reference in [care, pin] {
            let sealed = try store.sealed(of: reference).filter { $0.table != "group_wrap" }
            #expect(sealed.count >= 3 && sealed.filter(kept.opens).map(\.name) == [])
            #expect(sealed.allSatisfy(keeper.opens))
        }
        for person in vault.identities.keys.sorted() {
            try vault.with(person) { (session) throws in
                #expect(try session.showCare(care).isDenied)
                #expect(try session.listEntries(pin).isDenied)
            }
        }
        #expect(try vault.problems() == [])
    }

    /// A child's two records with a note and a document, and another child's that somebody else keeps.
    private func furnished(_ vault: TestVault) throws -> (care: String, pin: String) {
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        let other = try vault.openAdoption(of: vault.openCare("Wren", "Lund"))
        try vault.with("admin") { try $0.grant(other, to: "rhian", reason: "reviews the case").done() }
        try vault.with("asha") { session in
            _ = try session.note(pin, text: "met the adopters").done()
            _ = try session.addDocument(
                pin, file: vault.file("report.txt", Data("the report".utf8)), kind: "childs-permanence-report"
            ).done()
        }
        return (care, pin)
    }

    /// The store key, the log key and the secrets groups share, from whoever can open them.
    private func tokenSecrets(of vault: TestVault, _ store: RawStore) throws -> [Data] {
        var admin = HeldKeys([vault.administrator])
        try admin.collect(from: store)
        let things = try store.groupSecrets() + store.sealedKeys().filter { $0.table == "keyring" }
        return things.compactMap(admin.open).map { Data($0.prefix(32)) }
    }
}
