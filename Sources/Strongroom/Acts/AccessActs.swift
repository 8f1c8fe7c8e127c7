import Adoption
import Foundation
import Sealing
public import WorkingDays

/// One member of a privileged group.
public struct MemberLine: Sendable, Codable {
    /// The person's short name.
    public let handle: String
    /// The first day.
    public let since: String
    /// The last day, included; nil without an end.
    public let until: String?
    /// Whether it runs today.
    public let isCurrent: Bool
}

extension Session {
    /// Lets one person into one adoption record, from today, for a reason (R6).
    public func grant(_ pin: String, to handle: String, until: Day? = nil, reason: String) throws -> Outcome<Void> {
        try write(Ask(.accessGrant, on: .record(pin)).because(reason).about(handle)) { passage in
            let record = try passage.requireRecord()
            try passage.judge(.grant, on: record)
            _ = try Grant(.member, from: passage.today, until: until, reason: reason)
            let staff = try passage.requireStaff(handle)
            try passage.letIn(
                GroupMember(staff: staff, since: passage.today.description, until: until?.description), to: record)
        }
    }

    /// Puts one person out of an adoption record's group. What is written from then on opens with no key they ever had.
    public func revoke(_ pin: String, from handle: String, reason: String) throws -> Outcome<Filed> {
        try write(Ask(.accessRevoke, on: .record(pin)).because(reason).about(handle)) { passage in
            let record = try passage.requireRecord()
            try passage.requireReason(reason)
            let warnings = try passage.judge(.revoke, on: record).warnings
            let staff = try passage.staff(handle: handle)
            guard let group = passage.roster.groups[record.holder],
                let staff, group.members.contains(where: { $0.staff == staff })
            else { throw VaultFault.unusable("`\(handle)` is not in the group", hint: "see `strongroom access list`") }
            try passage.putOut([staff], of: group)
            return Filed(entry: "", signpost: nil, warnings: warnings.map(\.message))
        }
    }

    /// Lists who is in an adoption record's group.
    public func listAccess(_ pin: String) throws -> Outcome<[MemberLine]> {
        try read(Ask(.accessList, on: .record(pin))) { passage in
            try passage.memberLines(of: passage.requireRecord())
        }
    }
}

extension Passage {
    func memberLines(of record: RecordRow) throws -> [MemberLine] {
        guard let group = roster.activeGroup(record.holder), group.kind == .privileged else { return [] }
        return try group.members.map {
            MemberLine(
                handle: try handle($0.staff), since: $0.since, until: $0.until,
                isCurrent: $0.isCurrent(on: today.description))
        }.sorted { $0.handle < $1.handle }
    }

    /// Lets a person into a record, making its privileged group if the office still holds it.
    func letIn(_ member: GroupMember, to record: RecordRow) throws {
        let hold = try holdByOffice(record)
        guard hold.holder.kind == .office else {
            return try join(member, to: hold.holder, key: hold.groupKey)
        }
        try makePrivilegedGroup(of: record, members: [member], from: hold)
    }

    /// Takes a record out of the office's hands into a group of its own.
    @discardableResult
    func makePrivilegedGroup(of record: RecordRow, members: [GroupMember], from hold: RecordHold) throws
        -> GroupManifest
    {
        var record = record
        record.holderSalt = randomBytes(16)
        let binding = GroupKeys.binding(record: record.id, salt: record.holderSalt)
        let group = try makeGroup(.privileged, members: members, binding: binding).manifest
        try recordKeys.rewrap(
            record: record.id, slot: .main, from: (hold.holder.group, hold.groupKey), to: group, beginsEpoch: true)
        record.holder = group.group
        try records.update(record)
        return group
    }

    /// Renews a group without these people.
    func putOut(_ staff: Set<String>, of group: GroupManifest) throws {
        guard let key = try groupKeys.byOffice(group) else { throw NotThere() }
        try renew(group, members: group.members.filter { !staff.contains($0.staff) }, with: key)
    }
}
