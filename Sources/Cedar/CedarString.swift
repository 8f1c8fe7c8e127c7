/// A text as Cedar compares it: scalar by scalar, never by canonical equivalence.
///
/// Swift holds `"é"` written as one scalar and as two to be the same text, and hashes them alike. In an authorisation
/// engine that would let one identifier pass for another, so every text a policy can compare is held in this type.
/// Literals work: `let role: CedarString = "auditor"`.
public struct CedarString: Sendable {
    /// The text, for showing to a person. Compare ``CedarString`` values, not this.
    public let text: String

    /// Holds a text for comparison by its bytes.
    public init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        self.text = text
    }
}

extension CedarString: Hashable, Comparable {
    /// True when both have the same UTF-8 bytes.
    public static func == (left: CedarString, right: CedarString) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// Orders by UTF-8 bytes, which is the order of the Unicode scalars.
    public static func < (left: CedarString, right: CedarString) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Feeds the UTF-8 bytes to the hasher.
    public func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}

extension CedarString: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Holds the text of a literal.
    public init(stringLiteral text: String) { self.init(text) }

    /// The text itself.
    public var description: String { text }
}

extension String {
    /// True when the other text has the same UTF-8 bytes.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// Feeds the UTF-8 bytes, and an end mark, so that two neighbouring texts cannot lend each other a byte.
    func hashBytes(into hasher: inout Hasher) {
        let hashed: Void? = utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        if hashed == nil {
            for byte in utf8 { hasher.combine(byte) }
        }
        hasher.combine(0xFF as UInt8)
    }
}
