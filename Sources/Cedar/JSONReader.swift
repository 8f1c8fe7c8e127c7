/// Reads JSON by RFC 8259, more strictly than it asks: see ``JSONValue``.
struct JSONReader {
    /// How deep lists and objects may nest; reading and releasing them recurse. The reference engine has the same bound.
    static let nestingLimit = 127

    private let source: [UInt8]
    private var position = 0
    private var nesting = 0

    init(_ source: [UInt8]) { self.source = source }

    mutating func document() throws(JSONFault) -> JSONValue {
        let value = try value()
        skipBlank()
        guard position == source.count else { throw fault("expected the end") }
        return value
    }

    private mutating func value() throws(JSONFault) -> JSONValue {
        skipBlank()
        switch current {
        case UInt8(ascii: "{"): return try nested { (reader) throws(JSONFault) in try reader.object() }
        case UInt8(ascii: "["): return try nested { (reader) throws(JSONFault) in try reader.array() }
        case UInt8(ascii: "\""): return .string(CedarString(try string()))
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case let byte? where byte.isDigit || byte == UInt8(ascii: "-"): return .integer(try integer())
        default: throw fault("expected a value")
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONFault) -> JSONValue
    ) throws(JSONFault) -> JSONValue {
        nesting += 1
        guard nesting <= Self.nestingLimit else { throw fault("this nests deeper than \(Self.nestingLimit) levels") }
        position += 1
        let value = try read(&self)
        nesting -= 1
        return value
    }

    private mutating func array() throws(JSONFault) -> JSONValue {
        var members: [JSONValue] = []
        if take("]") { return .array(members) }
        repeat { members.append(try value()) } while take(",")
        guard take("]") else { throw fault("expected `,` or `]`") }
        return .array(members)
    }

    private mutating func object() throws(JSONFault) -> JSONValue {
        var members: [CedarString: JSONValue] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipBlank()
            let start = position
            guard current == UInt8(ascii: "\"") else { throw fault("expected a key") }
            let key = CedarString(try string())
            guard take(":") else { throw fault("expected `:`") }
            guard members.updateValue(try value(), forKey: key) == nil else {
                throw fault("this key stands twice in one object", at: start)
            }
        } while take(",")
        guard take("}") else { throw fault("expected `,` or `}`") }
        return .object(members)
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        guard source[position...].starts(with: word.utf8) else { throw fault("expected a value") }
        position += word.utf8.count
        return value
    }

    private mutating func integer() throws(JSONFault) -> Int64 {
        let start = position
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let digits = source[position...].prefix(while: \.isDigit)
        position += digits.count
        guard !digits.isEmpty else { throw fault("expected a digit") }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            throw fault("a number may not begin with 0", at: start)
        }
        if let byte = current, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte) {
            throw fault("only whole numbers are numbers here", at: start)
        }
        var number = CheckedNumber(isNegative: isNegative)
        for digit in digits { number.append(digit: digit) }
        guard let value = number.value else { throw fault("this number does not fit 64 bits", at: start) }
        guard value != 0 || !isNegative else { throw fault("zero has no sign", at: start) }
        return value
    }

    private mutating func string() throws(JSONFault) -> String {
        position += 1
        var bytes: [UInt8] = []
        let start = position
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw fault("a control character in a text must be escaped") }
            position += 1
            if byte == UInt8(ascii: "\\") {
                bytes += Array(String(try escape()).utf8)
            } else {
                bytes.append(byte)
            }
        }
        guard current != nil else { throw fault("this text has no closing quote", at: start - 1) }
        position += 1
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw fault("this text is not UTF-8", at: start)
        }
        return text
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        let start = position - 1
        defer { position += 1 }
        switch current {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar(from: start)
        default: throw fault("this is no escape", at: start)
        }
    }

    /// `uXXXX`, or a pair of them for a scalar beyond the basic plane; half a pair is refused.
    private mutating func scalar(from start: Int) throws(JSONFault) -> Unicode.Scalar {
        let first = try codeUnit(at: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800...0xDBFF).contains(first), source[(position + 1)...].starts(with: "\\u".utf8) else {
            throw fault("half of a surrogate pair", at: start)
        }
        position += 2
        let second = try codeUnit(at: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("half of a surrogate pair", at: start) }
        return scalar
    }

    /// Four hexadecimal digits after the `u` at the position; afterwards the last of them stands there.
    private mutating func codeUnit(at start: Int) throws(JSONFault) -> UInt32 {
        let digits = source[(position + 1)...].prefix(4).compactMap(\.hexDigitValue)
        guard digits.count == 4 else { throw fault("`\\u` takes four hexadecimal digits", at: start) }
        position += 4
        return digits.reduce(0) { $0 << 4 | $1 }
    }

    private var current: UInt8? { position < source.count ? source[position] : nil }

    private mutating func skipBlank() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ symbol: Unicode.Scalar) -> Bool {
        skipBlank()
        guard current == UInt8(ascii: symbol) else { return false }
        position += 1
        return true
    }

    private func fault(_ message: String, at place: Int? = nil) -> JSONFault {
        let (line, column) = TextPosition.lineAndColumn(of: place ?? position, in: source)
        return .malformed(line: line, column: column, message: message)
    }
}
