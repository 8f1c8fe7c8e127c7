import Adoption
import Cedar
import WorkingDays

/// What the policies are told: the person, their groups, and the structure of the record. Nothing sealed.
///
/// Everybody whom the record or the request names is among the entities, so that a policy which the schema allows never
/// asks for somebody who is not there.
///
/// Built anew for every request from verified rows, so a role or a membership that ended a moment ago is already gone.
struct Facts {
    let roster: Roster
    let staff: String
    let today: Day
    let isPractice: Bool
    let record: RecordRow?
    let assignments: [Assignment]
    let hasAdoption: Bool
    let office: String

    static let vault = EntityUID(type: "Vault", id: "vault")
    static let nothing = EntityUID(type: "Record", id: "none")

    func request(_ ask: Ask, target: String?, isSameStaff: Bool?, isMember: Bool?) -> Request {
        let resource: EntityUID =
            switch ask.target {
            case .vault: Self.vault
            case .record: record.map { EntityUID(type: "Record", id: $0.id) } ?? Self.nothing
            }
        var context: [String: Value] = [
            "on": .long(Int64(Day("1970-01-01")!.days(until: ask.on ?? today))),
            "purpose": .string(CedarString(ask.purpose)),
        ]
        if let target { context["target"] = .entity(EntityUID(type: "Staff", id: target)) }
        if let isSameStaff { context["sameStaff"] = .bool(isSameStaff) }
        if let isMember { context["recipientIsMember"] = .bool(isMember) }
        return Request(
            principal: EntityUID(type: "Staff", id: staff), action: EntityUID(type: "Action", id: ask.right.rawValue),
            resource: resource, context: CedarRecord(context))
    }

    func entities(about target: String?) -> [Entity] {
        var list = [
            person(staff, in: roster.memberships(of: staff)),
            Entity(uid: Self.vault, attributes: ["practice": .bool(isPractice)], parents: []),
        ]
        let groups = [record?.holder, record?.team ?? office].compactMap { $0 }.compactMap(roster.activeGroup)
        let assigned = assignments.filter { $0.isCurrent(on: today) }.map(\.staff)
        for other in Set(assigned + [target].compactMap { $0 }).subtracting([staff]) {
            list.append(person(other, in: groups))
        }
        if let record { list.append(entity(of: record)) }
        return list
    }

    private func person(_ staff: String, in groups: [GroupManifest]) -> Entity {
        let member = roster.members[staff]
        let day = today.description
        let groups = groups.filter { $0.isMember(staff, on: day) }
        return Entity(
            uid: EntityUID(type: "Staff", id: staff),
            attributes: [
                "roles": .set(CedarSet((member?.roles ?? []).map { .string(CedarString($0.rawValue)) })),
                "active": .bool(member?.isActive ?? false),
            ],
            parents: Set(groups.map { EntityUID(type: "Group", id: $0.group) }))
    }

    private func entity(of record: RecordRow) -> Entity {
        func staff(_ relation: Relation) -> [Value] {
            assignments.filter { $0.relation == relation && $0.isCurrent(on: today) }
                .map { .entity(EntityUID(type: "Staff", id: $0.staff)) }
        }
        var attributes: [String: Value] = [
            "kind": .string(CedarString(record.kind.rawValue)),
            "stage": .string(CedarString(record.stage.rawValue)),
            "deputies": .set(CedarSet(staff(.deputy))),
            "team": .entity(EntityUID(type: "Group", id: record.team ?? office)),
            "group": .entity(EntityUID(type: "Group", id: record.holder)),
            "imported": .bool(record.isImported),
            "hasOrder": .bool(record.orderOn != nil || record.stage == .awaitingClosure),
        ]
        if record.kind == .care { attributes["hasAdoption"] = .bool(hasAdoption) }
        attributes["keyWorker"] = staff(.keyWorker).first
        attributes["manager"] = staff(.manager).first
        return Entity(uid: EntityUID(type: "Record", id: record.id), attributes: CedarRecord(attributes), parents: [])
    }
}

/// One verified assignment.
struct Assignment {
    let relation: Relation
    let staff: String
    let until: Day?

    func isCurrent(on day: Day) -> Bool { until.map { day <= $0 } ?? true }
}
