import Adoption
import EncryptedStore
import Foundation
import WorkingDays

/// What a migration did, or with a preview would do.
public struct MigrationView: Sendable, Codable {
    /// One entry and what became of it.
    public struct Item: Sendable, Codable {
        /// The entry on the adoption record.
        public let entry: String
        /// Its kind.
        public let kind: String
        /// moved, matched, restricted or held.
        public let outcome: String
    }

    /// Every entry of the adoption record, once.
    public let items: [Item]
    /// How many were moved.
    public let moved: Int
    /// How many had a copy there already.
    public let matched: Int
    /// How many lie under the care record's second key.
    public let restricted: Int
    /// How many wait for the administrator.
    public let held: Int
    /// How many there are.
    public let total: Int
    /// Whether nothing was done.
    public let isPreview: Bool
}

/// What a removal destroyed, and what it cannot reach.
public struct RemovalView: Sendable, Codable {
    /// The removed record's reference.
    public let pin: String
    /// How many entries it had.
    public let entryCount: Int
    /// How many the signed manifest accounts for.
    public let migratedCount: Int
    /// Whether every migrated copy carries what its author signed.
    public let digestsAgree: Bool
    /// Backups made before today still hold the record's wrapped key, until they are destroyed.
    public let olderBackupsStillOpen: Bool
    /// Whether nothing was done.
    public let isPreview: Bool
}

extension Session {
    /// Lifts the security of a reversed plan: from now on the record opens to the named team administrator (R16 a).
    public func liftSecurity(_ pin: String, to handle: String, reason: String) throws -> Outcome<Filed> {
        try write(Ask(.reversalLift, on: .record(pin)).because(reason).about(handle)) { passage in
            var record = try passage.requireRecord()
            try passage.requireReason(reason)
            let judged = try passage.judge(.liftSecurity, on: record)
            let staff = try passage.requireStaff(handle)
            guard passage.roster.members[staff]?.roles.contains(.teamAdministrator) ?? false else {
                throw VaultFault.unusable(
                    "`\(handle)` is no team administrator", hint: "see `strongroom staff list` for who is")
            }
            let member = GroupMember(staff: staff, since: passage.today.description, until: nil)
            let hold = try passage.holdByOffice(record)
            if hold.holder.kind == .office {
                let group = try passage.makePrivilegedGroup(of: record, members: [member], from: hold)
                guard let again = try passage.records.find(id: record.id), again.holder == group.group else {
                    throw VaultFault.damaged("a record's holder")
                }
                record = again
            } else {
                try passage.renew(hold.holder, members: [member], with: hold.groupKey)
            }
            record.stage = judged.stage
            record.liftedTo = staff
            try passage.records.update(record)
            try passage.notify(
                staff, about: record,
                text: "Security is lifted from \(record.reference). Please migrate it: `strongroom reversal migrate`.")
            return Filed(entry: "", signpost: nil, warnings: judged.warnings.map(\.message))
        }
    }

    /// Migrates everything to the care record, counted and digested; nothing is dropped (R16 b).
    ///
    /// Entries of a kind that never stands on a care record are held until each is confirmed, and then lie under the
    /// care record's second key.
    public func migrate(
        _ pin: String, confirm: [String] = [], confirmAll: Bool = false, preview: Bool = false
    ) throws -> Outcome<MigrationView> {
        let consent = ReversalMigration.Consent(entries: Set(confirm), isForAll: confirmAll)
        guard !preview else {
            return try read(Ask(.documentList, on: .record(pin), right: .reversalMigrate)) { passage in
                try ReversalMigration(passage: passage, consent: consent).preview()
            }
        }
        return try write(Ask(.reversalMigrate, on: .record(pin))) { passage in
            try ReversalMigration(passage: passage, consent: consent).run()
        }
    }

    /// Removes the migrated adoption record: its wrapped keys and its bytes are destroyed, its PIN is never used again
    /// (R16 d).
    public func remove(_ pin: String, preview: Bool = false) throws -> Outcome<RemovalView> {
        guard !preview else {
            return try read(Ask(.adoptionShow, on: .record(pin), right: .reversalRemove)) { passage in
                try Removal(passage: passage).view(isPreview: true)
            }
        }
        let outcome = try write(Ask(.reversalRemove, on: .record(pin))) { try Removal(passage: $0).run() }
        if case .done = outcome { try database.truncateLog() }
        return outcome
    }
}
