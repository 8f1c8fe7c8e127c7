/// A word of the language, with the bytes it stands on.
struct Token {
    enum Kind: Equatable {
        case identifier(String)
        /// A whole number as written, without a sign.
        case integer(UInt64)
        /// A text between quotes, its escapes unread: what they mean depends on the place.
        case string
        /// `?principal` and the like.
        case slot(String)
        case symbol(Symbol)
        case end
    }

    enum Symbol: String, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case and = "&&"
        case or = "||"
        case doubleColon = "::"
        case less = "<"
        case greater = ">"
        case assign = "="
        case not = "!"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case remainder = "%"
        case at = "@"
        case dot = "."
        case comma = ","
        case semicolon = ";"
        case colon = ":"
        /// Of an attribute that may be absent, in a schema.
        case question = "?"
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBrace = "{"
        case closeBrace = "}"
        case openBracket = "["
        case closeBracket = "]"

        /// The symbol of exactly these bytes, one or two of them.
        init?(_ bytes: ArraySlice<UInt8>) {
            guard let symbol = Self.byBytes[Self.key(bytes)] else { return nil }
            self = symbol
        }

        private static let byBytes = Dictionary(uniqueKeysWithValues: allCases.map { (key($0.rawValue.utf8), $0) })

        private static func key(_ bytes: some Sequence<UInt8>) -> UInt16 { bytes.reduce(0) { $0 << 8 | UInt16($1) } }
    }

    let kind: Kind
    /// Byte offsets into the source.
    let range: Range<Int>
}

/// The words that cannot be used as a name.
enum ReservedWord {
    static let all: Set<String> = inSchemas.union(["__cedar"])

    /// The same in a schema, where `__cedar` begins the full names of the built-in types.
    static let inSchemas: Set<String> = [
        "true", "false", "if", "then", "else", "in", "like", "has", "is",
    ]
}
