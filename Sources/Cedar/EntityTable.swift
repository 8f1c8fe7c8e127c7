/// Entities as a decision looks them up: by name in one step, with everything each is in worked out beforehand.
///
/// Every name that is an entity or somebody's parent has a place. The entities come first, in the order of ``list``.
final class EntityTable: Sendable {
    /// The entities, each once.
    let list: [Entity]
    /// The names by place.
    let names: [EntityUID]
    /// The attributes and the tags by place, owned by ``list``.
    private let records: [(attributes: Word, tags: Word)]
    /// Places plus one, by the name's hash.
    private let slots: [Int32]
    /// The places each entity is in, in ascending order, one entity's after another's.
    private let ancestors: [Int32]
    /// Where an entity's own begin; one more than there are entities.
    private let ancestorStarts: [Int32]

    /// The place of what has none.
    static let nowhere = Int.max

    static let empty = EntityTable()

    private init() {
        list = []
        names = []
        records = []
        slots = [0]
        ancestors = []
        ancestorStarts = [0]
    }

    /// - Throws: ``Entities/Fault``, by case.
    init(_ given: [Entity]) throws(Entities.Fault) {
        let nameCount = given.reduce(given.count) { $0 + $1.parents.count }
        var slots = [Int32](repeating: 0, count: HashTable.capacity(for: nameCount))
        var list: [Entity] = []
        var names: [EntityUID] = []
        list.reserveCapacity(given.count)
        names.reserveCapacity(given.count)
        func place(of name: EntityUID) -> Int {
            let slot = HashTable.place(of: name.storage.hash, in: slots) { names[$0] == name }
            if slots[slot] == 0 {
                names.append(name)
                slots[slot] = Int32(names.count)
            }
            return Int(slots[slot]) - 1
        }
        for entity in given {
            let known = place(of: entity.uid)
            if known < list.count {
                guard list[known] == entity else { throw .duplicate(entity.uid) }
            } else {
                list.append(entity)
            }
        }
        let parents = list.map { entity in entity.parents.map { Int32(place(of: $0)) } }
        self.list = list
        self.names = names
        self.slots = slots
        records = list.map { (.record($0.attributes.storage), .record($0.tags.storage)) }
        (ancestors, ancestorStarts) = try AncestorClosure(parents: parents).flattened(names: names)
    }

    /// The place of a name, ``nowhere`` if it has none.
    @inline(__always)
    func place(of name: EntityUID.Storage) -> Int {
        let slot = HashTable.place(of: name.hash, in: slots) { place in
            let found = names[place].storage
            return found === name || found.isSame(as: name)
        }
        return slots[slot] == 0 ? Self.nowhere : Int(slots[slot]) - 1
    }

    /// The attributes of the entity at a place, nil where no entity is.
    @inline(__always)
    func attributes(at place: Int) -> Unmanaged<CedarRecord.Storage>? {
        place < records.count ? records[place].attributes.record : nil
    }

    /// The tags of the entity at a place, nil where no entity is.
    func tags(at place: Int) -> Unmanaged<CedarRecord.Storage>? {
        place < records.count ? records[place].tags.record : nil
    }

    /// The places the entity at a place is in, itself left out; of what is no entity, none.
    @inline(__always)
    func ancestorRange(at place: Int) -> Range<Int> {
        place < records.count ? Int(ancestorStarts[place])..<Int(ancestorStarts[place + 1]) : 0..<0
    }

    /// One of the places of such a range.
    @inline(__always)
    func ancestor(_ index: Int) -> Int { Int(ancestors[index]) }

    /// The `in` of the language: everything is in itself, and what is not there is in nothing else.
    func `is`(_ entity: EntityUID.Storage, in group: EntityUID.Storage) -> Bool {
        entity === group || entity.isSame(as: group) || has(place(of: group), amongAncestorsAt: place(of: entity))
    }

    /// True when the entity at a place is in that at another, itself left out.
    @inline(__always)
    func has(_ group: Int, amongAncestorsAt place: Int) -> Bool {
        guard group != Self.nowhere else { return false }
        let range = ancestorRange(at: place)
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end {
            let middle = (start + end) / 2
            let found = Int(ancestors[middle])
            if found == group { return true }
            if found < group { start = middle + 1 } else { end = middle }
        }
        return false
    }
}

/// Works out what each entity is in, without recursion: a hostile hierarchy may be any number of levels deep.
private struct AncestorClosure {
    /// The parents' places of each entity.
    let parents: [[Int32]]

    private enum Mark: UInt8 {
        case new, underway, finished
    }

    /// The ancestors of all entities one after another, each entity's in ascending order, and where each one's begin.
    func flattened(names: [EntityUID]) throws(Entities.Fault) -> (ancestors: [Int32], starts: [Int32]) {
        let ancestors = try closed(names: names)
        var flat: [Int32] = []
        var starts: [Int32] = [0]
        flat.reserveCapacity(ancestors.reduce(0) { $0 + $1.count })
        for list in ancestors {
            flat += list
            starts.append(Int32(flat.count))
        }
        return (flat, starts)
    }

    private func closed(names: [EntityUID]) throws(Entities.Fault) -> [[Int32]] {
        var ancestors = [[Int32]](repeating: [], count: parents.count)
        var marks = [Mark](repeating: .new, count: parents.count)
        // Which names the entity now being finished has already been given, by that entity's place plus one.
        var givenTo = [Int32](repeating: 0, count: names.count)
        var pairCount = 0
        for start in parents.indices where marks[start] == .new {
            var stack = [start]
            while let place = stack.last {
                if marks[place] == .new {
                    marks[place] = .underway
                    for parent in parents[place] where parent < parents.count {
                        // A parent still underway lies below this entity on the stack: the circle is closed.
                        guard marks[Int(parent)] != .underway else { throw .cycle(names[Int(parent)]) }
                        if marks[Int(parent)] == .new { stack.append(Int(parent)) }
                    }
                    if stack.last != place { continue }
                }
                stack.removeLast()
                guard marks[place] == .underway else { continue }
                marks[place] = .finished
                var all: [Int32] = []
                func give(_ group: Int32) {
                    guard givenTo[Int(group)] != Int32(place + 1) else { return }
                    givenTo[Int(group)] = Int32(place + 1)
                    all.append(group)
                }
                for parent in parents[place] {
                    give(parent)
                    if parent < parents.count { ancestors[Int(parent)].forEach(give) }
                }
                pairCount += all.count
                guard pairCount <= Entities.ancestorPairLimit else { throw .hierarchyTooLarge }
                ancestors[place] = all.sorted()
            }
        }
        return ancestors
    }
}
