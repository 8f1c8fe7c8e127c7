/// Cedar's record: values under attribute names, compared whatever their order.
///
/// Names are compared byte by byte, as ``CedarString`` explains. Written as a literal: `["active": true]`.
public struct CedarRecord: Hashable, Sendable {
    private var values: [CedarString: Value]

    /// A record of these attributes.
    public init(_ values: [CedarString: Value] = [:]) { self.values = values }

    /// A record of these attributes.
    ///
    /// Swift has already merged canonically equal names before a `[String: Value]` arrives here; names that come from
    /// outside the program belong in the other initialiser.
    public init(_ values: [String: Value]) {
        self.values = [:]
        for (name, value) in values { self.values[CedarString(name)] = value }
    }

    /// The value under a name, or nil.
    public subscript(name: CedarString) -> Value? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// How many attributes there are.
    public var count: Int { values.count }

    /// True when there are none.
    public var isEmpty: Bool { values.isEmpty }

    /// The attribute names in the order of their bytes.
    public var names: [CedarString] { values.keys.sorted() }
}

extension CedarRecord: ExpressibleByDictionaryLiteral {
    /// A record of these attributes; the last of a repeated name stays.
    public init(dictionaryLiteral elements: (CedarString, Value)...) {
        values = Dictionary(elements) { _, last in last }
    }
}
