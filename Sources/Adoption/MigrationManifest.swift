/// Accounts for every item of a reversed plan's record: where each one went (R16b).
///
/// Everything migrates, counted and digested, and nothing is dropped: each item of the source stands here exactly once, as
/// moved, as matched to a copy that was there already, or as held for the administrator. The vault stores and signs
/// its JSON form, specified in the page <doc:migration-manifest>.
public struct MigrationManifest: Hashable, Codable, Sendable {
    /// An item of the record that is migrated.
    public struct Source: Hashable, Codable, Sendable {
        /// The entry's reference on the adoption record.
        public let entry: String
        /// The digest of what its author signed, in lower-case hex.
        public let digest: String

        /// Names an item.
        public init(entry: String, digest: String) {
            self.entry = entry
            self.digest = digest
        }
    }

    /// Where an item went.
    public enum Outcome: Hashable, Codable, Sendable {
        /// To a new entry of the care record, with the digest of what was read back from there.
        case moved(to: String, digest: String)
        /// Nowhere, since that entry of the care record holds the same; with the digest of what it holds.
        case matched(with: String, digest: String)
        /// To a restricted entry, once the administrator confirmed it.
        case restricted(to: String, digest: String)
        /// Not yet: it never stands on a care record openly, and waits for the administrator.
        case held
    }

    /// One item and where it went.
    public struct Item: Hashable, Codable, Sendable {
        /// The item.
        public let source: Source
        /// Where it went.
        public var outcome: Outcome

        /// Accounts for an item.
        public init(source: Source, outcome: Outcome) {
            self.source = source
            self.outcome = outcome
        }
    }

    /// How many items went where.
    public struct Counts: Hashable, Codable, Sendable {
        /// Items moved to new entries.
        public var moved = 0
        /// Items matched to copies already there.
        public var matched = 0
        /// Items confirmed as restricted entries.
        public var restricted = 0
        /// Items that wait for the administrator.
        public var held = 0
        /// All items.
        public var total: Int { moved + matched + restricted + held }
    }

    /// What is wrong with a manifest.
    public enum Problem: Hashable, Sendable {
        /// An item of the record does not stand in the manifest.
        case missing(entry: String)
        /// An item stands in the manifest and not on the record.
        case unknown(entry: String)
        /// An item stands twice.
        case repeated(entry: String)
        /// An entry of the care record is the new place of two items.
        case sharedTarget(entry: String)
        /// What was read back is not what was moved, or the record's item is not the manifest's.
        case digestDiffers(entry: String)
    }

    /// The items, in the order they were migrated.
    public private(set) var items: [Item]

    /// Makes a manifest of items.
    public init(items: [Item]) { self.items = items }

    /// The counts.
    public var counts: Counts {
        items.reduce(into: Counts()) { counts, item in
            switch item.outcome {
            case .moved: counts.moved += 1
            case .matched: counts.matched += 1
            case .restricted: counts.restricted += 1
            case .held: counts.held += 1
            }
        }
    }

    /// What is wrong with the manifest, held against the items of the record; empty when counts and digests agree.
    ///
    /// - Parameter sources: every item of the adoption record, as it is now.
    public func problems(against sources: [Source]) -> [Problem] {
        let expected = Dictionary(sources.map { ($0.entry, $0.digest) }) { first, _ in first }
        var problems: [Problem] = []
        var seen: Set<String> = []
        var targets: Set<String> = []
        for item in items {
            let entry = item.source.entry
            if !seen.insert(entry).inserted { problems.append(.repeated(entry: entry)) }
            guard let digest = expected[entry] else {
                problems.append(.unknown(entry: entry))
                continue
            }
            if digest != item.source.digest || item.outcome.digest ?? digest != digest {
                problems.append(.digestDiffers(entry: entry))
            }
            if let target = item.outcome.newEntry, !targets.insert(target).inserted {
                problems.append(.sharedTarget(entry: target))
            }
        }
        return problems + sources.filter { !seen.contains($0.entry) }.map { .missing(entry: $0.entry) }
    }

    /// Refuses a removal while the manifest does not account for the record: counts and digests first, then held items.
    public func refusalToRemove(against sources: [Source]) -> Refusal? {
        if !problems(against: sources).isEmpty { return Refusal(.countsDisagree) }
        return counts.held == 0 ? nil : Refusal(.entriesHeld)
    }

    /// Confirms one held item as a restricted entry of the care record.
    ///
    /// - Throws: a ``Refusal``: the item is not held.
    public mutating func confirm(entry: String, to target: String, digest: String) throws(Refusal) {
        let place = items.firstIndex { $0.source.entry == entry && $0.outcome == .held }
        guard let place else { throw Refusal(.notHeld) }
        items[place].outcome = .restricted(to: target, digest: digest)
    }
}

extension MigrationManifest.Outcome {
    /// The digest of what stands on the care record; nil while nothing does.
    public var digest: String? {
        switch self {
        case .moved(_, let digest), .matched(_, let digest), .restricted(_, let digest): digest
        case .held: nil
        }
    }

    /// The entry made for the item; nil when none was.
    var newEntry: String? {
        switch self {
        case .moved(let entry, _), .restricted(let entry, _): entry
        case .matched, .held: nil
        }
    }
}
