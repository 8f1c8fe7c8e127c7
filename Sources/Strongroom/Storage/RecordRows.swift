import Adoption
import EncryptedStore
import Foundation
import WorkingDays

/// What the store shows of one record: structure, and nothing of the child.
struct RecordRow {
    let id: String
    let reference: String
    let kind: RecordKind
    var stage: Stage
    var team: String?
    /// The group that holds the record's key.
    var holder: String
    var holderSalt: Data
    /// The care record of an adoption record.
    let care: String?
    let isImported: Bool
    var planRecorded: Bool
    var openedOn: Day?
    var intentionOn: Day?
    var intentionForum: Forum?
    var decisionOn: Day?
    var orderOn: Day?
    var auditSignedOn: Day?
    var liftedTo: String?
    var reversalPlanOn: Day?
    var migratedCount: Int?
    var closedOn: Day?
}

/// The rows of records, and of what hangs on them as structure.
struct RecordRows {
    let statements: any Statements

    func find(reference: String) throws -> RecordRow? {
        try one("SELECT * FROM record WHERE reference = ?", [.text(reference)])
    }

    func find(id: String) throws -> RecordRow? {
        try one("SELECT * FROM record WHERE id = ?", [.text(id)])
    }

    /// The current adoption record of a care record's child.
    func adoptionRecord(of care: String) throws -> RecordRow? {
        // Only adoption records have one; said all the same, because the index is of those alone, and without it every
        // record of the store is read at each act.
        try one("SELECT * FROM record WHERE care = ? AND kind = 'adoption'", [.text(care)])
    }

    func all(kind: RecordKind) throws -> [RecordRow] {
        try statements.rows("SELECT * FROM record WHERE kind = ? ORDER BY id", [.text(kind.rawValue)]).map(Self.row)
    }

    func closed() throws -> [RecordRow] {
        try statements.rows("SELECT * FROM record WHERE stage = 'closed' ORDER BY id", []).map(Self.row)
    }

    func closedCount() throws -> Int64 {
        try statements.rows("SELECT count(*) AS n FROM record WHERE stage = 'closed'", [])[0].integer("n")
    }

    func held(by group: String) throws -> [RecordRow] {
        try statements.rows("SELECT * FROM record WHERE holder = ? ORDER BY id", [.text(group)]).map(Self.row)
    }

