public import Foundation

/// One value as it stands in a column: nothing, a whole number, text or bytes.
///
/// Real numbers are not kept. Text with a zero character is refused when it is written, because SQLite would cut it
/// there.
public enum StoredValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob(Data)

    /// The number, or null.
    public init(_ integer: Int64?) {
        self = integer.map(StoredValue.integer) ?? .null
    }

    /// The number, or null.
    public init(_ integer: Int?) {
        self = integer.map { .integer(Int64($0)) } ?? .null
    }

    /// The text, or null.
    public init(_ text: String?) {
        self = text.map(StoredValue.text) ?? .null
    }

    /// The bytes, or null. No bytes are not null.
    public init(_ blob: Data?) {
        self = blob.map(StoredValue.blob) ?? .null
    }

    /// 1 for yes and 0 for no.
    public init(_ truth: Bool) {
        self = .integer(truth ? 1 : 0)
    }
}

extension StoredValue: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// Null.
    public init(nilLiteral: ()) {
        self = .null
    }

    /// The number.
    public init(integerLiteral integer: Int64) {
        self = .integer(integer)
    }

    /// The text.
    public init(stringLiteral text: String) {
        self = .text(text)
    }
}
