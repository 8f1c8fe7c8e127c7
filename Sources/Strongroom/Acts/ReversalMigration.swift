import Adoption
import Crypto
import Foundation
import Sealing
import WorkingDays

/// Carries a reversed record's entries to the care record under one signed manifest.
final class ReversalMigration {
    /// Which restricted entries a person has confirmed, one by one or from the whole list.
    struct Consent {
        let entries: Set<String>
        let isForAll: Bool

        func covers(_ entry: String) -> Bool { isForAll || entries.contains(entry) }
    }

    let passage: Passage
    let consent: Consent
    private let adoption: RecordRow
    private let care: RecordRow
    private var restricted: RecordHold?

    convenience init(passage: Passage, consent: Consent) throws {
        try self.init(passage: passage, of: passage.requireRecord(), consent: consent)
    }

    init(passage: Passage, of adoption: RecordRow, consent: Consent) throws {
        self.passage = passage
        // Restricted entries are confirmed by the administrator, from the list that the first run leaves.
        let isAdministrator = passage.roster.members[passage.me]?.roles.contains(.adoptionAdministrator) ?? false
        self.consent = isAdministrator ? consent : Consent(entries: [], isForAll: false)
        self.adoption = adoption
        care = try passage.careRecord(of: adoption)
    }

    /// 1. what was confirmed later is carried, or, the first time, everything; 2. the manifest is checked to name each
    /// source once, with equal digests; 3. it is signed and filed on the care record; 4. the stage moves.
    func run() throws -> MigrationView {
        try run(into: passage.hold(care), leaving: passage.judge(.migrate, on: adoption).stage)
    }

    /// The same again, where it was judged before: a restore repeats it with the office's hold.
    @discardableResult
    func run(into target: RecordHold, leaving stage: Stage) throws -> MigrationView {
        let source = try passage.holdAsMemberOrOffice(adoption)
        let sources = try opened(source)
        let before = try earlierManifest(target)
        let manifest =
            try before.map { try confirmed($0.manifest, sources, source) }
            ?? MigrationManifest(items: try sources.map { try item($0, source, target) })
        guard manifest.problems(against: sources.map(Self.source)).isEmpty else { throw Refusal(.countsDisagree) }
        if let before { try passage.entries.supersede(before.entry) }
        var entry = passage.content(.migrationManifest, of: care)
        entry.payload = try CanonicalJSON.encode(manifest)
        try passage.file(entry, with: target)
        var changed = adoption
        changed.stage = stage
        changed.migratedCount = manifest.counts.total - manifest.counts.held
        try passage.records.update(changed)
        passage.touched(care, as: .reversalMigrate)
        return view(manifest, sources, isPreview: false)
    }

    func preview() throws -> MigrationView {
        try passage.judge(.migrate, on: adoption)
        let sources = try opened(passage.holdAsMemberOrOffice(adoption))
        let items = try sources.map { source in
            let isHeld = try isRestricted(source) && !consent.covers(source.row.id)
            return MigrationManifest.Item(
                source: Self.source(source), outcome: isHeld ? .held : .moved(to: "", digest: Self.digest(source)))
        }
        return view(MigrationManifest(items: items), sources, isPreview: true)
    }

    // MARK: one entry

    private func item(
        _ opened: OpenedEntry, _ source: RecordHold, _ target: RecordHold
    ) throws -> MigrationManifest.Item {
        let digest = Self.digest(opened)
        if let twin = try twin(of: opened, on: target) {
            return MigrationManifest.Item(source: Self.source(opened), outcome: .matched(with: twin, digest: digest))
        }
        if try isRestricted(opened) {
            guard consent.covers(opened.row.id), let target = try restrictedHold() else {
                return MigrationManifest.Item(source: Self.source(opened), outcome: .held)
            }
            let row = try passage.carry(opened, from: source, to: target, reason: Self.reason)
            return MigrationManifest.Item(source: Self.source(opened), outcome: .restricted(to: row.id, digest: digest))
        }
        let row = try passage.carry(opened, from: source, to: target, reason: Self.reason)
        return MigrationManifest.Item(source: Self.source(opened), outcome: .moved(to: row.id, digest: digest))
    }

    private func isRestricted(_ opened: OpenedEntry) throws -> Bool {
        // The sealed side of a return names the adopters: it is restricted like any paper that does.
        if opened.row.kind == .returnRows { return true }
        let kind = opened.row.documentKind.map(DocumentKind.init(_:))
        return Reversal.treatment(of: kind, by: try passage.filing) == .restricted
    }

