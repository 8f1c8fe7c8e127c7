public import Foundation

/// One row of an answer, read by the names of its columns.
///
/// The typed readers throw ``StoreFault/damaged(_:)`` when the value is of another kind than asked for: the schema
/// promised that kind. Asking for a column that the statement did not name is a programmer's error and stops the
/// program.
public struct StoredRow: Hashable, Sendable {
    /// The names of the columns, in the statement's order.
    public let columns: [String]
    private let values: [StoredValue]

    /// Makes a row by hand, for a stand-in of ``Statements``.
    ///
    /// Requires: as many values as columns.
    public init(columns: [String], values: [StoredValue]) {
        precondition(columns.count == values.count, "a row has one value for each column")
        self.columns = columns
        self.values = values
    }

    /// The value in a column; the first of that name if there are several.
    public subscript(column: String) -> StoredValue {
        guard let index = columns.firstIndex(of: column) else {
            preconditionFailure("the statement has no column `\(column)`")
        }
        return values[index]
    }

    /// The whole number in a column.
    public func integer(_ column: String) throws -> Int64 {
        try required(optionalInteger(column), column)
    }

    /// The text in a column.
    public func text(_ column: String) throws -> String {
        try required(optionalText(column), column)
    }

    /// The bytes in a column.
    public func blob(_ column: String) throws -> Data {
        try required(optionalBlob(column), column)
    }

    /// The whole number in a column, or nothing if it is null.
    public func optionalInteger(_ column: String) throws -> Int64? {
        switch self[column] {
        case .integer(let integer): integer
        case .null: nil
        case .text, .blob: throw ofAnotherKind(column)
        }
    }

    /// The text in a column, or nothing if it is null.
    public func optionalText(_ column: String) throws -> String? {
        switch self[column] {
        case .text(let text): text
        case .null: nil
        case .integer, .blob: throw ofAnotherKind(column)
        }
    }

    /// The bytes in a column, or nothing if it is null.
    public func optionalBlob(_ column: String) throws -> Data? {
        switch self[column] {
        case .blob(let blob): blob
        case .null: nil
        case .integer, .text: throw ofAnotherKind(column)
        }
    }

    private func required<T>(_ value: T?, _ column: String) throws -> T {
        guard let value else { throw StoreFault.damaged("the column `\(column)` holds nothing") }
        return value
    }

    private func ofAnotherKind(_ column: String) -> StoreFault {
        .damaged("the column `\(column)` holds a value of another kind")
    }
}
