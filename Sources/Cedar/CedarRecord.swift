/// Cedar's record: values under attribute names, compared whatever their order.
///
/// Names are compared byte by byte, as ``CedarString`` explains. Written as a literal: `["active": true]`.
///
/// <https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-record>
public struct CedarRecord: Sendable {
    let storage: Storage

    /// A record of these attributes.
    public init(_ values: [CedarString: Value] = [:]) {
        storage = values.isEmpty ? Storage.empty : Storage(values.map { (name: $0.key, value: $0.value) })
    }

    /// A record of these attributes.
    ///
    /// Swift has already merged canonically equal names before a `[String: Value]` arrives here; names that come from
    /// outside the program belong in the other initialiser.
    public init(_ values: [String: Value]) {
        self.init(
            Dictionary(values.map { (CedarString($0.key), $0.value) }) { first, _ in first })
    }

    init(storage: Storage) { self.storage = storage }

    /// The value under a name, or nil.
    public subscript(name: CedarString) -> Value? { storage.place(of: name.storage).map { storage.values[$0] } }

    /// How many attributes there are.
    public var count: Int { storage.values.count }

    /// True when there are none.
    public var isEmpty: Bool { storage.values.isEmpty }

    /// The attribute names in the order of their bytes.
    public var names: [CedarString] { storage.names.sorted() }

    /// Names and values side by side, in the order of the names' hashes.
    final class Storage: Sendable {
        let names: [CedarString]
        let values: [Value]
        let words: [Word]
        let hash: Int
        private let nameHashes: [Int]

        static let empty = Storage([])

        /// Up to so many attributes are looked at one by one.
        private static let smallCount = 8

        /// Requires: no name stands twice.
        init(_ attributes: [(name: CedarString, value: Value)]) {
            let sorted = attributes.sorted {
                let (left, right) = ($0.name.storage.hash, $1.name.storage.hash)
                return left == right ? $0.name < $1.name : left < right
            }
            names = sorted.map(\.name)
            values = sorted.map(\.value)
            words = values.map { Word($0) }
            nameHashes = names.map(\.storage.hash)
            var hasher = Hasher()
            for (nameHash, word) in zip(nameHashes, words) {
                hasher.combine(nameHash)
                hasher.combine(word.hash)
            }
            hash = hasher.finalize()
        }

        /// Where the attribute of a name stands, or nil.
        func place(of name: CedarString.Storage) -> Int? {
            let hash = name.hash
            let count = nameHashes.count
            var place = 0
            if count > Self.smallCount {
                // The first place whose hash is not below the wanted one.
                var end = count
                while place < end {
                    let middle = (place + end) / 2
                    if nameHashes[middle] < hash { place = middle + 1 } else { end = middle }
                }
            } else {
                while place < count, nameHashes[place] < hash { place += 1 }
            }
            while place < count, nameHashes[place] == hash {
                let found = names[place].storage
                if found === name || found.text.hasSameBytes(as: name.text) { return place }
                place += 1
            }
            return nil
        }

        /// The word under a name, or nil.
        func word(of name: CedarString.Storage) -> Word? { place(of: name).map { words[$0] } }

        /// True when both have the same names with equal values.
        func isSame(as other: Storage) -> Bool {
            guard hash == other.hash, words.count == other.words.count else { return false }
            for place in words.indices {
                guard names[place] == other.names[place], words[place] == other.words[place] else { return false }
            }
            return true
        }
    }
}

extension CedarRecord: Hashable {
    /// True when both have the same names with equal values.
    public static func == (left: CedarRecord, right: CedarRecord) -> Bool {
        left.storage === right.storage || left.storage.isSame(as: right.storage)
    }

    /// Feeds the record's hash to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }
}

extension CedarRecord: ExpressibleByDictionaryLiteral {
    /// A record of these attributes; the last of a repeated name stays.
    public init(dictionaryLiteral elements: (CedarString, Value)...) {
        self.init(Dictionary(elements) { _, last in last })
    }
}
