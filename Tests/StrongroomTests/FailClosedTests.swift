import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// The n-th write or sync of the disk fails, for every n until none is left to fail: nothing is released, nothing is kept.
@Suite("fail closed", .serialized)
struct FailClosedTests {
    enum Asked: String, CaseIterable {
        case read, release, add, grant, close, end, rekey, split, renew
    }

    @Test(arguments: Asked.allCases)
    func `with the log unable to append nothing is released and no change is kept`(asked: Asked) throws {
        let scene = try Scene(asked)
        let before = try scene.store.dump()
        for kind in FailingDisk.Kind.allCases {
            let struckCount = try FailingDisk.lent { disk in
                try (1...).first { try !fails(scene, asked, disk, kind, nth: $0, before) }! - 1
            }
            #expect(struckCount > 0, "\(kind)")
        }
    }

    /// Lets the n-th act of the disk fail on a copy of the scene and expects all of the act or nothing.
    ///
    /// - Returns: whether there was an n-th to fail.
    private func fails(
        _ scene: Scene, _ asked: Asked, _ disk: FailingDisk, _ kind: FailingDisk.Kind, nth: Int, _ before: Scene.State
    ) throws -> Bool {
        let what = Comment(rawValue: "\(asked), \(kind) \(nth)")
        let copy = try scene.store.copied()
        defer { copy.discard() }
        let out = copy.directory.appendingPathExtension("out")
        defer { try? FileManager.default.removeItem(at: out) }
        let session = try scene.open(copy, asked.person, disk: FailingDisk.name)
        disk.arm(kind, nth: nth)
        let released = try? scene.act(asked, session, out)
        let hasStruck = disk.hasStruck
        disk.disarm()
        try? session.close()

        guard released == nil else {
            #expect(released == Scene.secret, what)
            #expect(try scene.isWhole(copy, asked), what)
            #expect(try scene.problems(copy) == [], what)
            return hasStruck
        }
        #expect(hasStruck && !FileManager.default.fileExists(atPath: out.path), what)
        // Only what follows the commit, such as cutting the log after a closing, may fail and leave the act standing.
        if try copy.dump() == before {
            #expect(try scene.everybodyComesIn(copy), what)
        } else {
            #expect(try scene.isWhole(copy, asked), what)
            #expect(try scene.problems(copy) == [], what)
        }
        return hasStruck
    }

    @Test func `a clock's leap is logged with the first act that stands, not with one that failed`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let store = RawStore(vault)
        let size = try store.rows("SELECT count(*) AS n FROM log_entry")[0].integer("n")
        vault.clock.set("2026-03-01")
        try FailingDisk.lent { disk in
            let session = try vault.open("asha", disk: FailingDisk.name)
            disk.arm(.write, nth: 1)
            #expect(throws: (any Error).self) { try session.note(care, text: "first") }
            disk.disarm()
            _ = try session.note(care, text: "second").done()
            try session.close()
        }
        let acts = try vault.with("audrey") { try $0.showLog().done() }.dropFirst(Int(size)).map(\.act)
        #expect(acts.prefix(2) == ["clock.confirm", "care.note"])
    }
}

extension FailClosedTests.Asked {
    var person: String {
        switch self {
        case .read, .release, .add, .close: "asha"
        case .grant, .end, .rekey, .split, .renew: "admin"
        }
    }
}

/// A vault just before the act, and what can be told of it.
private final class Scene {
    typealias State = [String: [StoredRow]]

    static let secret = Data("the permanence report".utf8)

    let vault: TestVault
    let care: String
    let pin: String
    let entry: String
    let store: RawStore
    private let card: IdentityCard
    private let shares: [RecoveryShare]
    private let counts: [String: Int64]

    init(_ asked: FailClosedTests.Asked) throws {
        vault = try TestVault()
        care = try vault.openCare()
        pin = try vault.openAdoption(of: care)
        let (vault, care, pin) = (vault, care, pin)
        entry = try vault.with("asha") { session in
            try session.addDocument(
                pin, file: vault.file("report.txt", Self.secret), kind: "childs-permanence-report"
            ).done().entry
        }
        if asked == .close {
            let day = Day("2026-01-05")!
            try vault.with("asha") { session in
                _ = try session.recordOrder(care, on: day).done()
                _ = try session.audit(care, excuses: vault.excuses(session, care), sign: true).done()
            }
        }
        shares =
            asked == .renew
            ? try vault.with("admin") { try $0.splitRecovery(threshold: 2, count: 3).done().shares } : []
        card = Identity().card
        store = RawStore(vault)
        counts = try Self.counts(store)
    }

    func open(_ store: RawStore, _ handle: String, disk: String? = nil) throws -> Session {
        try Vault.open(
            at: store.directory, identity: vault.identity(handle), clock: vault.clock.clock, disk: disk)
    }

    /// Does the act and gives what it released; the secret stands for an act that releases nothing.
    func act(_ asked: FailClosedTests.Asked, _ session: Session, _ out: URL) throws -> Data {
        switch asked {
        case .read: return try session.readDocument(pin, entry).done().content ?? Data()
        case .release:
            _ = try session.readDocument(pin, entry, out: out).done()
            return try Data(contentsOf: out)
        case .add:
            _ = try session.addDocument(pin, file: vault.file("report.txt", Self.secret), kind: "new-identity").done()
        case .grant: try session.grant(pin, to: "rhian", reason: "reviews the case").done()
        case .close: _ = try session.close(care).done()
        case .end: try session.endStaff("wyn", reason: "left").done()
        case .rekey: _ = try session.rekey("wyn", card: card, reason: "lost").done()
        case .split: _ = try session.splitRecovery(threshold: 2, count: 3).done()
        case .renew: _ = try session.renewRecovery(with: shares, threshold: 2, count: 3).done()
        }
        return Self.secret
    }

    func problems(_ store: RawStore) throws -> [String] {
        let session = try open(store, "admin")
        defer { try? session.close() }
        return try session.check().done().problems
    }

    /// Whether the keyring lets in whom the roster lets in, the person of the act included.
    func everybodyComesIn(_ store: RawStore) throws -> Bool {
        let session = try open(store, "wyn")
        defer { try? session.close() }
        return try session.listEntries(pin).refusal == nil
    }

    /// The act stands with everything that belongs to it.
    func isWhole(_ store: RawStore, _ asked: FailClosedTests.Asked) throws -> Bool {
        let now = try Self.counts(store)
        func grew(_ table: String) -> Int64 { now[table]! - counts[table]! }
        guard grew("log_entry") > 0, grew("log_head") == 1 else { return false }
        switch asked {
        case .read, .release: return grew("entry") == 0 && grew("log_entry") == 1
        case .add: return grew("entry") == 1 && grew("document") == 1
        case .grant: return grew("roster") == 1 && grew("group_wrap") == 1
        case .close: return now["closed"] == 2 && now["assignment"] == 0 && grew("roster") == 1
        case .end, .rekey: return grew("roster") > 1
        case .split, .renew: return grew("roster") > 0 && now["recovery"]! > 0
        }
    }

    private static func counts(_ store: RawStore) throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for table in ["entry", "document", "log_entry", "log_head", "roster", "group_wrap", "assignment"] {
            counts[table] = try store.rows("SELECT count(*) AS n FROM \(table)")[0].integer("n")
        }
        counts["closed"] = try store.rows("SELECT count(*) AS n FROM record WHERE stage = 'closed'")[0].integer("n")
        counts["recovery"] = try store.rows("SELECT count(*) AS n FROM group_wrap WHERE recipient = 'recovery'")[0]
            .integer("n")
        return counts
    }
}
