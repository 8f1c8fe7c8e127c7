public import Foundation

/// What of a child's rows lies behind the seal.
public struct SealedSide: Hashable, Sendable, Codable {
    /// The child's identifier in the return.
    public let identifier: String
    /// Rows of the tables that lie here whole.
    public let rows: [ReturnRow]
    /// Single values taken out of rows of the care side.
    public let values: [Value]

    /// Whether there is nothing to seal.
    public var isEmpty: Bool { rows.isEmpty && values.isEmpty }

    /// One value taken out of a row.
    public struct Value: Hashable, Sendable, Codable {
        /// The row's table.
        public let table: ReturnTable
        /// The row's line.
        public let line: Int
        /// The column.
        public let column: ReturnColumn
        /// The value as written.
        public let value: String
        /// Whether it stood in quotation marks.
        public let isQuoted: Bool

        init(of row: ReturnRow, _ column: ReturnColumn) {
            (table, line, self.column) = (row.table, row.line, column)
            value = row[column]
            isQuoted = row.quoted.contains(column)
        }
    }

    /// The form in which the vault seals it: JSON with sorted keys, the same bytes for the same side.
    public func encoded() throws(ReturnFault) -> Data { try KeptForm.encode(self, as: .sealedSide) }

    /// Reads the sealed form.
    public init(encoded: Data) throws(ReturnFault) { self = try KeptForm.decode(encoded, as: .sealedSide) }

    init(identifier: String, rows: [ReturnRow], values: [Value]) {
        self.identifier = identifier
        self.rows = rows
        self.values = values
    }

    /// Where a value belongs.
    struct Place: Hashable {
        let table: ReturnTable
        let line: Int
        let column: ReturnColumn

        init(table: ReturnTable, line: Int, column: ReturnColumn) {
            (self.table, self.line, self.column) = (table, line, column)
        }

        init(_ value: Value) { self.init(table: value.table, line: value.line, column: value.column) }
    }
}
