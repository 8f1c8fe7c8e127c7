import EncryptedStore
import Foundation

/// Keyed tokens: what a record can be found by, and what a return's child is recognised by.
struct TokenRows {
    let statements: any Statements

    // MARK: search

    func insertSearch(_ tokens: Set<Data>, record: String) throws {
        for token in tokens {
            try statements.run(
                "INSERT OR IGNORE INTO search_token (token, record) VALUES (?, ?)", [.blob(token), .text(record)])
        }
    }

    func deleteSearch(record: String) throws {
        try statements.run("DELETE FROM search_token WHERE record = ?", [.text(record)])
    }

    /// The records that carry every one of the tokens.
    func search(_ tokens: [Data]) throws -> [String] {
        var found: Set<String>?
        for token in tokens {
            let records = Set(
                try statements.rows("SELECT record FROM search_token WHERE token = ?", [.blob(token)])
                    .map { try $0.text("record") })
            found = found.map { $0.intersection(records) } ?? records
        }
        return (found ?? []).sorted()
    }

    // MARK: children of a return

    func returnSubject(_ token: Data) throws -> String? {
        try statements.rows("SELECT record FROM return_subject WHERE token = ?", [.blob(token)])
            .first?.text("record")
    }

    func insertReturnSubject(_ token: Data, record: String, closedToken: Data) throws {
        try statements.run(
            "INSERT INTO return_subject (token, record, closed_token) VALUES (?, ?, ?)",
            [.blob(token), .text(record), .blob(closedToken)])
    }

    func refreshReturnSubject(_ token: Data, closedToken: Data) throws {
        try statements.run(
            "UPDATE return_subject SET closed_token = ? WHERE token = ?", [.blob(closedToken), .blob(token)])
    }

    func isClosedSubject(_ token: Data) throws -> Bool {
        try !statements.rows("SELECT 1 AS one FROM closed_subject WHERE token = ?", [.blob(token)]).isEmpty
    }

    /// Leaves of a closing child only a token that owns nothing.
    func closeReturnSubject(record: String) throws {
        try statements.run(
            "INSERT OR IGNORE INTO closed_subject (token) SELECT closed_token FROM return_subject WHERE record = ?",
            [.text(record)])
        try statements.run("DELETE FROM return_subject WHERE record = ?", [.text(record)])
    }
}
