import EncryptedStore
import Foundation
import Strongroom
import StrongroomTesting
import Testing

/// A child whose plan to adopt is given up, and copies of the vault at each point of the way.
final class KilledReversal {
    /// The four acts of a reversal in their order (R16), and the confirming of what the migration held.
    enum Act: String, CaseIterable, CustomStringConvertible {
        case lift, migrate, confirm, plan, remove

        var description: String { rawValue }

        var person: String {
            switch self {
            case .lift, .confirm, .remove: "admin"
            case .migrate: "tariq"
            case .plan: "asha"
            }
        }
    }

    let vault: TestVault
    let care: String
    let pin: String
    private let itemCount: Int
    private static let restrictedCount = 1
    private let careCountBefore: Int
    private let background: URL

    init() throws {
        vault = try TestVault()
        care = try vault.openCare()
        pin = try vault.openAdoption(of: care)
        background = try vault.file("background.txt", Data("the match did not hold".utf8))
        let pin = self.pin
        let vault = self.vault
        try vault.with("asha") { session in
            for (name, kind) in [
                ("birth.txt", "birth-certificate"), ("report.txt", "childs-permanence-report"),
                ("new.txt", "new-identity"),
            ] {
                let bytes = Data((0..<9_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ name.count) })
                _ = try session.addDocument(pin, file: vault.file(name, bytes), kind: kind).done()
            }
            _ = try session.note(pin, text: "introductions began", signpost: false).done()
        }
        // Recovery's wraps are among what a removal destroys.
        _ = try vault.with("admin") { try $0.splitRecovery(threshold: 2, count: 3).done() }
        itemCount = try vault.with("asha") { try $0.listEntries(pin).done().count }
        let care = self.care
        careCountBefore = try vault.with("asha") { try $0.listEntries(care).done().count }
    }

    /// The words that ask the program for an act.
    func words(of act: Act) -> [String] {
        switch act {
        case .lift: ["reversal", "lift-security", pin, "--to", "tariq", "--reason", "@\(background.path)"]
        case .migrate: ["reversal", "migrate", pin]
        case .confirm: ["reversal", "migrate", pin, "--confirm-all"]
        case .plan: ["plan", "record", care, "--reversal", "--from", background.path]
        case .remove: ["reversal", "remove", pin, "--yes"]
        }
    }

    // MARK: copies

    func prepared() throws -> URL { try copy(of: vault.directory) }

    /// A copy in which all is done but the removal.
    func readyToRemove() throws -> URL {
        let ready = try prepared()
        try with("admin", in: ready) { _ = try $0.liftSecurity(pin, to: "tariq", reason: "given up").done() }
        try with("tariq", in: ready) { _ = try $0.migrate(pin).done() }
        try with("admin", in: ready) { _ = try $0.migrate(pin, confirmAll: true).done() }
        try with("asha", in: ready) { _ = try $0.recordReversalPlan(care, background: "the match did not hold").done() }
        return ready
    }

    /// Copies lie beside the vault and go with its files.
    func copy(of directory: URL) throws -> URL {
        let copies = vault.directory.appendingPathExtension("copies")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        let copy = copies.appendingPathComponent(UUID().uuidString)
        try FileManager.default.copyItem(at: directory, to: copy)
        return copy
    }

    deinit { try? FileManager.default.removeItem(at: vault.directory.appendingPathExtension("copies")) }

    func with<Answer>(_ handle: String, in directory: URL, _ body: (Session) throws -> Answer) throws -> Answer {
        let session = try Vault.open(
            at: directory, identity: vault.identity(handle), clock: vault.clock.clock, confirmClock: true)
        defer { try? session.close() }
        return try body(session)
    }

    // MARK: what must be so

    /// Whether an act is done, told by what people can see.
    func isDone(_ act: Act, in directory: URL) throws -> Bool {
        switch act {
        case .lift, .migrate:
            let stage = try with("admin", in: directory) { try $0.showAdoption(pin).done().stage }
            return stage == (act == .lift ? "security-lifted" : "migrated")
        case .confirm:
            return try with("asha", in: directory) { session in
                try session.listEntries(care).done().contains { $0.isRestricted }
            }
        case .plan:
            return try with("asha", in: directory) { session in
                try session.listEntries(care).done().contains { $0.kind == "reversal-plan" }
            }
        case .remove:
            return try with("admin", in: directory) { try $0.showAdoption(pin).isDenied }
        }
    }

    /// The vault derives; and if the act is done now or once more, it ends with every entry on the care record once.
    func expectSound(_ directory: URL, around act: Act, killedAfter delay: Double) throws {
        let moment: Comment = "\(act), killed after \(delay) ms"
        #expect(try with("admin", in: directory) { try $0.check().done().problems } == [], moment)
        let wasDone = try isDone(act, in: directory)
        let migrated = try with("asha", in: directory) { try $0.listEntries(care).done() }
            .filter { !["reversal-plan", "plan", "migration-manifest"].contains($0.kind) }.count
        let doneCount = Act.allCases.firstIndex(of: act)! + (wasDone ? 1 : 0)
        let arrived = doneCount > 2 ? itemCount : doneCount > 1 ? itemCount - Self.restrictedCount : 0
        let plans = try with("asha", in: directory) { try $0.listEntries(care).done().count { $0.kind == "plan" } }
        #expect(plans == (act == .remove || act == .plan && wasDone ? 2 : 1), moment)
        // The plan was among the care record's entries before, and is not counted on either side.
        #expect(migrated == careCountBefore - 1 + arrived, moment)
        try finish(directory, from: act, isDone: wasDone, moment)
    }

    /// Goes the rest of the way in a copy: it must be open from either state.
    private func finish(_ directory: URL, from act: Act, isDone: Bool, _ moment: Comment) throws {
        let end = try copy(of: directory)
        defer { try? FileManager.default.removeItem(at: end) }
        let rest = Act.allCases.drop { $0 != act }.dropFirst(isDone ? 1 : 0)
        for act in rest {
            switch act {
            case .lift:
                try with("admin", in: end) { _ = try $0.liftSecurity(pin, to: "tariq", reason: "given up").done() }
            case .migrate:
                let view = try with("tariq", in: end) { try $0.migrate(pin).done() }
                #expect(view.total == itemCount && view.held == Self.restrictedCount, moment)
                #expect(Set(view.items.map(\.entry)).count == itemCount, moment)
            case .confirm:
                let view = try with("admin", in: end) { try $0.migrate(pin, confirmAll: true).done() }
                #expect(view.total == itemCount && view.held == 0, moment)
            case .plan:
                try with("asha", in: end) { _ = try $0.recordReversalPlan(care, background: "it did not hold").done() }
            case .remove:
                let removed = try with("admin", in: end) { try $0.remove(pin).done() }
                #expect(
                    removed.digestsAgree && removed.migratedCount == itemCount && removed.entryCount == itemCount,
                    moment)
            }
        }
        #expect(try with("audrey", in: end) { try $0.verifyLog().done().size } > 0, moment)
    }

    // MARK: raw bytes

    /// Every sealed value that stands for the adoption record, in slices short enough to lie within one page.
    func sealedBytes(in directory: URL) throws -> [String: [Data]] {
        let store = RawStore(try copy(of: directory), holder: vault.administrator)
        defer { store.discard() }
        let queries = [
            "entry": "SELECT sealed FROM entry WHERE record = ?1",
            "chunk": "SELECT sealed FROM chunk WHERE document IN (SELECT id FROM document WHERE record = ?1)",
            "record key": "SELECT sealed FROM record_key WHERE record = ?1",
            "group wrap": "SELECT sealed FROM group_wrap WHERE group_id = (SELECT holder FROM record WHERE id = ?1)",
        ]
        let id = try store.record(pin)
        var found: [String: [Data]] = [:]
        for (name, query) in queries {
            for (number, row) in try store.rows(query, [.text(id)]).enumerated() {
                found["\(name) \(number)"] = Self.slices(of: try row.blob("sealed"))
            }
        }
        return found
    }

    private static func slices(of bytes: Data) -> [Data] {
        let length = 48
        return stride(from: 64, to: max(bytes.count - length, 65), by: 256).map {
            Data(bytes.dropFirst($0).prefix(length))
        }
        .filter { $0.count == length }
    }

    /// Every byte of a vault's store as its key shows it, and of every other file.
    func rawBytes(of directory: URL) throws -> Data {
        let plain = try RawStore(directory, holder: vault.administrator).plainBytes()
        return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }.reduce(into: plain) { $0 += try Data(contentsOf: $1) }
    }
}
