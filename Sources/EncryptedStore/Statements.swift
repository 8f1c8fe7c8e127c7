/// The small door behind which all SQL sits: a transaction that runs statements.
///
/// It is lent to the closure of ``Database/write(_:)`` or ``Database/read(_:)`` and is worth nothing after it. Each
/// string is one statement with `?` for each argument; values are always bound, never spliced into the text.
///
/// After a fault of the disk the transaction is lost, even if the caller catches the fault: ``Database/write(_:)``
/// throws it again in place of committing. After ``StoreFault/constraint(_:)`` the one statement is undone, and the
/// caller may go on.
public protocol Statements {
    /// Runs one statement and returns how many rows it inserted, updated or deleted.
    ///
    /// - Throws: ``StoreFault/constraint(_:)`` if the schema refuses; a fault of the disk.
    @discardableResult
    func run(_ sql: String, _ arguments: [StoredValue]) throws -> Int

    /// Every row of the answer.
    ///
    /// - Throws: a fault of the disk.
    func rows(_ sql: String, _ arguments: [StoredValue]) throws -> [StoredRow]

    /// Visits the rows of the answer one by one, in the memory of one, until the visitor says no.
    ///
    /// The visitor may run other statements, but must not change the tables it is reading.
    ///
    /// - Throws: what the visitor throws; a fault of the disk.
    func each(_ sql: String, _ arguments: [StoredValue], _ visit: (StoredRow) throws -> Bool) throws
}

extension Statements {
    /// Runs one statement without arguments.
    @discardableResult
    public func run(_ sql: String) throws -> Int {
        try run(sql, [])
    }

    /// Every row of the answer to a statement without arguments.
    public func rows(_ sql: String) throws -> [StoredRow] {
        try rows(sql, [])
    }

    /// The first row of the answer, or nothing.
    public func row(_ sql: String, _ arguments: [StoredValue] = []) throws -> StoredRow? {
        var first: StoredRow?
        try each(sql, arguments) { row in
            first = row
            return false
        }
        return first
    }
}
