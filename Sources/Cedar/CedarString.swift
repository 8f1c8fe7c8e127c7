/// A text as Cedar compares it: scalar by scalar, never by canonical equivalence.
///
/// Swift holds `"é"` written as one scalar and as two to be the same text, and hashes them alike. In an authorisation
/// engine that would let one identifier pass for another, so every text a policy can compare is held in this type.
/// Literals work: `let role: CedarString = "auditor"`.
public struct CedarString: Sendable {
    let storage: Storage

    /// The text, for showing to a person. Compare ``CedarString`` values, not this.
    public var text: String { storage.text }

    /// Holds a text for comparison by its bytes.
    public init(_ text: String) { storage = Storage(text) }

    init(storage: Storage) { self.storage = storage }

    /// A text with its hash, worked out once.
    final class Storage: Sendable {
        let text: String
        /// Keyed anew in every process, so that nobody outside can make texts whose hashes collide.
        let hash: Int

        init(_ text: String) {
            var text = text
            text.makeContiguousUTF8()
            self.text = text
            var hasher = Hasher()
            text.hashBytes(into: &hasher)
            hash = hasher.finalize()
        }
    }
}

extension CedarString: Hashable, Comparable {
    /// True when both have the same UTF-8 bytes.
    public static func == (left: CedarString, right: CedarString) -> Bool {
        left.storage === right.storage || left.storage.hasSameBytes(as: right.storage)
    }

    /// Orders by UTF-8 bytes, which is the order of the Unicode scalars.
    public static func < (left: CedarString, right: CedarString) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Feeds the text's hash to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }
}

extension CedarString: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Holds the text of a literal.
    public init(stringLiteral text: String) { self.init(text) }

    /// The text itself.
    public var description: String { text }
}

extension CedarString.Storage {
    /// True when the other text has the same UTF-8 bytes; told from the hashes alone in almost every case of difference.
    func hasSameBytes(as other: CedarString.Storage) -> Bool {
        hash == other.hash && text.hasSameBytes(as: other.text)
    }
}

extension String {
    /// True when the other text has the same UTF-8 bytes.
    func hasSameBytes(as other: String) -> Bool {
        let same = utf8.withContiguousStorageIfAvailable { mine in
            other.utf8.withContiguousStorageIfAvailable { theirs in mine.elementsEqual(theirs) }
        }
        return (same ?? nil) ?? utf8.elementsEqual(other.utf8)
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
