/// Cuts a policy text into tokens.
///
/// Blank is whatever Unicode calls White_Space (a byte order mark is not); comments run from `//` to the line's end.
struct Lexer {
    private let source: [UInt8]
    private var position = 0

    init(_ source: [UInt8]) { self.source = source }

    /// All tokens of a text, the last of them ``Token/Kind/end``.
    static func tokens(of source: [UInt8]) throws(ParseFault) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        repeat {
            tokens.append(try lexer.next())
        } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws(ParseFault) -> Token {
        skipBlank()
        let start = position
        guard start < source.count else { return Token(kind: .end, range: start..<start) }
        let kind: Token.Kind
        switch source[start] {
        case let byte where byte.beginsIdentifier:
            kind = .identifier(takeIdentifier())
        case let byte where byte.isDigit:
            kind = .integer(try takeInteger())
        case UInt8(ascii: "\""):
            try skipString()
            kind = .string
        case UInt8(ascii: "?"):
            position += 1
            let beginsName = position < source.count && source[position].beginsIdentifier
            kind = beginsName ? .slot(takeIdentifier()) : .symbol(.question)
        default:
            kind = .symbol(try takeSymbol())
        }
        return Token(kind: kind, range: start..<position)
    }

    private mutating func skipBlank() {
        while position < source.count {
            let blank = blankByteCount(at: position)
            if blank > 0 {
                position += blank
            } else if source[position] == UInt8(ascii: "/"), position + 1 < source.count,
                source[position + 1] == UInt8(ascii: "/")
            {
                while position < source.count, !source[position].endsLine { position += 1 }
            } else {
                return
            }
        }
    }

    /// How many bytes the blank scalar at a place has, 0 if it is not blank.
    private func blankByteCount(at place: Int) -> Int {
        let byte = source[place]
        if byte < 0x80 { return byte == 0x20 || (0x09...0x0D).contains(byte) ? 1 : 0 }
        guard
            let scalar = String(decoding: source[place..<min(place + 4, source.count)], as: UTF8.self).unicodeScalars
                .first
        else { return 0 }
        return scalar.properties.isWhitespace ? UTF8.width(scalar) : 0
    }

    private mutating func takeIdentifier() -> String {
        let start = position
        while position < source.count, source[position].beginsIdentifier || source[position].isDigit { position += 1 }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    private mutating func takeInteger() throws(ParseFault) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        var overflows = false
        while position < source.count, source[position].isDigit {
            let (tenfold, lost) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tenfold.addingReportingOverflow(UInt64(source[position] - UInt8(ascii: "0")))
            (value, overflows) = (sum, overflows || lost || carried)
            position += 1
        }
        guard !overflows else { throw ParseFault("this number is too large", at: start, in: source) }
        return value
    }

    private mutating func skipString() throws(ParseFault) {
        let start = position
        position += 1
        while position < source.count, source[position] != UInt8(ascii: "\"") {
            // A backslash takes the next byte with it, so that `\"` does not end the text; but never a line's end.
            if source[position] == UInt8(ascii: "\\") {
                position += 1
                guard position < source.count, source[position] != UInt8(ascii: "\n") else { break }
            }
            position += 1
        }
        guard position < source.count, source[position] == UInt8(ascii: "\"") else {
            throw ParseFault("this text has no closing quote", at: start, in: source)
        }
        position += 1
    }

    /// Two characters are tried before one, so that `<=` is not read as `<` and `=`.
    private mutating func takeSymbol() throws(ParseFault) -> Token.Symbol {
        for byteCount in [2, 1] where position + byteCount <= source.count {
            if let symbol = Token.Symbol(source[position..<(position + byteCount)]) {
                position += byteCount
                return symbol
            }
        }
        let scalar = String(decoding: source[position...].prefix(4), as: UTF8.self).unicodeScalars.first
        let shown = StringEscapes.escape(scalar.map(String.init) ?? "")
        throw ParseFault("`\(shown)` begins no token", at: position, in: source)
    }
}

extension UInt8 {
    /// True for an ASCII letter or `_`.
    var beginsIdentifier: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    fileprivate var endsLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
