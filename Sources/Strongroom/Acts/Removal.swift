import Adoption
import Crypto
import Foundation
import Sealing

/// Removes a migrated adoption record for good.
struct Removal {
    let passage: Passage
    private let adoption: RecordRow
    private let care: RecordRow

    init(passage: Passage) throws {
        self.passage = passage
        adoption = try passage.requireRecord()
        care = try passage.careRecord(of: adoption)
        try passage.judge(.remove, on: adoption)
    }

    /// - Throws: ``Refusal`` if the signed manifest does not account for every entry with an equal digest.
    func run() throws -> RemovalView {
        let view = try view(isPreview: false)
        passage.aliasBeforeRemoval = try Self.destroy(adoption, of: care, passage)
        return view
    }

    /// Destroys the record with everything that hangs on it, and remembers that it never comes back.
    ///
    /// - Returns: the alias that its entries in the log stand under, which from now on leads nowhere.
    static func destroy(_ adoption: RecordRow, of care: RecordRow, _ passage: Passage) throws -> String {
        let alias = try passage.logRows.standingAlias(of: adoption.id)
        passage.erasesOpenings = true
        if passage.roster.activeGroup(adoption.holder)?.kind == .privileged { try passage.endGroup(adoption.holder) }
        try passage.records.remove(adoption.id)
        try passage.removed.insert(adoption.id)
        var changed = care
        changed.planRecorded = false
        changed.intentionOn = nil
        changed.intentionForum = nil
        changed.reversalPlanOn = nil
        try passage.records.update(changed)
        return alias
    }

    func view(isPreview: Bool) throws -> RemovalView {
        let hold = try passage.holdAsMemberOrOffice(adoption)
        let sources = try passage.entries.of(record: adoption.id).map {
            ReversalMigration.source(try passage.open($0, hold))
        }
        guard let payload = try passage.latest(.migrationManifest, passage.hold(care))?.content.payload else {
            throw Refusal(.notMigrated)
        }
        let manifest = try CanonicalJSON.decode(MigrationManifest.self, from: payload, what: "a migration's manifest")
        if let refusal = manifest.refusalToRemove(against: sources) { throw refusal }
        try verifyTargets(of: manifest)
        return RemovalView(
            pin: adoption.reference, entryCount: sources.count, migratedCount: manifest.counts.total,
            digestsAgree: true,
            olderBackupsStillOpen: true, isPreview: isPreview)
    }

    /// Reads a copy's document to its end before the other copy is destroyed.
    private func verifyDocument(of opened: OpenedEntry) throws {
        guard let document = opened.row.document else { return }
        let hold = try passage.holdAsMemberOrOffice(care, slot: opened.row.slot)
        let key = try passage.key(of: opened.row, hold)
        try passage.stream(
            Passage.Place(document: document, record: care.id, key: key), digest: opened.content.digest
        ) { _ in }
    }

    /// Every migrated entry must stand on the care record now, carrying the very bytes it was made from.
    private func verifyTargets(of manifest: MigrationManifest) throws {
        for item in manifest.items {
            switch item.outcome {
            case .moved(let entry, let digest), .restricted(let entry, let digest):
                guard let row = try passage.entries.find(entry, in: care.id) else { throw Refusal(.countsDisagree) }
                let opened = try passage.open(row, passage.holdAsMemberOrOffice(care, slot: row.slot))
                guard let original = opened.content.original,
                    Data(SHA256.hash(data: original)).hexadecimal == digest
                else { throw Refusal(.countsDisagree) }
                try verifyDocument(of: opened)
            case .matched(let entry, _):
                guard let row = try passage.entries.find(entry, in: care.id), !row.isSuperseded else {
                    throw Refusal(.countsDisagree)
                }
                let twin = try passage.open(row, passage.holdAsMemberOrOffice(care, slot: row.slot))
                let source = try passage.entries.find(item.source.entry, in: adoption.id)
                    .map { try passage.open($0, passage.holdAsMemberOrOffice(adoption)) }
                guard twin.content.digest != nil, twin.content.digest == source?.content.digest else {
                    throw Refusal(.countsDisagree)
                }
                try verifyDocument(of: twin)
            case .held:
                throw Refusal(.entriesHeld)
            }
        }
    }
}
