import CPageCipherTesting
public import EncryptedStore
public import Foundation
public import Sealing

/// A vault directory in the hands of someone with the disk and the store's key: every table to be read or changed, no
/// trigger in the way.
public struct RawStore {
    /// The vault directory.
    public let directory: URL
    private let holder: Identity
    /// What was unwrapped before, for a keyring that a test has spoilt since. Copies share it.
    private let known: Known

    private final class Known {
        var secrets: [String: Data] = [:]
    }

    /// Requires that no session has the vault open, and that `holder` has a wrap of the store's key in its keyring.
    public init(_ directory: URL, holder: Identity) {
        self.init(directory, holder: holder, known: Known())
    }

    private init(_ directory: URL, holder: Identity, known: Known) {
        self.directory = directory
        self.holder = holder
        self.known = known
    }

    /// A test vault's store, by its founder's key.
    public init(_ vault: TestVault) {
        self.init(vault.directory, holder: vault.administrator)
    }

    /// Copies a vault, so that what is done to the copy harms nobody.
    ///
    /// The copy lies in the memory's file system if there is one: sweeps make hundreds of them.
    public func copied() throws -> RawStore {
        let files = FileManager.default
        let memory = URL(fileURLWithPath: "/dev/shm")
        let parent = files.isWritableFile(atPath: memory.path) ? memory : files.temporaryDirectory
        let copy = parent.appendingPathComponent("strongroom-copy-\(UUID().uuidString)")
        try files.copyItem(at: directory, to: copy)
        return RawStore(copy, holder: holder, known: known)
    }

    /// Deletes the copy.
    public func discard() {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Every row of a query.
    public func rows(_ sql: String, _ arguments: [StoredValue] = []) throws -> [StoredRow] {
        let database = try open()
        defer { try? database.close() }
        return try database.read { try $0.rows(sql, arguments) }
    }

    /// Changes rows after dropping every trigger, as someone with the file would.
    public func edit(_ change: (any Statements) throws -> Void) throws {
        let database = try open()
        try database.write { statements in
            for trigger in try statements.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try statements.run("DROP TRIGGER \(trigger.text("name"))")
            }
            try change(statements)
        }
        try database.close()
    }

    /// Tries one statement against the schema as it is, and keeps nothing of it.
    ///
    /// - Returns: the schema's words if it refuses; nil if it would let the statement pass.
    public func refusal(of sql: String, _ arguments: [StoredValue] = []) throws -> String? {
        struct NotKept: Error {}
        let database = try open()
        defer { try? database.close() }
        do {
            try database.write { statements in
                try statements.run(sql, arguments)
                throw NotKept()
            }
            return nil
        } catch StoreFault.constraint(let words) {
            return words
        } catch is NotKept {
            return nil
        }
    }

    /// Every row of every table whose name is not in `tables`, to be compared.
    public func dump(without tables: Set<String> = []) throws -> [String: [StoredRow]] {
        let database = try open()
        defer { try? database.close() }
        return try database.read { statements in
            let names = try statements.rows("SELECT name FROM sqlite_schema WHERE type = 'table'").map {
                try $0.text("name")
            }
            return try names.filter { !tables.contains($0) }.reduce(into: [:]) { dump, name in
                dump[name] = try statements.rows("SELECT * FROM \(name)")
            }
        }
    }

    /// The tables an allowed read adds to, whatever becomes of it afterwards.
    public static let logTables: Set<String> = ["log_entry", "log_node", "log_head", "opening", "alias"]

    /// The keyring beside the store.
    public func keyring() throws -> StoreKeyring { try StoreKeyring.load(from: keyringFile) }

    /// Where the keyring lies.
    public var keyringFile: URL { directory.appendingPathComponent("store.keyring") }

    /// The identifier of the record with this reference.
    public func record(_ reference: String) throws -> String {
        try rows("SELECT id FROM record WHERE reference = ?", [.text(reference)])[0].text("id")
    }

    /// One of the keyring's secrets, by its purpose.
    public func secret(_ purpose: String) throws -> Data {
        let keyring = try keyring()
        let wrap = (keyring.wraps + keyring.recoveryWraps).first {
            $0.recipient == holder.card.keyID && $0.purpose == purpose
        }
        let opened = wrap.flatMap {
            try? Envelope.open(
                $0.bytes, with: holder.encapsulation, label: Label("strongroom/vault/\(purpose)/v1"),
                context: Data(keyring.vaultID.utf8))
        }
        guard let secret = opened ?? known.secrets[purpose] else {
            throw UnexpectedOutcome(description: "no wrap of `\(purpose)` opens for the holder")
        }
        known.secrets[purpose] = secret
        return secret
    }

    /// Every byte of the store's pages and its log's frames as they are without the cipher, free pages and frames of the
    /// past too.
    public func plainBytes() throws -> Data {
        let plain = FileManager.default.temporaryDirectory.appendingPathComponent("plain-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: plain) }
        let key = [UInt8](try secret("store-key"))
        let code = plain_copy(directory.appendingPathComponent("store.db").path, key, plain.path)
        guard code == 0 else { throw UnexpectedOutcome(description: "the store does not open: \(code)") }
        return try Data(contentsOf: plain)
    }

    private func open() throws -> Database {
        let path = directory.appendingPathComponent("store.db").path
        var bytes = try secret("store-key")
        let key = try StoreKey(taking: &bytes)
        do {
            return try Database.open(at: path, key: key, migrations: [])
        } catch StoreFault.newer(let version) {
            return try Database.open(at: path, key: key, migrations: [Migration(version: version, sql: "")])
        }
    }
}
