public import Foundation

/// A table of comma separated values read so strictly that writing it back gives the identical bytes.
///
/// The form is RFC 4180 in UTF-8, one record a line: a field never runs over a line's end, so the line's number is the
/// record's number. What the form leaves free is remembered: the byte order mark, which fields were quoted, how each
/// line ends, and blank lines at the very end.
public struct CommaSeparatedTable: Hashable, Sendable {
    /// One line: its fields as they read, and the positions of those that stood in quotation marks.
    public struct Record: Hashable, Sendable {
        /// The fields, unquoted.
        public let cells: [String]
        /// Positions of the quoted fields, ascending.
        public let quoted: [Int]
        /// How the line ended; only the last may end with nothing.
        public let ending: LineEnding

        /// Makes a record; requires that a cell with a comma, a quotation mark or a line's end in it is quoted.
        public init(cells: [String], quoted: [Int], ending: LineEnding) {
            self.cells = cells
            self.quoted = quoted
            self.ending = ending
        }
    }

    /// How a line ends.
    public enum LineEnding: String, Hashable, Sendable, Codable {
        case lineFeed = "\n"
        case carriageReturnLineFeed = "\r\n"
        case nothing = ""
    }

    /// Whether the file begins with the byte order mark EF BB BF.
    public let hasByteOrderMark: Bool
    /// The lines, the heading first.
    public let records: [Record]
    /// Line ends after the last record: blank lines, which hold no row.
    public let tail: String

    /// Makes a table for writing.
    public init(hasByteOrderMark: Bool, records: [Record], tail: String) {
        self.hasByteOrderMark = hasByteOrderMark
        self.records = records
        self.tail = tail
    }

    /// The table's bytes: of a table that was read, the identical ones.
    public var bytes: Data {
        var bytes = Data(hasByteOrderMark ? CommaSeparated.byteOrderMark : [])
        for record in records {
            let quoted = Set(record.quoted)
            let fields = record.cells.enumerated().map { position, cell in
                quoted.contains(position) ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }
            bytes.append(contentsOf: fields.joined(separator: ",").utf8)
            bytes.append(contentsOf: record.ending.rawValue.utf8)
        }
        bytes.append(contentsOf: tail.utf8)
        return bytes
    }
}

enum CommaSeparated {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    static let longestFieldByteCount = 4_096
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let comma = UInt8(ascii: ",")
    static let quote = UInt8(ascii: "\"")
}
