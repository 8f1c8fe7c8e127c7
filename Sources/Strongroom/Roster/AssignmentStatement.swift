import Foundation
import Sealing
import WorkingDays

/// A signed assignment of one person to one care record. It lies with the record and goes when the record closes, so
/// that the roster, which is for ever, never names a record.
struct AssignmentStatement: Codable {
    let v: Int
    let vault: String
    let record: String
    let relation: Relation
    let staff: String
    let since: String
    /// The last day, included.
    let until: String?

    /// - Throws: ``VaultFault/rosterAltered(_:)`` if the row is not what its signer signed.
    static func verified(_ row: AssignmentRow, roster: Roster, vault: String) throws -> AssignmentStatement {
        guard let signed = try? SignedStatement(encoded: row.statement),
            let keys = roster.verificationKeys(ofCard: signed.signer),
            signed.verify(by: keys, atLeast: .ordinary, label: VaultLabel.assignment),
            let statement = try? JSONDecoder().decode(AssignmentStatement.self, from: signed.body),
            statement.vault == vault, statement.record == row.record, statement.relation == row.relation,
            statement.staff == row.staff, roster.mayAssign(signed.signer)
        else { throw VaultFault.rosterAltered("an assignment") }
        return statement
    }
}

extension Passage {
    /// Makes `staff` the record's key worker, manager or deputy, signed by the person who passes.
    func assign(_ staff: String, as relation: Relation, of care: String, until: String? = nil) throws {
        let body = AssignmentStatement(
            v: 1, vault: session.vaultID, record: care, relation: relation, staff: staff, since: today.description,
            until: until)
        let signed = try SignedStatement(
            signing: CanonicalJSON.encode(body), previous: nil, by: identity, strength: .ordinary,
            label: VaultLabel.assignment)
        if relation != .deputy { try assignments.end(record: care, relation: relation) }
        try assignments.insert(
            AssignmentRow(record: care, relation: relation, staff: staff, statement: signed.encoded))
    }
}
