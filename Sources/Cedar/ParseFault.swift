/// Why a text is not Cedar, and where.
///
/// The message is lower-case, without a full stop, and quotes only the policy text itself.
public struct ParseFault: Error, Sendable {
    /// The name given to the text, or nil when it had none.
    public let file: String?
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, counted in Unicode scalars.
    public let column: Int
    /// What was expected, what was found, or which rule is broken.
    public let message: String
    /// The line itself and below it a caret under the column, or nil for a fault made without its text.
    ///
    /// ```
    /// 3 | when { principal.active( };
    ///   |                          ^
    /// ```
    ///
    /// A tab is shown as one blank, what cannot be seen is spelt out as in a policy, and of a long line the part around
    /// the column is shown.
    public let snippet: String?

    /// A fault at a place.
    public init(file: String? = nil, line: Int, column: Int, message: String) {
        self.init(file: file, line: line, column: column, message: message, snippet: nil)
    }

    private init(file: String?, line: Int, column: Int, message: String, snippet: String?) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.snippet = snippet
    }

    /// A fault at a byte offset of a text.
    init(_ message: String, at offset: Int, in source: [UInt8]) {
        let (line, column) = TextPosition.lineAndColumn(of: offset, in: source)
        self.init(
            file: nil, line: line, column: column, message: message,
            snippet: SourceSnippet.text(of: source, at: offset, line: line))
    }

    /// The same fault, said to be in a named file.
    func inFile(_ name: String) -> ParseFault {
        ParseFault(file: name, line: line, column: column, message: message, snippet: snippet)
    }
}

extension ParseFault: Hashable {
    /// True when both say the same of the same place; the text shown beside it does not count.
    public static func == (left: ParseFault, right: ParseFault) -> Bool {
        left.file == right.file && left.line == right.line && left.column == right.column
            && left.message == right.message
    }

    /// Feeds what is compared to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(file)
        hasher.combine(line)
        hasher.combine(column)
        hasher.combine(message)
    }
}

extension ParseFault: CustomStringConvertible {
    /// One line: `care.cedar:3:14: expected …, found …`
    public var description: String { "\(file.map { "\($0):" } ?? "")\(line):\(column): \(message)" }

    /// The description, and below it the ``snippet`` where there is one.
    public var explanation: String { snippet.map { "\(description)\n\($0)" } ?? description }
}

/// Lines and columns are found only when a fault is told, so that reading stays on byte offsets.
struct TextPosition {
    private(set) var line = 1
    private(set) var column = 1
    private var offset = 0
    private let source: [UInt8]

    /// The beginning of a text.
    init(in source: [UInt8]) { self.source = source }

    /// Goes on to a byte offset, which must not lie before the last: places asked for in order cost one walk in all.
    mutating func advance(to end: Int) {
        while offset < min(end, source.count) {
            if source[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if source[offset] & 0xC0 != 0x80 {
                column += 1
            }
            offset += 1
        }
    }

    /// The line and column of a byte offset, both from 1; columns count Unicode scalars.
    static func lineAndColumn(of offset: Int, in source: [UInt8]) -> (line: Int, column: Int) {
        var position = TextPosition(in: source)
        position.advance(to: offset)
        return (position.line, position.column)
    }
}
