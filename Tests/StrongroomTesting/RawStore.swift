public import EncryptedStore
public import Foundation

/// A vault directory in the hands of someone with the disk: every table to be read or changed, no trigger in the way.
public struct RawStore {
    /// The vault directory.
    public let directory: URL

    /// Requires that no session has the vault open.
    public init(_ directory: URL) {
        self.directory = directory
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
        return RawStore(copy)
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

    private func open() throws -> Database {
        let path = directory.appendingPathComponent("store.db").path
        do {
            return try Database.open(at: path, migrations: [])
        } catch StoreFault.newer(let version) {
            return try Database.open(at: path, migrations: [Migration(version: version, sql: "")])
        }
    }
}
