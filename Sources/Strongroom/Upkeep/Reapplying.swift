import Adoption
import Foundation
import Sealing
import TransparencyLog
import WorkingDays

/// Does again, in a store that a backup holds, what was done since to people and records. All of it in the passage's one
/// transaction, and signed by who restores.
final class Reapplying {
    private let passage: Passage
    private let list: OpenedRemovals
    private let listed: [String: PeopleListed.Person]
    private let groups: [String: [GroupMember]]
    private var cards: [String: IdentityCard] = [:]
    private var done = Reapplied()

    init(passage: Passage, list: OpenedRemovals) throws {
        self.passage = passage
        self.list = list
        listed = Dictionary(list.people.staff.map { ($0.staff, $0) }) { first, _ in first }
        groups = Dictionary(list.people.groups.map { ($0.group, $0.members) }) { first, _ in first }
        for person in list.people.staff { cards[person.staff] = try IdentityCard(encoded: person.card) }
    }

    /// 1. whoever joined, or has another card, is signed in, and recovery's new key; 2. the archive gets its keepers of
    /// now; 3. what was removed is removed, and what was closed is closed into it; 4. groups get the members they have
    /// now, and new keys where those differ; 5. whoever left is signed out.
    ///
    /// - Throws: ``VaultFault/unusable(_:hint:)`` if the list says that who restores may not; ``Refusal`` if nobody would be
    ///   left to open what is closed.
    func run() throws -> Reapplied {
        try requireMe()
        let before = passage.roster
        try signIn()
        try renewArchive(since: before)
        for record in list.records.removed { try removeAgain(record) }
        try closeAgain()
        try renewGroups(since: before)
        try signOut()
        return done
    }

    /// Nobody restores themselves back into an office they have lost.
    private func requireMe() throws {
        let role = Role.adoptionAdministrator.rawValue
        guard let me = listed[passage.me], cards[passage.me] == passage.identity.card, me.roles.contains(role) else {
            throw VaultFault.unusable(
                "since this backup was made you left, gave up the office or came by another identity",
                hint: "let another administrator restore it")
        }
    }

    // MARK: people

    private func signIn() throws {
        for (staff, person) in listed.sorted(by: { $0.key < $1.key }) {
            let known = passage.roster.members[staff]
            if known == nil {
                try passage.append(
                    .staffAdded(staff: staff, card: person.card, handle: person.handle, team: person.team))
                done.added.append(try passage.handle(staff))
            } else if known?.card != cards[staff] {
                try passage.append(.staffRekeyed(staff: staff, card: person.card))
                done.rekeyed.append(try passage.handle(staff))
            }
            let roles = Set(known?.roles.map(\.rawValue) ?? [])
            for role in Set(person.roles).subtracting(roles).sorted() {
                try passage.append(.roleGranted(staff: staff, role: role))
            }
            for role in roles.subtracting(person.roles).sorted() {
                try passage.append(.roleEnded(staff: staff, role: role))
            }
        }
        guard let recovery = list.people.recovery, recovery != passage.roster.recovery else { return }
        try passage.requireKeepers(of: passage.keyRows.closedRecoveryKeys())
        try passage.append(.recovery(recovery))
        try passage.keyRows.deleteRecoveryWraps()
        done.recoveryMoved = true
    }

    private func signOut() throws {
        for (staff, member) in passage.roster.members.sorted(by: { $0.key < $1.key })
        where member.isActive && listed[staff] == nil {
            done.ended.append(try passage.handle(staff))
            try passage.append(.staffEnded(staff: staff))
            for assignment in try passage.assignments.of(staff: staff) {
                try passage.assignments.end(record: assignment.record, relation: assignment.relation, staff: staff)
            }
        }
    }

    // MARK: groups

    /// The members a group has now; of one that the list does not know yet, those who still work here.
    private func members(of group: GroupManifest) -> [GroupMember] {
        (groups[group.group] ?? group.members).filter { listed[$0.staff] != nil }
    }

