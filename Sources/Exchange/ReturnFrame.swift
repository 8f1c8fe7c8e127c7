public import Foundation

/// Everything about a return's files that is not a value of a row: enough, with the rows, to write identical files.
public struct ReturnFrame: Hashable, Sendable, Codable {
    /// The tables, in the order of ``ReturnTable``.
    public let tables: [TableFrame]

    /// The form of one file.
    public struct TableFrame: Hashable, Sendable, Codable {
        /// The table it holds.
        public let table: ReturnTable
        /// The file's name, without a path.
        public let fileName: String
        /// The heading in the file's order.
        public let columns: [ReturnColumn]
        /// Columns whose heading stood in quotation marks.
        public let quotedHeadings: [ReturnColumn]
        /// Whether the file began with a byte order mark.
        public let byteOrderMark: Bool
        /// How the heading's line ended, as most others do.
        public let lineEnding: CommaSeparatedTable.LineEnding
        /// Lines that ended otherwise: with the other ending, or the last one with nothing.
        public let otherEndings: [OtherEnding]
        /// Blank lines at the very end.
        public let tail: String
        /// How many rows follow the heading.
        public let rowCount: Int
    }

    /// A line that ends otherwise than the heading.
    public struct OtherEnding: Hashable, Sendable, Codable {
        /// The line.
        public let line: Int
        /// How it ends.
        public let ending: CommaSeparatedTable.LineEnding
    }

    init(tables: [TableFrame]) {
        self.tables = tables
    }

    /// The form in which the vault seals it: JSON with sorted keys, the same bytes for the same frame.
    public func encoded() throws(ReturnFault) -> Data { try KeptForm.encode(self, as: .frame) }

    /// Reads the sealed form.
    public init(encoded: Data) throws(ReturnFault) { self = try KeptForm.decode(encoded, as: .frame) }
}

extension ReturnFrame.TableFrame {
    init(table: ReturnTable, fileName: String, read: CommaSeparatedTable) {
        let heading = read.records[0]
        let columns = heading.cells.compactMap(ReturnColumn.init(rawValue:))
        let others = read.records.enumerated().filter { $0.element.ending != heading.ending }
        self.init(
            table: table, fileName: fileName, columns: columns, quotedHeadings: heading.quoted.map { columns[$0] },
            byteOrderMark: read.hasByteOrderMark, lineEnding: heading.ending,
            otherEndings: others.map { ReturnFrame.OtherEnding(line: $0.offset + 1, ending: $0.element.ending) },
            tail: read.tail, rowCount: read.records.count - 1)
    }
}
