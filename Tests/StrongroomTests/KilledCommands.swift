import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing

/// A document so large that its chunks are staged before the record refers to them.
struct KilledAdd: KilledCommand {
    let name = "document add"
    let person = "asha"
    let vault: KilledVault

    func words(in place: KilledPlace) -> [String] {
        ["document", "add", vault.care, vault.document.path, "--kind", "basic-health"]
    }

    /// It is there with every byte, or not at all.
    func outcome(in place: KilledPlace) throws -> String {
        try vault.with("asha", in: place.vault) { session in
            guard let line = try session.listEntries(vault.care, documentsOnly: true).done().first else {
                return "none"
            }
            let read = try session.readDocument(vault.care, line.id).done()
            #expect(try read.content == Data(contentsOf: vault.document))
            return "filed"
        }
    }
}

/// A return of many children, each a record.
struct KilledImport: KilledCommand {
    let name = "import"
    let person = "admin"

    func words(in place: KilledPlace) -> [String] {
        let samples = TestVault.policies.deletingLastPathComponent().appendingPathComponent(
            "Tests/Vectors/sample-return")
        return ["import", "ssda903", samples.appendingPathComponent("2027").path]
    }
}

/// Both records are sealed anew for the archive.
struct KilledClose: KilledCommand {
    let name = "care close"
    let person = "asha"
    let vault: KilledVault

    func words(in place: KilledPlace) -> [String] { ["care", "close", vault.care, "--yes"] }

    /// Closed for the person who closed it as for the tables.
    func outcome(in place: KilledPlace) throws -> String {
        try vault.with("asha", in: place.vault) { try $0.showCare(vault.care).isDenied } ? "closed" : "open"
    }
}

/// The whole store is sealed anew under another key.
struct KilledRotation: KilledCommand {
    let name = "vault rotate"
    let person = "admin"
    let vault: KilledVault

    func words(in place: KilledPlace) -> [String] { ["vault", "rotate"] }

    /// Under the one key or the other, and the keyring holds no second one.
    func outcome(in place: KilledPlace) throws -> String {
        let store = RawStore(place.vault, holder: vault.vault.administrator)
        #expect(try !store.keyring().wraps.contains { $0.purpose == "next-store-key" })
        return try store.secret("store-key") == vault.storeKey ? "the first key" : "another key"
    }
}

/// A backup appears with its keyring, whole.
struct KilledBackup: KilledCommand {
    let name = "vault backup"
    let person = "admin"
    let vault: KilledVault

    func words(in place: KilledPlace) -> [String] { ["vault", "backup", place.out.path] }

    /// It restores; or it does not, and the next one does, which takes away what was left of the first.
    func outcome(in place: KilledPlace) throws -> String {
        if try restores(place.out, in: place) { return "backed up" }
        let isTaken = FileManager.default.fileExists(atPath: place.out.path)
        let next = isTaken ? place.out.appendingPathExtension("next") : place.out
        _ = try vault.with("admin", in: place.vault) { try $0.backup(to: next).done() }
        #expect(try restores(next, in: place))
        #expect(isTaken || KilledPlace.remains(in: place.folder) == [])
        return "none"
    }

    private func restores(_ backup: URL, in place: KilledPlace) throws -> Bool {
        let files = [backup, backup.appendingPathExtension("keyring")]
        guard files.allSatisfy({ FileManager.default.fileExists(atPath: $0.path) }) else { return false }
        let restored = place.folder.appendingPathComponent("restored")
        let report = try Vault.restore(
            backup: backup, to: restored, identity: vault.vault.administrator, clock: vault.vault.clock.clock,
            confirmClock: true
        ).done()
        #expect(report.problems == [])
        return true
    }
}

/// Every wrap of recovery's moves to a new key, and new pages are written before the former ones lose their force.
struct KilledRenewal: KilledCommand {
    let name = "recovery renew"
    let person = "admin"
    let vault: KilledVault

    func words(in place: KilledPlace) -> [String] {
        ["recovery", "renew", "--shares", "3", "--threshold", "2", "--out", place.out.path]
            + vault.shares.flatMap { ["--share", $0.path] }
    }

    /// Either the former pages are in force, or new ones that are all there.
    func outcome(in place: KilledPlace) throws -> String {
        let new = (1...3).map { place.out.appendingPathComponent("share-\($0).txt") }
        if try works(vault.shares, in: place) { return "the former pages" }
        return try works(new, in: place) ? "new pages" : "no pages that work"
    }

    private func works(_ pages: [URL], in place: KilledPlace) throws -> Bool {
        let shares = try pages.map { try RecoveryShare(page: String(contentsOf: $0, encoding: .utf8)) }
        return try vault.with("admin", in: place.vault) { session in
            do {
                return try session.drillRecovery(shares).done().proof != nil
            } catch VaultFault.unusable {
                return false
            }
        }
    }
}

/// A stranger becomes administrator by the custodians' shares.
struct KilledRecovery: KilledCommand {
    let name = "recovery run"
    let vault: KilledVault

    var person: String { vault.stranger }

    func words(in place: KilledPlace) -> [String] {
        ["recovery", "run"] + vault.shares.prefix(2).flatMap { ["--share", $0.path] }
            + ["--handle", "restored", "--reason", "@\(vault.reason.path)"]
    }

    /// They are in by the keyring as by the roster.
    func outcome(in place: KilledPlace) throws -> String {
        do {
            return try vault.with(vault.stranger, in: place.vault) { try $0.check().done().problems } == []
                ? "in" : "half in"
        } catch VaultFault.notAMember {
            return "out"
        }
    }
}

/// A backup becomes a vault again.
struct KilledRestore: KilledCommand {
    let name = "vault restore"
    let person = "admin"
    let vault: KilledVault

    func words(in place: KilledPlace) -> [String] { ["vault", "restore", vault.backup.path, place.out.path] }

    func sign(in place: KilledPlace) -> URL { place.out }

    /// The target is whole or opens for nobody, and the backup is as it was.
    func outcome(in place: KilledPlace) throws -> String {
        for (file, bytes) in vault.backupBytes { #expect(try Data(contentsOf: file) == bytes) }
        let keyring = place.out.appendingPathComponent("store.keyring")
        guard FileManager.default.fileExists(atPath: keyring.path) else { return "nothing" }
        #expect(try vault.with("admin", in: place.out) { try $0.check().done().problems } == [])
        #expect(KilledPlace.remains(in: place.out) == [])
        return "restored"
    }
}