    /// A copy of the same document that stands on the care record already.
    private func twin(of opened: OpenedEntry, on target: RecordHold) throws -> String? {
        guard let kind = opened.row.documentKind, let digest = opened.content.digest else { return nil }
        return try passage.entries.of(record: care.id, kind: .document)
            .filter { $0.documentKind == kind && $0.slot == .main && !$0.isSuperseded }
            .first { try passage.open($0, target).content.digest == digest }?.id
    }

    // MARK: confirming later

    private func earlierManifest(_ target: RecordHold) throws -> (entry: String, manifest: MigrationManifest)? {
        guard adoption.stage == .migrated, let latest = try passage.latest(.migrationManifest, target),
            let payload = latest.content.payload
        else { return nil }
        return (
            latest.row.id,
            try CanonicalJSON.decode(MigrationManifest.self, from: payload, what: "a migration's manifest")
        )
    }

    private func confirmed(
        _ manifest: MigrationManifest, _ sources: [OpenedEntry], _ source: RecordHold
    ) throws -> MigrationManifest {
        var manifest = manifest
        let held = Set(manifest.items.filter { $0.outcome == .held }.map(\.source.entry))
        guard consent.entries.isSubset(of: held) else { throw Refusal(.notHeld) }
        for opened in sources where held.contains(opened.row.id) && consent.covers(opened.row.id) {
            guard let target = try restrictedHold() else { throw NotThere() }
            let row = try passage.carry(opened, from: source, to: target, reason: Self.reason)
            try manifest.confirm(entry: opened.row.id, to: row.id, digest: Self.digest(opened))
        }
        return manifest
    }

    /// The care record's second key: for its key worker, its manager and the office, made on first use. Nil where it
    /// exists already and this person has no part in it, which leaves the entry to the administrator.
    private func restrictedHold() throws -> RecordHold? {
        if let restricted { return restricted }
        if let known = try passage.restrictedManifest(of: care) {
            let key = try passage.groupKeys.asMember(of: known) ?? passage.groupKeys.byOffice(known)
            restricted = key.map { RecordHold(record: care, slot: .restricted, holder: known, groupKey: $0) }
            return restricted
        }
        let salt = randomBytes(16)
        let people = try passage.verifiedAssignments(of: care.id)
            .filter { $0.relation != .deputy && $0.isCurrent(on: passage.today) }.map(\.staff)
        let members = Set(people).sorted().map {
            GroupMember(staff: $0, since: passage.today.description, until: nil)
        }
        let made = try passage.makeGroup(
            .restricted, members: members, binding: GroupKeys.binding(record: care.id, salt: salt))
        try passage.keyRows.putRestrictedHolder(care.id, holder: made.manifest.group, salt: salt)
        try passage.recordKeys.make(record: care.id, slot: .restricted, holder: made.manifest)
        restricted = RecordHold(record: care, slot: .restricted, holder: made.manifest, groupKey: made.key)
        return restricted
    }

    // MARK: what it says

    private func opened(_ hold: RecordHold) throws -> [OpenedEntry] {
        try passage.entries.of(record: adoption.id).map { try passage.open($0, hold) }
    }

    static let reason = "the plan to adopt was reversed"

    static func source(_ opened: OpenedEntry) -> MigrationManifest.Source {
        MigrationManifest.Source(entry: opened.row.id, digest: digest(opened))
    }

    /// SHA-256 of what the author signed; it covers the document's own digest.
    static func digest(_ opened: OpenedEntry) -> String { Data(SHA256.hash(data: opened.signed)).hexadecimal }

    private func view(_ manifest: MigrationManifest, _ sources: [OpenedEntry], isPreview: Bool) -> MigrationView {
        let kinds = Dictionary(
            uniqueKeysWithValues: sources.map { ($0.row.id, $0.row.documentKind ?? $0.row.kind.rawValue) })
        let counts = manifest.counts
        return MigrationView(
            items: manifest.items.map {
                MigrationView.Item(
                    entry: $0.source.entry, kind: kinds[$0.source.entry] ?? "", outcome: $0.outcome.word)
            },
            moved: counts.moved, matched: counts.matched, restricted: counts.restricted, held: counts.held,
            total: counts.total, isPreview: isPreview)
    }
}

extension MigrationManifest.Outcome {
    fileprivate var word: String {
        switch self {
        case .moved: "moved"
        case .matched: "matched"
        case .restricted: "restricted"
        case .held: "held"
        }
    }
}
