public import Foundation

extension CommaSeparatedTable {
    /// Reads a whole table.
    ///
    /// - Throws: a ``ReturnFault`` for the first line that is not strictly of the form. Every record must have as many
    ///   fields as the heading.
    public init(reading bytes: Data, file: String) throws(ReturnFault) {
        var reader = try CommaSeparatedReader(bytes, file: file)
        let heading = try reader.record()
        var records = [heading]
        var last = 1
        while !reader.isAtTail {
            let line = reader.line
            last = line
            let record = try reader.record()
            guard record.cells.count == heading.cells.count else {
                throw .line(file: file, line, .ragged(expected: heading.cells.count, found: record.cells.count))
            }
            records.append(record)
        }
        // A row cut short inside its last field looks whole but for this.
        guard reader.endsWithLineEnd else { throw .line(file: file, last, .lineNotEnded) }
        self.init(hasByteOrderMark: reader.hasByteOrderMark, records: records, tail: reader.tail)
    }

    /// Reads the heading alone, which is enough to know the table.
    public static func heading(of bytes: Data, file: String) throws(ReturnFault) -> [String] {
        var reader = try CommaSeparatedReader(bytes, file: file)
        return try reader.record().cells
    }
}

/// One pass over the bytes, a record at a time.
struct CommaSeparatedReader {
    let hasByteOrderMark: Bool
    /// The number of the next line, from 1.
    private(set) var line = 1

    private let bytes: [UInt8]
    private let file: String
    private var next: Int
    /// Where only line ends remain.
    private let tailStart: Int

    init(_ input: Data, file: String) throws(ReturnFault) {
        let bytes = [UInt8](input)
        guard !bytes.isEmpty else { throw .file(file, .empty) }
        guard !Self.looksLikeUTF16(bytes) else { throw .file(file, .utf16) }
        self.bytes = bytes
        self.file = file
        hasByteOrderMark = bytes.starts(with: CommaSeparated.byteOrderMark)
        next = hasByteOrderMark ? CommaSeparated.byteOrderMark.count : 0
        tailStart = Self.tailStart(of: bytes, from: next)
        guard next < tailStart else { throw .file(file, .empty) }
    }

    var isAtTail: Bool { next >= tailStart }

    var endsWithLineEnd: Bool {
        bytes.last == CommaSeparated.lineFeed || bytes.last == CommaSeparated.carriageReturn
    }

    var tail: String { String(decoding: bytes[next...], as: UTF8.self) }

    mutating func record() throws(ReturnFault) -> CommaSeparatedTable.Record {
        var cells: [String] = []
        var quoted: [Int] = []
        while true {
            if next < bytes.count, bytes[next] == CommaSeparated.quote {
                quoted.append(cells.count)
                cells.append(try quotedField())
            } else {
                cells.append(try plainField())
            }
            guard next < bytes.count, bytes[next] == CommaSeparated.comma else { break }
            next += 1
        }
        let ending = try lineEnding()
        line += 1
        return CommaSeparatedTable.Record(cells: cells, quoted: quoted, ending: ending)
    }

    private mutating func plainField() throws(ReturnFault) -> String {
        let start = next
        while next < bytes.count, !Self.endsField(bytes[next]) {
            guard bytes[next] != CommaSeparated.quote else { throw fault(.quoteInsideField) }
            next += 1
        }
        return try text(bytes[start..<next])
    }

    private mutating func quotedField() throws(ReturnFault) -> String {
        next += 1
        var field: [UInt8] = []
        while next < bytes.count, bytes[next] != CommaSeparated.lineFeed, bytes[next] != CommaSeparated.carriageReturn {
            let byte = bytes[next]
            next += 1
            if byte == CommaSeparated.quote {
                guard next < bytes.count, bytes[next] == CommaSeparated.quote else {
                    guard next == bytes.count || Self.endsField(bytes[next]) else { throw fault(.quoteInsideField) }
                    return try text(field[...])
                }
                next += 1
            }
            field.append(byte)
        }
        throw fault(.quoteNotClosed)
    }

    private mutating func lineEnding() throws(ReturnFault) -> CommaSeparatedTable.LineEnding {
        guard next < bytes.count else { return .nothing }
        if bytes[next] == CommaSeparated.lineFeed {
            next += 1
            return .lineFeed
        }
        guard next + 1 < bytes.count, bytes[next + 1] == CommaSeparated.lineFeed else { throw fault(.controlCharacter) }
        next += 2
        return .carriageReturnLineFeed
    }

    private func text(_ field: ArraySlice<UInt8>) throws(ReturnFault) -> String {
        guard field.count <= CommaSeparated.longestFieldByteCount else { throw fault(.fieldTooLong) }
        if field.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(decoding: field, as: UTF8.self) }
        guard let text = String(validating: field, as: UTF8.self) else { throw fault(.notUTF8) }
        guard !text.unicodeScalars.contains(where: { Self.unseen.contains($0.properties.generalCategory) }) else {
            throw fault(.controlCharacter)
        }
        return text
    }

    private func fault(_ trouble: ReturnFault.LineTrouble) -> ReturnFault {
        .line(file: file, line, trouble)
    }

    /// Characters nobody can see on a page: a row that holds one would read otherwise than it is.
    private static let unseen: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator]

    private static func endsField(_ byte: UInt8) -> Bool {
        byte == CommaSeparated.comma || byte == CommaSeparated.lineFeed || byte == CommaSeparated.carriageReturn
    }

    /// A UTF-16 mark, or an ASCII heading spread over two bytes a character. A lone NUL is damage, and told otherwise.
    private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        guard bytes.count >= 4 else { return false }
        let isNull = bytes.prefix(4).map { $0 == 0 }
        return isNull == [true, false, true, false] || isNull == [false, true, false, true]
    }

    /// The end of the last line that holds something, its own line end included.
    private static func tailStart(of bytes: [UInt8], from start: Int) -> Int {
        var end = bytes.count
        while end > start, bytes[end - 1] == CommaSeparated.lineFeed || bytes[end - 1] == CommaSeparated.carriageReturn
        {
            end -= 1
        }
        guard end > start else { return start }
        if end < bytes.count, bytes[end] == CommaSeparated.lineFeed { return end + 1 }
        return min(end + 2, bytes.count)
    }
}
