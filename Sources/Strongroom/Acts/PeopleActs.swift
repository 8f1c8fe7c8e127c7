import Adoption
import EncryptedStore
import Foundation
public import Sealing
import WorkingDays

/// One person as the staff list shows them.
public struct StaffLine: Sendable, Codable {
    /// The person's short name.
    public let handle: String
    /// Their roles.
    public let roles: [String]
    /// Their team.
    public let team: String?
    /// Whether they work here.
    public let isActive: Bool
    /// The short identifier of their card.
    public let keyID: String
}

extension Session {
    /// Adds a person by the card they sent: their keys, roles and team, signed by the administrator.
    public func addStaff(
        _ handle: String, card: IdentityCard, roles: [String], team: String? = nil
    ) throws -> Outcome<StaffLine> {
        let roles = try roles.map(Self.role)
        try Handle.check(handle)
        let outcome: Outcome<StaffLine> = try write(Ask(.staffAdd, on: .vault)) { passage in
            guard try passage.staff(handle: handle) == nil else {
                throw VaultFault.unusable(
                    "there is already somebody called `\(handle)`", hint: "choose another short name")
            }
            try passage.requireUnknown(card)
            let staff = Identifier.fresh(.staff)
            let teamGroup = roles.contains(where: \.belongsToTeam) ? try passage.teamGroup(named: team) : nil
            try passage.append(
                .staffAdded(
                    staff: staff, card: card.encoded, handle: secrets.sealHandle(handle, vault: vaultID),
                    team: teamGroup?.group))
            for role in roles { try passage.giveRole(role, to: staff) }
            if let teamGroup { try passage.join(staff, toTeam: teamGroup) }
            return try passage.line(of: staff)
        }
        try reconcileKeyring()
        return outcome
    }

    /// Lists who works here.
    public func listStaff() throws -> Outcome<[StaffLine]> {
        try read(Ask(.staffList, on: .vault)) { passage in
            try passage.roster.members.keys.map(passage.line(of:)).sorted { $0.handle < $1.handle }
        }
    }

    /// Gives a person a role or ends one.
    public func changeRole(_ handle: String, add: String? = nil, end: String? = nil) throws -> Outcome<StaffLine> {
        let added = try add.map(Self.role)
        let ended = try end.map(Self.role)
        return try write(Ask(.staffRole, on: .vault).about(handle)) { passage in
            let staff = try passage.requireStaff(handle)
            if let added {
                try passage.giveRole(added, to: staff)
                let hasTeam = passage.roster.memberships(of: staff).contains { $0.kind == .team }
                if added.belongsToTeam, !hasTeam { try passage.join(staff, toTeam: passage.teamGroup(named: nil)) }
            }
            if let ended { try passage.endRole(ended, of: staff) }
            return try passage.line(of: staff)
        }
    }

    /// Hands everything one worker answers for to another, groups included, in one act.
    public func handover(from: String, to: String, reason: String) throws -> Outcome<Int> {
        try write(Ask(.staffHandover, on: .vault).because(reason).about(to)) { passage in
            try passage.requireReason(reason)
            guard let giver = try passage.staff(handle: from) else {
                throw VaultFault.unusable("there is nobody called `\(from)` here", hint: nil)
            }
            let taker = try passage.requireStaff(to)
            if let refusal = Handover.judge(from: giver, to: taker, recipientIsActive: true) { throw refusal }
            return try passage.handOver(from: giver, to: taker)
        }
    }

    /// Gives a person who lost their identity or passphrase a new card: every group they are in gets a new key.
    public func rekey(_ handle: String, card: IdentityCard, reason: String) throws -> Outcome<StaffLine> {
        let outcome: Outcome<StaffLine> = try write(Ask(.staffRekey, on: .vault).because(reason).about(handle)) {
            passage in
            try passage.requireReason(reason)
            let staff = try passage.requireStaff(handle)
            guard staff != passage.me else {
                throw VaultFault.unusable(
                    "nobody replaces their own card", hint: "ask a second administrator, or recovery")
            }
            try passage.requireUnknown(card)
            try passage.append(.staffRekeyed(staff: staff, card: card.encoded))
            try passage.renewGroups(of: staff, isLeaving: false)
            return try passage.line(of: staff)
        }
        try reconcileKeyring()
        return outcome
    }

    /// Ends a leaver: no role, no group, no key of what is written from now on. Refused while they are the last.
    public func endStaff(_ handle: String, reason: String) throws -> Outcome<Void> {
        let outcome: Outcome<Void> = try write(Ask(.staffEnd, on: .vault).because(reason).about(handle)) { passage in
            try passage.requireReason(reason)
            let staff = try passage.requireStaff(handle)
            let assigned = try passage.assignments.of(staff: staff).filter { $0.relation != .deputy }
            let leaver = Leaver(othersHolding: passage.othersHolding(than: staff), assignmentCount: assigned.count)
            if let refusal = leaver.refusalToEnd { throw refusal }
            guard staff != passage.me else {
                throw VaultFault.unusable("nobody ends themselves", hint: "ask a second administrator")
            }
            try passage.renewGroups(of: staff, isLeaving: true)
            try passage.append(.staffEnded(staff: staff))
            for assignment in try passage.assignments.of(staff: staff) {
                try passage.assignments.end(record: assignment.record, relation: assignment.relation, staff: staff)
            }
        }
        try reconcileKeyring()
        return outcome
    }

    private static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else {
            let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw VaultFault.unusable("there is no role `\(text)`", hint: "the roles are \(known)")
        }
        return role
    }
}

extension Passage {
    /// A card stands for one person, once: a former card never comes back.
    func requireUnknown(_ card: IdentityCard) throws {
        guard let owner = roster.staff(ofAnyCard: card.fingerprint) else { return }
        throw VaultFault.unusable(
            "this card already belongs to `\(try handle(owner))`",
            hint: "make a new identity with `strongroom identity new`")
    }