    private func differs(_ group: GroupManifest, since before: Roster) -> Bool {
        Set(members(of: group)) != Set(group.members)
            || group.members.contains { before.members[$0.staff]?.card != cards[$0.staff] }
    }

    private func renewArchive(since before: Roster) throws {
        if let archive = passage.roster.group(.archive) {
            guard differs(archive, since: before) || done.recoveryMoved else { return }
            try passage.renewArchive(members: members(of: archive))
            done.renewedGroups += 1
        } else {
            let keepers = passage.roster.active(.archiveKeeper).filter { listed[$0] != nil }
            guard !keepers.isEmpty else { return }
            let since = passage.today.description
            try passage.renewArchive(members: keepers.map { GroupMember(staff: $0, since: since, until: nil) })
        }
    }

    /// The office could open every other group, so all of them are renewed with it; and with recovery's key, which is
    /// wrapped what the office opens.
    private func renewGroups(since before: Roster) throws {
        guard let office = passage.roster.group(.office) else { throw VaultFault.rosterAltered("there is no office") }
        let isWhole = differs(office, since: before) || done.recoveryMoved
        let others = passage.roster.groups.values
            .filter { $0.kind != .office && $0.kind != .archive && passage.roster.activeGroup($0.group) != nil }
            .filter { isWhole || differs($0, since: before) }.sorted { $0.group < $1.group }
        let keys = try others.map { group in
            guard let key = try passage.groupKeys.byOffice(group) else { throw NotThere() }
            return key
        }
        if isWhole {
            guard let key = try passage.groupKeys.asMember(of: office) else { throw NotThere() }
            try passage.renew(office, members: members(of: office), with: key)
            done.renewedGroups += 1
        }
        for (group, key) in zip(others, keys) {
            try passage.renew(group, members: members(of: group), with: key)
            done.renewedGroups += 1
        }
    }

    // MARK: records

    /// Removes a record again, but nothing that it held: a backup from before the migration still holds it there alone, so
    /// it is migrated first, as the reversal did.
    private func removeAgain(_ id: String) throws {
        guard var adoption = try passage.records.find(id: id) else { return try passage.removed.insert(id) }
        guard adoption.kind == .adoption, adoption.stage != .closed else {
            throw VaultFault.damaged("the list of removals names a record that is never removed")
        }
        var care = try passage.careRecord(of: adoption)
        // An order that was withdrawn since stands in the backup still.
        if adoption.orderOn != nil || care.orderOn != nil {
            (adoption.orderOn, adoption.stage) = (nil, .open)
            (care.orderOn, care.stage) = (nil, .open)
            try passage.records.update(adoption)
            try passage.records.update(care)
        }
        let migration = try ReversalMigration(
            passage: passage, of: adoption, consent: ReversalMigration.Consent(entries: [], isForAll: true))
        let moved = try migration.run(into: passage.holdAsMemberOrOffice(care), leaving: .migrated)
        guard moved.held == 0 else { throw Refusal(.entriesHeld) }
        guard var migrated = try passage.records.find(id: id) else { throw VaultFault.damaged("a migrated record") }
        migrated.reversalPlanOn = migrated.reversalPlanOn ?? passage.today
        try passage.records.update(migrated)
        passage.alsoRemoved.append(
            try Removal.destroy(migrated, of: passage.careRecord(of: migrated), passage))
        done.removed += 1
    }

    private func closeAgain() throws {
        for closed in list.records.closed {
            guard let day = Day(closed.on) else { throw VaultFault.damaged("a day in the list of removals") }
            guard let record = try passage.records.find(id: closed.record), record.stage != .closed,
                record.kind != .adoption
            else { continue }
            let adoption = try passage.records.adoptionRecord(of: record.id)
            _ = try Closing(passage: passage, again: record, adoption, on: day).run()
            done.closed += adoption == nil ? 1 : 2
        }
    }
}
