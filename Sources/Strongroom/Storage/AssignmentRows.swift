import EncryptedStore
import Foundation
import Sealing

/// A person's relation to one record.
enum Relation: String, Codable, CaseIterable {
    case keyWorker = "key-worker"
    case manager
    case deputy
}

/// One signed assignment as it is stored.
struct AssignmentRow {
    let record: String
    let relation: Relation
    let staff: String
    let statement: Data
}

/// Who is key worker, manager or deputy of which record.
struct AssignmentRows {
    let statements: any Statements

    func of(record: String) throws -> [AssignmentRow] {
        try statements.rows("SELECT * FROM assignment WHERE record = ? ORDER BY relation, staff", [.text(record)])
            .map(Self.row)
    }

    func of(staff: String) throws -> [AssignmentRow] {
        try statements.rows("SELECT * FROM assignment WHERE staff = ? ORDER BY record, relation", [.text(staff)])
            .map(Self.row)
    }

    func insert(_ assignment: AssignmentRow) throws {
        try statements.run(
            "INSERT OR REPLACE INTO assignment (record, relation, staff, statement) VALUES (?, ?, ?, ?)",
            [
                .text(assignment.record), .text(assignment.relation.rawValue), .text(assignment.staff),
                .blob(assignment.statement),
            ])
    }

    func end(record: String, relation: Relation) throws {
        try statements.run(
            "DELETE FROM assignment WHERE record = ? AND relation = ?", [.text(record), .text(relation.rawValue)])
    }

    func end(record: String, relation: Relation, staff: String) throws {
        try statements.run(
            "DELETE FROM assignment WHERE record = ? AND relation = ? AND staff = ?",
            [.text(record), .text(relation.rawValue), .text(staff)])
    }

    func endAll(record: String) throws {
        try statements.run("DELETE FROM assignment WHERE record = ?", [.text(record)])
    }

    private static func row(_ row: StoredRow) throws -> AssignmentRow {
        guard let relation = Relation(rawValue: try row.text("relation")) else {
            throw VaultFault.damaged("an assignment of no known relation")
        }
        return AssignmentRow(
            record: try row.text("record"), relation: relation, staff: try row.text("staff"),
            statement: try row.blob("statement"))
    }
}
