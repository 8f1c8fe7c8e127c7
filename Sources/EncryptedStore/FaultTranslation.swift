import GRDB

/// Runs the body and translates what SQLite throws into the store's own faults; other errors pass unchanged.
func translatingFaults<T>(_ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw StoreFault(error)
    }
}

extension StoreFault {
    init(_ error: DatabaseError) {
        // SQLite's messages name tables and columns, never the values, which are always bound.
        let message = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_NOTADB: self = .notAStore
        case .SQLITE_CORRUPT: self = .damaged(message)
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_DATA:
            self = .damaged("a page does not open")
        case .SQLITE_IOERR: self = .disk(Self.act(error.extendedResultCode))
        case .SQLITE_CANTOPEN: self = .disk("a file of the store cannot be opened")
        case .SQLITE_READONLY: self = .disk(Self.readOnlyReason(error.extendedResultCode))
        case .SQLITE_NOMEM: self = .disk("there is not enough memory")
        case .SQLITE_ABORT: self = .disk("the transaction was rolled back")
        case .SQLITE_CONSTRAINT: self = .constraint(Self.rule(in: message, error.extendedResultCode))
        default: self = .statement(message)
        }
    }

    /// Whether the disk, not the caller or the schema, is at fault; then a transaction must not go on.
    var isOfTheDisk: Bool {
        switch self {
        case .damaged, .diskFull, .disk, .notAStore: true
        case .busy, .newer, .constraint, .missing, .permission, .exists, .statement: false
        }
    }

    private static func act(_ code: ResultCode) -> String {
        switch code {
        case .SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ: "a read failed"
        case .SQLITE_IOERR_WRITE: "a write failed"
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC: "a sync failed"
        case .SQLITE_IOERR_TRUNCATE: "a file could not be shortened"
        case .SQLITE_IOERR_DELETE: "a file could not be deleted"
        default: "i/o error \(code.rawValue)"
        }
    }

    private static func readOnlyReason(_ code: ResultCode) -> String {
        code == .SQLITE_READONLY_DBMOVED
            ? "the file was moved or deleted while it was open" : "a write where only reading is allowed"
    }

    /// The trigger's words as they are; of `CHECK constraint failed: name` and its like, what follows the colon.
    private static func rule(in message: String, _ code: ResultCode) -> String {
        switch code {
        case .SQLITE_CONSTRAINT_TRIGGER: return message
        case .SQLITE_CONSTRAINT_FOREIGNKEY: return "FOREIGN KEY"
        default:
            guard let colon = message.firstRange(of: " constraint failed: ") else { return message }
            return String(message[colon.upperBound...])
        }
    }
}
