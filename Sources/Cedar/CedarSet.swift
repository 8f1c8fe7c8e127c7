/// Cedar's set: values of any mixture of types, each once, compared whatever their order.
///
/// <https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-set>
public struct CedarSet: Sendable {
    let storage: Storage

    /// The members, each once, in no particular order.
    public var members: [Value] { storage.values }

    /// A set of these values; repeated ones count once.
    public init(_ values: some Sequence<Value> = []) { storage = Storage(values) }

    init(storage: Storage) { self.storage = storage }

    /// How many different members there are.
    public var count: Int { storage.values.count }

    /// True when there are none.
    public var isEmpty: Bool { storage.values.isEmpty }

    /// True when the value is a member.
    public func contains(_ value: Value) -> Bool {
        withExtendedLifetime(value) { storage.contains(Word(value)) }
    }

    /// The members, and beyond a few of them a table to find one by its hash.
    final class Storage: Sendable {
        let values: [Value]
        let words: [Word]
        let hash: Int
        /// Places in ``words`` plus one, at the hash's place or the next that is free; 0 is free. Empty for small sets.
        private let table: [Int32]

        /// Up to so many members are compared one by one.
        private static let smallCount = 8

        init(_ sequence: some Sequence<Value>) {
            let given = Array(sequence)
            var table = [Int32](
                repeating: 0, count: given.count > Self.smallCount ? HashTable.capacity(for: given.count) : 0)
            var values: [Value] = []
            var words: [Word] = []
            values.reserveCapacity(given.count)
            words.reserveCapacity(given.count)
            var sum = 0
            for value in given {
                let word = Word(value)
                let hash = word.hash
                if table.isEmpty {
                    guard !words.contains(where: { $0 == word }) else { continue }
                } else {
                    let place = HashTable.place(of: hash, in: table) { words[$0] == word }
                    guard table[place] == 0 else { continue }
                    table[place] = Int32(words.count + 1)
                }
                values.append(value)
                words.append(word)
                // A sum, since the order must not matter; each addend is already keyed.
                sum &+= hash
            }
            self.values = values
            self.words = words
            self.table = table
            var hasher = Hasher()
            hasher.combine(sum)
            hasher.combine(words.count)
            hash = hasher.finalize()
        }

        func contains(_ word: Word) -> Bool {
            if table.isEmpty {
                for member in words where member == word { return true }
                return false
            }
            return table[HashTable.place(of: word.hash, in: table) { words[$0] == word }] != 0
        }

        /// True when every member of the other set is a member of this one.
        func containsAll(_ other: Storage) -> Bool {
            for word in other.words where !contains(word) { return false }
            return true
        }

        /// True when the two sets share a member.
        func containsAny(_ other: Storage) -> Bool {
            for word in other.words where contains(word) { return true }
            return false
        }

        /// True when both have the same members.
        func isSame(as other: Storage) -> Bool {
            words.count == other.words.count && hash == other.hash && containsAll(other)
        }
    }
}

extension CedarSet: Hashable {
    /// True when both have the same members.
    public static func == (left: CedarSet, right: CedarSet) -> Bool {
        left.storage === right.storage || left.storage.isSame(as: right.storage)
    }

    /// Feeds the set's hash to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }
}

extension CedarSet: ExpressibleByArrayLiteral {
    /// A set of these values; repeated ones count once.
    public init(arrayLiteral values: Value...) { self.init(values) }
}

/// The arithmetic of tables with open addressing: one array of places plus one, 0 where free.
enum HashTable {
    /// A power of two, at most half of it to be filled.
    static func capacity(for count: Int) -> Int {
        var capacity = 4
        while capacity < 2 * count { capacity *= 2 }
        return capacity
    }

    /// Where in the table the wanted thing stands, or the free place where it would.
    ///
    /// Requires: the table's size is a power of two, and a place is free.
    @inline(__always)
    static func place(of hash: Int, in table: [Int32], isWanted: (Int) -> Bool) -> Int {
        let mask = table.count - 1
        var place = hash & mask
        while table[place] != 0, !isWanted(Int(table[place]) - 1) { place = (place + 1) & mask }
        return place
    }
}
