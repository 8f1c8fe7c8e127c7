/// Finds the policies whose scope a request can fall under, without looking at the others.
///
/// A policy whose scope names an action stands under that action; within that, one whose scope names a principal or a
/// resource under that entity. A request is asked of what stands under its action, its principal and its resource, and
/// under everything these are in. Since a scope is never in error, what is passed over could not have been seen in any
/// response.
struct PolicyIndex: Sendable {
    /// Policies whose scope leaves the action free.
    private let ofAnyAction: EntityIndex
    private let ofActions: KeyedLists<EntityIndex>

    init(_ policies: [Policy], scopes: [CompiledScope], heldBy code: inout Code) {
        var free: [Int32] = []
        var named: [EntityUID: [Int32]] = [:]
        for (place, policy) in policies.enumerated() {
            let place = Int32(place)
            switch policy.scope.action {
            case .any: free.append(place)
            case .equal(let action), .isIn(let action): named[action, default: []].append(place)
            case .isInAny(let actions): for action in Set(actions) { named[action, default: []].append(place) }
            }
        }
        ofAnyAction = EntityIndex(free, scopes: scopes)
        ofActions = KeyedLists(
            named.map { (key: code.hold(.entity($0.key)), list: EntityIndex($0.value, scopes: scopes)) })
    }

    /// Calls `visit` with the place of each policy that may apply, in no particular order, some once for each action that
    /// leads there.
    ///
    /// What is visited under an action with `==` may be asked by one that is merely in it; `visit` looks at the scope.
    @inline(__always)
    func forEachCandidate(_ subject: Subject, table: EntityTable, _ visit: (Int32) -> Void) {
        ofAnyAction.forEachCandidate(subject, table: table, visit)
        ofActions.forEach(under: subject.action, at: subject.actionPlace, table: table) {
            $0.forEachCandidate(subject, table: table, visit)
        }
    }
}

/// Policies by the principal or the resource their scope names.
private struct EntityIndex: Sendable {
    private var free: [Int32] = []
    private let byPrincipal: KeyedLists<[Int32]>
    private let byResource: KeyedLists<[Int32]>

    /// So few are sooner asked one by one.
    private static let smallCount = 8

    init(_ policies: [Int32], scopes: [CompiledScope]) {
        var principals: [(key: Word, list: [Int32])] = []
        var resources: [(key: Word, list: [Int32])] = []
        for place in policies {
            let scope = scopes[Int(place)]
            // An entity named with `==` leaves fewer requests than a group does.
            let prefersResource = scope.resource.kind == .equal && scope.principal.kind != .equal
            if policies.count <= Self.smallCount {
                free.append(place)
            } else if let key = scope.principal.key, !prefersResource {
                principals.append((key, [place]))
            } else if let key = scope.resource.key {
                resources.append((key, [place]))
            } else {
                free.append(place)
            }
        }
        byPrincipal = KeyedLists(principals.merged)
        byResource = KeyedLists(resources.merged)
    }

    @inline(__always)
    func forEachCandidate(_ subject: Subject, table: EntityTable, _ visit: (Int32) -> Void) {
        for place in free { visit(place) }
        byPrincipal.forEach(under: subject.principal, at: subject.principalPlace, table: table) { $0.forEach(visit) }
        byResource.forEach(under: subject.resource, at: subject.resourcePlace, table: table) { $0.forEach(visit) }
    }
}

/// Lists found by an entity's name.
private struct KeyedLists<List: Sendable>: Sendable {
    private let keys: [Word]
    private let lists: [List]
    private let slots: [Int32]

    /// Requires: no key stands twice.
    init(_ pairs: [(key: Word, list: List)]) {
        var slots = [Int32](repeating: 0, count: HashTable.capacity(for: pairs.count))
        for (place, pair) in pairs.enumerated() {
            slots[HashTable.place(of: pair.key.hash, in: slots) { _ in false }] = Int32(place + 1)
        }
        keys = pairs.map(\.key)
        lists = pairs.map(\.list)
        self.slots = slots
    }

    /// Calls `visit` with what stands under an entity and under everything it is in.
    @inline(__always)
    func forEach(under entity: Word, at place: Int, table: EntityTable, _ visit: (List) -> Void) {
        guard !keys.isEmpty else { return }
        if let list = self[entity] { visit(list) }
        let ancestors = table.ancestorRange(at: place)
        if keys.count < ancestors.count {
            for (key, list) in zip(keys, lists) where isIn(key, placeOfEntity: place, table: table) { visit(list) }
        } else {
            for index in ancestors {
                if let list = self[.entity(table.names[table.ancestor(index)].storage)] { visit(list) }
            }
        }
    }

    private func isIn(_ key: Word, placeOfEntity place: Int, table: EntityTable) -> Bool {
        table.has(key.entity._withUnsafeGuaranteedRef { table.place(of: $0) }, amongAncestorsAt: place)
    }

    @inline(__always)
    private subscript(entity: Word) -> List? {
        let slot = slots[HashTable.place(of: entity.hash, in: slots) { keys[$0] == entity }]
        return slot == 0 ? nil : lists[Int(slot) - 1]
    }
}

extension [(key: Word, list: [Int32])] {
    /// One list for each key.
    fileprivate var merged: Self {
        var places: [EntityUID: Int] = [:]
        var result: Self = []
        for (key, list) in self {
            let uid = EntityUID(storage: key.entity.takeUnretainedValue())
            if let place = places[uid] {
                result[place].list += list
            } else {
                places[uid] = result.count
                result.append((key, list))
            }
        }
        return result
    }
}