    func insert(_ record: RecordRow) throws {
        try statements.run(
            """
            INSERT INTO record (id, reference, kind, stage, classification, team, holder, holder_salt, care, imported,
                plan_recorded, opened_on, intention_on, intention_forum, decision_on, order_on)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(record.id), .text(record.reference), .text(record.kind.rawValue), .text(record.stage.rawValue),
                record.kind == .adoption ? .text(Classification.secureAdoptionRecord) : .null,
                StoredValue(record.team), .text(record.holder), .blob(record.holderSalt), StoredValue(record.care),
                .integer(record.isImported ? 1 : 0), .integer(record.planRecorded ? 1 : 0),
                StoredValue(record.openedOn?.description), StoredValue(record.intentionOn?.description),
                StoredValue(record.intentionForum?.rawValue), StoredValue(record.decisionOn?.description),
                StoredValue(record.orderOn?.description),
            ])
    }

    /// Writes back every column that can change.
    func update(_ record: RecordRow) throws {
        try statements.run(
            """
            UPDATE record SET stage = ?, team = ?, holder = ?, holder_salt = ?, plan_recorded = ?, opened_on = ?,
                intention_on = ?, intention_forum = ?, decision_on = ?, order_on = ?, audit_signed_on = ?,
                lifted_to = ?, reversal_plan_on = ?, migrated_count = ?, closed_on = ?
            WHERE id = ?
            """,
            [
                .text(record.stage.rawValue), StoredValue(record.team), .text(record.holder), .blob(record.holderSalt),
                .integer(record.planRecorded ? 1 : 0), StoredValue(record.openedOn?.description),
                StoredValue(record.intentionOn?.description), StoredValue(record.intentionForum?.rawValue),
                StoredValue(record.decisionOn?.description), StoredValue(record.orderOn?.description),
                StoredValue(record.auditSignedOn?.description), StoredValue(record.liftedTo),
                StoredValue(record.reversalPlanOn?.description),
                record.migratedCount.map { .integer(Int64($0)) } ?? .null,
                StoredValue(record.closedOn?.description), .text(record.id),
            ])
    }

    /// Removes an adoption record and everything that hangs on it, overwritten on disk by secure deletion.
    func remove(_ record: String) throws {
        try statements.run("DELETE FROM record WHERE id = ?", [.text(record)])
    }

    // MARK: references that were given away

    func isUsed(pin token: Data) throws -> Bool {
        try !statements.rows("SELECT 1 AS one FROM pin_used WHERE token = ?", [.blob(token)]).isEmpty
    }

    func use(pin token: Data) throws {
        try statements.run("INSERT INTO pin_used (token) VALUES (?)", [.blob(token)])
    }

    // MARK: a withdrawal that waits for its second person

    func withdrawalAsked(_ record: String) throws -> (by: String, on: String)? {
        try statements.rows("SELECT asked_by, asked_on FROM withdrawal WHERE record = ?", [.text(record)]).first
            .map { (try $0.text("asked_by"), try $0.text("asked_on")) }
    }

    func askWithdrawal(_ record: String, by staff: String, on day: Day) throws {
        try statements.run(
            "INSERT INTO withdrawal (record, asked_by, asked_on) VALUES (?, ?, ?)",
            [.text(record), .text(staff), .text(day.description)])
    }

    func endWithdrawal(_ record: String) throws {
        try statements.run("DELETE FROM withdrawal WHERE record = ?", [.text(record)])
    }

    // MARK: one row

    fileprivate func rows(_ sql: String, _ arguments: [StoredValue]) throws -> [RecordRow] {
        try statements.rows(sql, arguments).map(Self.row)
    }

    private func one(_ sql: String, _ arguments: [StoredValue]) throws -> RecordRow? {
        try statements.rows(sql, arguments).first.map(Self.row)
    }

    private static func row(_ row: StoredRow) throws -> RecordRow {
        func day(_ column: String) throws -> Day? { try row.optionalText(column).flatMap { Day($0) } }
        guard let kind = RecordKind(rawValue: try row.text("kind")), let stage = Stage(rawValue: try row.text("stage"))
        else { throw VaultFault.damaged("a record of no known kind or stage") }
        return RecordRow(
            id: try row.text("id"), reference: try row.text("reference"), kind: kind, stage: stage,
            team: try row.optionalText("team"), holder: try row.text("holder"), holderSalt: try row.blob("holder_salt"),
            care: try row.optionalText("care"), isImported: try row.integer("imported") == 1,
            planRecorded: try row.integer("plan_recorded") == 1, openedOn: try day("opened_on"),
            intentionOn: try day("intention_on"),
            intentionForum: try row.optionalText("intention_forum").flatMap { Forum(rawValue: $0) },
            decisionOn: try day("decision_on"), orderOn: try day("order_on"), auditSignedOn: try day("audit_signed_on"),
            liftedTo: try row.optionalText("lifted_to"), reversalPlanOn: try day("reversal_plan_on"),
            migratedCount: try row.optionalInteger("migrated_count").map { Int($0) }, closedOn: try day("closed_on"))
    }
}

extension RecordRows {
    /// Records in a state that the adoption administrator has to act on; imported ones are counted apart.
    func waitingForOffice() throws -> [RecordRow] {
        try rows(
            """
            SELECT * FROM record WHERE imported = 0 AND (
                (kind = 'care' AND stage = 'open' AND intention_on IS NOT NULL
                    AND id NOT IN (SELECT care FROM record WHERE kind = 'adoption'))
                OR (kind = 'adoption' AND stage <> 'closed')) ORDER BY id
            """, [])
    }

    func openWithoutKeyWorker() throws -> Int {
        try Int(
            statements.rows(
                """
                SELECT count(*) AS n FROM record WHERE kind = 'care' AND stage = 'open'
                    AND id NOT IN (SELECT record FROM assignment WHERE relation = 'key-worker')
                """, [])[0].integer("n"))
    }

    func lifted(to staff: String) throws -> [RecordRow] {
        try rows("SELECT * FROM record WHERE lifted_to = ? ORDER BY id", [.text(staff)])
    }

    func importedWithoutMembers(office: String) throws -> [RecordRow] {
        try rows(
            "SELECT * FROM record WHERE kind = 'adoption' AND imported = 1 AND holder = ? ORDER BY reference",
            [.text(office)])
    }
}
