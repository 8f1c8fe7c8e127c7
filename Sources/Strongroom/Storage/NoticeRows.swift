import EncryptedStore
import Foundation

/// One sealed message to one person.
struct NoticeRow {
    let id: String
    let recipient: String
    let record: String?
    let sentOn: String
    let isRead: Bool
    let sealed: Data
}

/// The inbox.
struct NoticeRows {
    let statements: any Statements

    func to(_ staff: String) throws -> [NoticeRow] {
        try statements.rows("SELECT * FROM notice WHERE recipient = ? ORDER BY sent_on, id", [.text(staff)])
            .map(Self.row)
    }

    func about(_ record: String) throws -> [NoticeRow] {
        try statements.rows("SELECT * FROM notice WHERE record = ? ORDER BY sent_on, id", [.text(record)])
            .map(Self.row)
    }

    func find(_ id: String, to staff: String) throws -> NoticeRow? {
        try statements.rows("SELECT * FROM notice WHERE id = ? AND recipient = ?", [.text(id), .text(staff)])
            .first.map(Self.row)
    }

    func insert(_ notice: NoticeRow) throws {
        try statements.run(
            "INSERT INTO notice (id, recipient, record, sent_on, is_read, sealed) VALUES (?, ?, ?, ?, 0, ?)",
            [
                .text(notice.id), .text(notice.recipient), StoredValue(notice.record), .text(notice.sentOn),
                .blob(notice.sealed),
            ])
    }

    func markRead(_ id: String) throws {
        try statements.run("UPDATE notice SET is_read = 1 WHERE id = ?", [.text(id)])
    }

    func delete(record: String) throws {
        try statements.run("DELETE FROM notice WHERE record = ?", [.text(record)])
    }

    private static func row(_ row: StoredRow) throws -> NoticeRow {
        NoticeRow(
            id: try row.text("id"), recipient: try row.text("recipient"), record: try row.optionalText("record"),
            sentOn: try row.text("sent_on"), isRead: try row.integer("is_read") == 1, sealed: try row.blob("sealed"))
    }
}
