import CPageCipherTesting

/// A refusal of SQLite, by its extended code.
struct SQLiteFailure: Error, Equatable, CustomStringConvertible {
    let code: CInt

    static let notADatabase = SQLiteFailure(code: 26)
    /// A page that did not open (SQLITE_IOERR_DATA).
    static let badPage = SQLiteFailure(code: 8202)
    static let cannotOpen = SQLiteFailure(code: 14)
    static let corrupt = SQLiteFailure(code: 11)
    /// SQLITE_IOERR_WRITE
    static let badWrite = SQLiteFailure(code: 778)

    /// SQLITE_IOERR of any kind, SQLITE_CORRUPT or SQLITE_NOTADB: the damage was noticed.
    var isDamage: Bool { [10, 11, 26].contains(code & 0xFF) }

    var description: String { "SQLite \(code)" }
}

/// SQLite, without the store in between.
final class Connection {
    private let handle: OpaquePointer
    /// A disk has to outlive what is open on it.
    private let cipher: Cipher?

    /// - Parameter reserve: what a new file keeps free in each page; the page cipher's need if not said.
    convenience init(_ path: String, on cipher: Cipher, reserve: Int = 40) throws {
        try self.init(path, on: cipher.name, reserve: reserve, keeping: cipher)
    }

    init(_ path: String, on disk: String, reserve: Int = 40, keeping cipher: Cipher? = nil) throws {
        var handle: OpaquePointer?
        let code = connection_open(path, disk, CInt(reserve), &handle)
        guard code == 0, let handle else {
            connection_close(handle)
            throw SQLiteFailure(code: code)
        }
        self.handle = handle
        self.cipher = cipher
    }

    deinit {
        connection_close(handle)
    }

    func run(_ sql: String) throws {
        let code = connection_run(handle, sql)
        guard code == 0 else { throw SQLiteFailure(code: code) }
    }

    /// The rows, one a line, columns parted by `|`.
    func text(_ sql: String) throws -> String {
        guard let text = connection_text(handle, sql) else { throw SQLiteFailure(code: connection_code(handle)) }
        defer { connection_free(text) }
        return String(cString: text)
    }

    func backup(to other: Connection) throws {
        let code = connection_backup(handle, other.handle)
        guard code == 0 else { throw SQLiteFailure(code: code) }
    }

    /// Writes the cache to the disk in the middle of a transaction.
    func flush() throws {
        let code = connection_flush(handle)
        guard code == 0 else { throw SQLiteFailure(code: code) }
    }

    /// Whether another file has taken the place of the one that is open.
    var hasMoved: Bool? {
        let answer = connection_has_moved(handle)
        return answer < 0 ? nil : answer > 0
    }

    func reserve(_ count: Int) -> Int {
        Int(connection_reserve(handle, CInt(count)))
    }
}

/// What the body throws of SQLite's, if anything.
func failure(_ body: () throws -> Void) -> SQLiteFailure? {
    do {
        try body()
        return nil
    } catch {
        return error as? SQLiteFailure ?? SQLiteFailure(code: -1)
    }
}