    func line(of staff: String) throws -> StaffLine {
        guard let member = roster.members[staff] else { throw NotThere() }
        let team = roster.memberships(of: staff).first { $0.kind == .team }?.name
        return StaffLine(
            handle: try handle(staff), roles: member.roles.map(\.rawValue).sorted(),
            team: try team.map { try session.secrets.openHandle($0, vault: session.vaultID) },
            isActive: member.isActive, keyID: member.card.keyID)
    }

    func giveRole(_ role: Role, to staff: String) throws {
        try append(.roleGranted(staff: staff, role: role.rawValue))
        let member = GroupMember(staff: staff, since: today.description, until: nil)
        switch role {
        case .adoptionAdministrator:
            guard let office = roster.group(.office), let key = try groupKeys.asMember(of: office) else {
                throw NotThere()
            }
            try join(member, to: office, key: key)
        case .archiveKeeper:
            try renewArchive(members: (roster.group(.archive)?.members ?? []) + [member])
        default: break
        }
    }

    func endRole(_ role: Role, of staff: String) throws {
        if let kept = Leaver.KeptRole(rawValue: role.rawValue) {
            let others = othersHolding(than: staff)[kept]
            let leaver = Leaver(othersHolding: others.map { [kept: $0] } ?? [:], assignmentCount: 0)
            if let refusal = leaver.refusalToGiveUpRoles { throw refusal }
        }
        // Giving up the office renews its keys, and whoever renews them knows them.
        guard staff != me || role != .adoptionAdministrator else {
            throw VaultFault.unusable("nobody ends their own office", hint: "ask a second administrator")
        }
        try append(.roleEnded(staff: staff, role: role.rawValue))
        switch role {
        case .adoptionAdministrator: try renewOffice(members: without(staff, .office))
        case .archiveKeeper: try renewArchive(members: without(staff, .archive))
        default: break
        }
        let belongs = roster.members[staff]?.roles.contains(where: \.belongsToTeam) ?? false
        for team in roster.memberships(of: staff) where team.kind == .team && !belongs {
            try putOut([staff], of: team)
        }
    }

    private func without(_ staff: String, _ kind: GroupKind) -> [GroupMember] {
        (roster.group(kind)?.members ?? []).filter { $0.staff != staff }
    }

    func join(_ staff: String, toTeam team: GroupManifest) throws {
        guard let key = try groupKeys.byOffice(team) else { throw NotThere() }
        try join(GroupMember(staff: staff, since: today.description, until: nil), to: team, key: key)
    }

    /// For each kept role that this person holds, how many others hold it.
    func othersHolding(than staff: String) -> [Leaver.KeptRole: Int] {
        var others: [Leaver.KeptRole: Int] = [:]
        for kept in Leaver.KeptRole.allCases {
            guard let role = Role(rawValue: kept.rawValue), roster.active(role).contains(staff) else { continue }
            others[kept] = roster.active(role).count - 1
        }
        return others
    }

    /// Gives every group of a person a new key: without them if they leave, for their new card if they stay.
    func renewGroups(of staff: String, isLeaving: Bool) throws {
        func members(_ group: GroupManifest) -> [GroupMember] {
            group.members.filter { !isLeaving || $0.staff != staff }
        }
        let groups = roster.memberships(of: staff)
        if let office = groups.first(where: { $0.kind == .office }) {
            // The office could open every other group, so all of them are renewed with it.
            let others = groups.filter { $0.kind != .office && $0.kind != .archive }
            for group in others where isLeaving { try putOut([staff], of: group) }
            try renewOffice(members: members(office))
        } else {
            for group in groups where group.kind != .archive {
                guard let key = try groupKeys.byOffice(group) else { throw NotThere() }
                try renew(group, members: members(group), with: key)
            }
        }
        if let archive = groups.first(where: { $0.kind == .archive }) { try renewArchive(members: members(archive)) }
    }

    func handOver(from giver: String, to taker: String) throws -> Int {
        let given = try assignments.of(staff: giver).filter { $0.relation != .deputy }
        for assignment in given {
            try assign(taker, as: assignment.relation, of: assignment.record)
            guard let care = try records.find(id: assignment.record) else { continue }
            touched(care, as: .staffHandover)
            if let adoption = try records.adoptionRecord(of: care.id) {
                try handOverGroup(roster.groups[adoption.holder], from: giver, to: taker)
                touched(adoption, as: .staffHandover)
            }
            if let restricted = try restrictedManifest(of: care) {
                try handOverGroup(restricted, from: giver, to: taker)
            }
            try notify(taker, about: care, text: handoverText(care, try records.adoptionRecord(of: care.id)))
        }
        return given.count
    }

    private func handoverText(_ care: RecordRow, _ adoption: RecordRow?) -> String {
        let beside = adoption.map {
            "\nBeside it stands an adoption record. Its PIN is \($0.reference): a reference to ask for it by, not a passcode."
        }
        return "\(care.reference) was handed over to you. See `strongroom todo`." + (beside ?? "")
    }

    private func handOverGroup(_ group: GroupManifest?, from giver: String, to taker: String) throws {
        guard let group, group.kind == .privileged || group.kind == .restricted,
            group.members.contains(where: { $0.staff == giver })
        else { return }
        // Whoever cannot move the group's key moves nothing: a handover is whole or not at all.
        guard let key = try groupKeys.byOffice(group) else { throw NotThere() }
        let others = group.members.filter { $0.staff != giver && $0.staff != taker }
        let member = GroupMember(staff: taker, since: today.description, until: nil)
        try renew(group, members: others + [member], with: key)
    }
}
