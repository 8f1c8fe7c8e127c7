import Foundation
import GRDB
import GRDBSQLite

/// The statements of one transaction, run by SQLite.
final class PreparedStatements: Statements {
    private let connection: GRDB.Database

    /// The first fault of the disk in this transaction, kept in case the caller swallows it: nothing runs after it.
    private var fault: StoreFault?

    init(_ connection: GRDB.Database) {
        self.connection = connection
    }

    func run(_ sql: String, _ arguments: [StoredValue]) throws -> Int {
        try noting {
            let statement = try connection.cachedStatement(sql: sql)
            try bind(arguments, to: statement)
            // sqlite3_changes() keeps the last statement's count over statements that change nothing, so count the
            // total.
            let before = connection.totalChangesCount
            try statement.execute()
            return statement.isReadonly ? 0 : min(connection.changesCount, connection.totalChangesCount - before)
        }
    }

    func rows(_ sql: String, _ arguments: [StoredValue]) throws -> [StoredRow] {
        try noting {
            let statement = try connection.cachedStatement(sql: sql)
            try bind(arguments, to: statement)
            let columns = statement.columnNames
            var rows: [StoredRow] = []
            let cursor = try Row.fetchCursor(statement)
            while let row = try cursor.next() {
                rows.append(try StoredRow(columns: columns, row: row))
            }
            return rows
        }
    }

    func each(_ sql: String, _ arguments: [StoredValue], _ visit: (StoredRow) throws -> Bool) throws {
        try noting {
            // Not from the cache: the visitor may run the same SQL again, which would reset a shared statement.
            let statement = try connection.makeStatement(sql: sql)
            try bind(arguments, to: statement)
            let columns = statement.columnNames
            let cursor = try Row.fetchCursor(statement)
            while let row = try cursor.next() {
                guard try visit(StoredRow(columns: columns, row: row)) else { return }
            }
        }
    }

    /// Throws the fault that the caller may have swallowed.
    func rethrowFault() throws {
        if let fault { throw fault }
    }

    private func noting<T>(_ body: () throws -> T) throws -> T {
        try rethrowFault()
        do {
            return try translatingFaults(body)
        } catch let fault as StoreFault {
            if fault.isOfTheDisk, self.fault == nil { self.fault = fault }
            throw fault
        }
    }

    private func bind(_ arguments: [StoredValue], to statement: GRDB.Statement) throws {
        try statement.setArguments(StatementArguments(arguments.map { try $0.bound() }))
        for (index, argument) in arguments.enumerated() where argument == .blob(Data()) {
            // GRDB hands SQLite the null address of empty bytes, and SQLite takes that for NULL.
            sqlite3_bind_zeroblob(statement.sqliteStatement, CInt(index + 1), 0)
        }
    }
}

extension StoredValue {
    fileprivate func bound() throws -> DatabaseValue {
        switch self {
        case .null:
            return .null
        case .integer(let integer):
            return integer.databaseValue
        case .text(let text):
            guard !text.utf8.contains(0) else { throw StoreFault.statement("text with a zero character") }
            return text.databaseValue
        case .blob(let blob):
            guard blob.count <= greatestBlobByteCount else {
                throw StoreFault.statement("more bytes than one value holds")
            }
            return blob.databaseValue
        }
    }
}

extension StoredRow {
    fileprivate init(columns: [String], row: Row) throws {
        let values = try row.databaseValues.map { value -> StoredValue in
            switch value.storage {
            case .null: .null
            case .int64(let integer): .integer(integer)
            case .string(let text): .text(text)
            case .blob(let blob): .blob(blob)
            case .double: throw StoreFault.statement("a real number, which a store does not keep")
            }
        }
        self.init(columns: columns, values: values)
    }
}

/// SQLite's own limit (SQLITE_MAX_LENGTH) as Debian builds it.
private let greatestBlobByteCount = 1_000_000_000
