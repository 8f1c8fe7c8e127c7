import Cedar
import Sealing

/// No set may come into force under which the next one could not be proposed by one person and approved by another.
///
/// That the two are two is no matter of policy at all: the roster counts no approval by who proposed
/// (``Roster/take(_:vault:)``), and the required forbid says it once more.
enum TwoPersonRule {
    /// What is wrong with a set for people of whatever role: nobody could propose, or nobody approve.
    static func faults(in profile: PolicyProfile) -> [String] {
        let acts: [(Act, String)] = [(.policyPropose, "propose"), (.policyApprove, "approve")]
        return acts.compactMap { act, word in
            let isOpen = Role.allCases.contains { role in
                let person = Entity(
                    uid: EntityUID(type: "Staff", id: "somebody"),
                    attributes: ["roles": .set([.string(CedarString(role.rawValue))]), "active": true])
                let vault = Entity(uid: Facts.vault, attributes: ["practice": false])
                let request = Request(
                    principal: person.uid, action: EntityUID(type: "Action", id: act.rawValue), resource: Facts.vault,
                    context: ["on": 20_000, "purpose": "given", "sameStaff": false])
                return (try? profile.decide(request, [person, vault]).isAllowed) ?? false
            }
            return isOpen ? nil : "nobody could \(word) another policy set under it, whatever their role"
        }
    }
}

extension Passage {
    /// - Throws: ``VaultFault/policies(_:)`` if under this set no two people who work here could change the policies.
    func requireTwoPeople(under profile: PolicyProfile) throws {
        func people(_ act: Act) throws -> Set<String> {
            Set(
                try roster.members.filter(\.value.isActive).keys.filter { person in
                    let facts = Facts(
                        roster: roster, staff: person, today: today, isPractice: session.isPractice, record: nil,
                        assignments: [], hasAdoption: false, office: roster.group(.office)?.group ?? "")
                    let request = facts.request(
                        Ask(act, on: .vault).because(RecordedFacts.purposeGiven), target: nil, isSameStaff: false,
                        isMember: nil)
                    return try profile.decide(request, facts.entities(about: nil)).isAllowed
                })
        }
        let proposers = try people(.policyPropose)
        let approvers = try people(.policyApprove)
        guard proposers.contains(where: { !approvers.subtracting([$0]).isEmpty }) else {
            throw VaultFault.policies(
                "under it no two people who work here could change the policies: one must propose, another approve")
        }
    }
}
