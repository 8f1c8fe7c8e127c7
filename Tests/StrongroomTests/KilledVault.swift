import EncryptedStore
import Foundation
import Sealing
import Strongroom
import StrongroomTesting
import Testing

/// A vault in which every command of ``KilledCommandTests`` has something to do, copied for each run.
final class KilledVault {
    /// What can be told of a vault once it was opened and checked.
    struct State: Equatable, CustomStringConvertible {
        /// How many rows each table has, the access log's apart.
        let rows: [String: Int64]
        let outcome: String
        /// How many entries the access log has.
        let logged: Int64

        /// Whether the same has happened, whatever was logged.
        func tellsTheSame(as other: State) -> Bool { rows == other.rows && outcome == other.outcome }

        var description: String {
            "\(outcome) log \(logged) "
                + rows.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined(separator: ", ")
        }
    }

    let vault: TestVault
    /// Ready to be closed, with its adoption record.
    let care: String
    /// Somebody who is to be let in by recovery.
    let stranger: String
    let shares: [URL]
    let reason: URL
    /// Larger than what is filed in one transaction.
    let document: URL
    /// A backup, with its keyring beside it.
    let backup: URL
    let backupBytes: [(file: URL, bytes: Data)]
    let storeKey: Data
    /// What must stand in no file.
    let scan: LeakScan
    private let places: URL

    init() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        let words = "the quiet words of this document"
        (self.vault, self.care) = (vault, care)
        document = try vault.file("scan.txt", Data(String(repeating: words + "\n", count: 160_000).utf8))
        _ = try vault.with("asha") { session in
            _ = try session.note(pin, text: "introductions began gently", signpost: false).done()
            let day = try session.today()
            _ = try session.recordOrder(care, on: day).done()
            _ = try session.audit(care, excuses: vault.excuses(session, care), sign: true).done()
        }
        shares = try vault.with("admin") { try $0.splitRecovery(threshold: 2, count: 3).done().shares }.map {
            try vault.file("share-\($0.index).txt", Data($0.page.utf8))
        }
        reason = try vault.file("reason.txt", Data("the office burnt down".utf8))
        backup = try vault.file("backup", Data())
        try FileManager.default.removeItem(at: backup)
        let backup = self.backup
        _ = try vault.with("admin") { try $0.backup(to: backup).done() }
        backupBytes = try [backup, backup.appendingPathExtension("keyring")].map { ($0, try Data(contentsOf: $0)) }
        _ = vault.identity("nina")
        stranger = "nina"
        storeKey = try RawStore(vault).secret("store-key")
        scan = LeakScan(
            LeakScan.structure + [care, pin, words, "introductions", "2023-04-05", "key worker", "adoption-order"])
        // In the memory's file system if there is one: nothing here is about a disk.
        let memory = URL(fileURLWithPath: "/dev/shm")
        let parent =
            FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
        places = parent.appendingPathComponent("strongroom-killed-\(UUID().uuidString)")
    }

    deinit { try? FileManager.default.removeItem(at: places) }

    /// A place of its own for one run.
    func place() throws -> KilledPlace {
        let place = KilledPlace(folder: places.appendingPathComponent(UUID().uuidString))
        try FileManager.default.createDirectory(at: place.folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: vault.directory, to: place.vault)
        return place
    }

    func with<Answer>(_ handle: String, in directory: URL, _ body: (Session) throws -> Answer) throws -> Answer {
        let session = try Vault.open(
            at: directory, identity: vault.identity(handle), clock: vault.clock.clock, confirmClock: true)
        defer { try? session.close() }
        return try body(session)
    }

    /// Opens the vault as anybody would after the power came back, and expects it whole.
    func settled(_ place: KilledPlace, after command: any KilledCommand, _ moment: Comment) throws -> State {
        #expect(try scan.findings(inFilesOf: place.folder) == [], moment)
        #expect(try with("admin", in: place.vault) { try $0.check().done().problems } == [], moment)
        #expect(KilledPlace.remains(in: place.vault) == [], moment)
        let outcome = try command.outcome(in: place)
        #expect(try scan.findings(inFilesOf: place.folder) == [], moment)
        var rows = try rowCounts(in: place.vault)
        let logged = rows["log_entry"] ?? 0
        for table in RawStore.logTables { rows[table] = nil }
        // A backup is listed before it is made: one that is listed and was never made harms nobody.
        rows["backup_made"] = nil
        // A document is padded by a length drawn anew each time.
        rows["chunk"] = rows["chunk"].map { min($0, 1) }
        return State(rows: rows, outcome: outcome, logged: logged)
    }

    private func rowCounts(in directory: URL) throws -> [String: Int64] {
        let store = RawStore(directory, holder: vault.administrator)
        let tables = try store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'").map { try $0.text("name") }
        let counts = tables.map { "SELECT '\($0)' AS name, count(*) AS count FROM \"\($0)\"" }
        return try store.rows(counts.joined(separator: " UNION ALL ")).reduce(into: [:]) { counts, row in
            counts[try row.text("name")] = try row.integer("count")
        }
    }
}
