/// A JSON value, read strictly.
///
/// Numbers are whole numbers of 64 bits and nothing else: `1.0` and `1e3` are refused, since what a policy compares
/// must have one spelling. A repeated key is refused, since two readers would keep different ones.
public enum JSONValue: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A text.
    case string(CedarString)
    /// A list.
    case array([JSONValue])
    /// An object; its keys are compared by their bytes.
    case object([CedarString: JSONValue])

    /// Reads one JSON text of RFC 8259 in UTF-8, without a byte order mark.
    ///
    /// - Throws: ``JSONFault/malformed(line:column:message:)``.
    public init(parsing bytes: [UInt8]) throws(JSONFault) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }

    /// The value under a key of an object, or nil.
    public subscript(key: CedarString) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The members of a list, or nil.
    public var array: [JSONValue]? {
        guard case .array(let members) = self else { return nil }
        return members
    }

    /// The members of an object by their keys, or nil.
    public var object: [CedarString: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The text, or nil.
    public var string: String? {
        guard case .string(let string) = self else { return nil }
        return string.text
    }

    /// The kind of value, for messages.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a bool"
        case .integer: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral text: String) { self = .string(CedarString(text)) }
}

/// Why a JSON text could not be read as what it should be.
public enum JSONFault: Error, Hashable, Sendable {
    /// It is not JSON as ``JSONValue`` reads it. Line and column are counted from 1.
    case malformed(line: Int, column: Int, message: String)
    /// It is JSON, but something in it is not what should stand there.
    case unexpected(path: String, message: String)
    /// The entities were read but cannot be used together.
    case entities(Entities.Fault)
}

extension JSONFault: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .malformed(let line, let column, let message): "\(line):\(column): \(message)"
        case .unexpected(let path, let message): "\(path): \(message)"
        case .entities(let fault): fault.description
        }
    }
}
