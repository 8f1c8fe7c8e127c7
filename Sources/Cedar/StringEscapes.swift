/// The escapes of a text between quotes: `\n \r \t \\ \' \" \0 \xHH \u{H…}` and, in a pattern alone, `\*`.
enum StringEscapes {
    /// One scalar of an unescaped text.
    enum Piece: Equatable {
        case scalar(Unicode.Scalar)
        /// `\*`, which only a pattern knows.
        case escapedStar
    }

    /// What is wrong with an escape, and where in the bytes.
    struct Wrong: Error {
        let message: String
        let offset: Int
    }

    /// Reads the bytes between the quotes.
    ///
    /// A raw line feed may stand in a text, a raw carriage return may not: the language has it so.
    static func pieces(of bytes: ArraySlice<UInt8>) throws(Wrong) -> [Piece] {
        var pieces: [Piece] = []
        var rest = bytes
        while let first = rest.first {
            if first == UInt8(ascii: "\\") {
                pieces.append(try removeEscape(from: &rest))
            } else if first == UInt8(ascii: "\r") {
                throw Wrong(message: "a carriage return in a text must be written `\\r`", offset: rest.startIndex)
            } else {
                // The source came from a String, so a whole scalar stands here.
                let end = rest.dropFirst().firstIndex { $0 & 0xC0 != 0x80 } ?? rest.endIndex
                let scalars = String(decoding: rest[rest.startIndex..<end], as: UTF8.self).unicodeScalars
                pieces += scalars.map { .scalar($0) }
                rest = rest[end...]
            }
        }
        return pieces
    }

    /// Writes a text so that ``pieces(of:)`` reads it back; the quotes are not part of it.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars { append(scalar, to: &escaped) }
        return escaped
    }

    /// The text between quotes, as the parser reads it back.
    static func quote(_ text: String) -> String { "\"\(escape(text))\"" }

    /// Writes one scalar, escaped where it must be or where a reader would not see it.
    static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\0": text += "\\0"
        case "\\": text += "\\\\"
        case "\"": text += "\\\""
        // Controls, and marks that would join the letter or quote before them, are spelt out.
        case _ where scalar.isUnprintable:
            text += "\\u{\(String(scalar.value, radix: 16))}"
        default: text.unicodeScalars.append(scalar)
        }
    }

    /// A text from outside as it may stand in a message: what a reader would not see, or a terminal act upon, is spelt out.
    static func visible(_ text: String) -> String {
        var visible = ""
        for scalar in text.unicodeScalars {
            if scalar.isUnprintable {
                visible += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }

    private static func removeEscape(from rest: inout ArraySlice<UInt8>) throws(Wrong) -> Piece {
        let start = rest.startIndex
        let letter = rest.dropFirst().first
        rest = rest.dropFirst(2)
        switch letter {
        case UInt8(ascii: "n"): return .scalar("\n")
        case UInt8(ascii: "r"): return .scalar("\r")
        case UInt8(ascii: "t"): return .scalar("\t")
        case UInt8(ascii: "0"): return .scalar("\0")
        case UInt8(ascii: "\\"): return .scalar("\\")
        case UInt8(ascii: "'"): return .scalar("'")
        case UInt8(ascii: "\""): return .scalar("\"")
        case UInt8(ascii: "*"): return .escapedStar
        case UInt8(ascii: "x"):
            if let scalar = removeHexPair(from: &rest) { return .scalar(scalar) }
            throw Wrong(message: "`\\x` takes two hexadecimal digits, at most `7F`", offset: start)
        case UInt8(ascii: "u"):
            if let scalar = removeBraced(from: &rest) { return .scalar(scalar) }
            throw Wrong(message: "`\\u` takes one to six hexadecimal digits of a scalar in braces", offset: start)
        default:
            throw Wrong(
                message: "this is no escape: `\\` stands before n, r, t, 0, x, u, \\, ' and \" only", offset: start)
        }
    }

    private static func removeHexPair(from rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        let digits = rest.prefix(2).compactMap(\.hexDigitValue)
        guard digits.count == 2 else { return nil }
        rest = rest.dropFirst(2)
        let value = digits[0] << 4 | digits[1]
        return value < 0x80 ? Unicode.Scalar(value) : nil
    }

    /// `{H…}`: one to six digits, with `_` allowed anywhere but first.
    private static func removeBraced(from rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard rest.first == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let inside = rest[(rest.startIndex + 1)..<end]
        guard inside.first != UInt8(ascii: "_") else { return nil }
        var value: UInt32 = 0
        var digitCount = 0
        for byte in inside where byte != UInt8(ascii: "_") {
            guard let digit = byte.hexDigitValue, digitCount < 6 else { return nil }
            value = value << 4 | digit
            digitCount += 1
        }
        guard digitCount > 0 else { return nil }
        rest = rest[(end + 1)...]
        return Unicode.Scalar(value)
    }
}

extension Unicode.Scalar {
    /// True for what a reader would not see, or would see as part of the scalar before it.
    var isUnprintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .nonspacingMark, .enclosingMark, .spacingMark:
            true
        default: false
        }
    }
}
