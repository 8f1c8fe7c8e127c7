/// Why a text is not Cedar, and where.
///
/// The message is lower-case, without a full stop, and quotes only the policy text itself.
public struct ParseFault: Error, Hashable, Sendable {
    /// The name given to the text, or nil when it had none.
    public let file: String?
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, counted in Unicode scalars.
    public let column: Int
    /// What was expected, what was found, or which rule is broken.
    public let message: String

    /// A fault at a place.
    public init(file: String? = nil, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// A fault at a byte offset of a text.
    init(_ message: String, at offset: Int, in source: [UInt8]) {
        let (line, column) = TextPosition.lineAndColumn(of: offset, in: source)
        self.init(line: line, column: column, message: message)
    }

    /// The same fault, said to be in a named file.
    func inFile(_ name: String) -> ParseFault {
        ParseFault(file: name, line: line, column: column, message: message)
    }
}

extension ParseFault: CustomStringConvertible {
    /// `care.cedar:3:14: expected …, found …`
    public var description: String { "\(file.map { "\($0):" } ?? "")\(line):\(column): \(message)" }
}

/// Lines and columns are found only when a fault is told, so that reading stays on byte offsets.
enum TextPosition {
    /// The line and column of a byte offset, both from 1; columns count Unicode scalars.
    static func lineAndColumn(of offset: Int, in source: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in source[..<min(offset, source.count)] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
