import WorkingDays

/// One row of one table exactly as the file had it.
public struct ReturnRow: Hashable, Sendable {
    /// The table.
    public let table: ReturnTable
    /// The line of the file it stood on; the heading is line 1.
    public let line: Int
    /// The values as written, in the order of the table's ``ReturnTable/columns``, whatever the file's order was.
    public let cells: [String]
    /// Columns whose value stood in quotation marks, so that it is written back so.
    public let quoted: [ReturnColumn]

    /// Makes a row; requires a cell for each column of the table.
    public init(table: ReturnTable, line: Int, cells: [String], quoted: [ReturnColumn] = []) {
        precondition(cells.count == table.columns.count, "a row has a cell for each column")
        self.table = table
        self.line = line
        self.cells = cells
        self.quoted = quoted
    }

    /// The value of a column as written; empty for a column the table does not have.
    public subscript(column: ReturnColumn) -> String {
        guard let position = table.columns.firstIndex(of: column) else { return "" }
        return cells[position]
    }

    /// The value as the department's tools compare it: in capitals.
    func code(_ column: ReturnColumn) -> String { self[column].uppercased() }

    /// The day a column holds, or nil where it is blank.
    func day(_ column: ReturnColumn) -> Day? { ReturnDate.day(self[column]) }

    func replacing(_ column: ReturnColumn, with value: String, quoted isQuoted: Bool) -> ReturnRow {
        guard let position = table.columns.firstIndex(of: column) else { return self }
        var cells = cells
        cells[position] = value
        let others = quoted.filter { $0 != column }
        return ReturnRow(
            table: table, line: line, cells: cells, quoted: table.inOrder(others + (isQuoted ? [column] : [])))
    }
}

extension ReturnTable {
    func inOrder(_ some: [ReturnColumn]) -> [ReturnColumn] { columns.filter(some.contains) }
}

extension ReturnRow: Codable {
    private enum Key: String, CodingKey { case table, line, cells, quoted }

    /// Reads the kept form; a row with too few or too many cells is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        table = try container.decode(ReturnTable.self, forKey: .table)
        line = try container.decode(Int.self, forKey: .line)
        cells = try container.decode([String].self, forKey: .cells)
        quoted = try container.decodeIfPresent([ReturnColumn].self, forKey: .quoted) ?? []
        guard cells.count == table.columns.count, line > 1, quoted == table.inOrder(quoted) else {
            throw DecodingError.dataCorruptedError(forKey: .cells, in: container, debugDescription: "not a row")
        }
    }

    /// Writes the kept form; `quoted` is left out where nothing was.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(table, forKey: .table)
        try container.encode(line, forKey: .line)
        try container.encode(cells, forKey: .cells)
        if !quoted.isEmpty { try container.encode(quoted, forKey: .quoted) }
    }
}
