import EncryptedStore
import Foundation

/// A small schema with one of each: a key, a reference, a check, a trigger.
enum Schema {
    static let migrations = [
        Migration(
            version: 1,
            sql: """
                CREATE TABLE box (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sealed BLOB,
                    CONSTRAINT box_has_name CHECK (length(name) > 0)) STRICT;
                CREATE TABLE thing (box INTEGER NOT NULL REFERENCES box (id) DEFERRABLE INITIALLY DEFERRED,
                    amount INTEGER NOT NULL) STRICT;
                """),
        Migration(
            version: 2,
            sql: """
                CREATE TRIGGER box_keeps_name BEFORE UPDATE OF name ON box
                BEGIN SELECT RAISE(ABORT, 'a box keeps its name'); END;
                """),
    ]

    /// The key that the tests' stores and the committed vectors are sealed under: the bytes 0 to 31.
    static let keyBytes = Data(0..<32)
    static let key = key(keyBytes)
    static let otherKey = key(Data(repeating: 0xA5, count: 32))

    static func create(_ directory: TemporaryDirectory, disk: String = Database.ownedDisk) throws -> Database {
        try Database.create(at: directory.path("store.db"), key: key, migrations: migrations, disk: disk)
    }

    static func open(_ path: String, key: StoreKey = key, disk: String = Database.ownedDisk) throws -> Database {
        try Database.open(at: path, key: key, migrations: migrations, disk: disk)
    }

    private static func key(_ bytes: Data) -> StoreKey {
        var bytes = bytes
        return try! StoreKey(taking: &bytes)
    }
}

extension Statements {
    func addBox(_ name: String, _ sealed: StoredValue = nil) throws {
        try run("INSERT INTO box (name, sealed) VALUES (?, ?)", [.text(name), sealed])
    }

    func names() throws -> [String] {
        try rows("SELECT name FROM box ORDER BY name").map { try $0.text("name") }
    }
}
