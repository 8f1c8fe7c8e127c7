import EncryptedStore

/// What still points at records that nothing may point at.
struct PointerRows {
    let statements: any Statements

    /// The tables in which a closing leaves nothing of a record. Openings are not among them: whoever asks for a closed
    /// record afterwards leaves one again, as for any other.
    private static let emptied = [
        "assignment", "search_token", "return_subject", "notice", "restricted_holder", "withdrawal",
    ]

    /// For each table that names closed records, how often.
    func toClosed() throws -> [(table: String, count: Int64)] {
        let direct = try Self.emptied.map { table in
            let sql = """
                SELECT count(*) AS n FROM \(table) WHERE record IN (SELECT id FROM record WHERE stage = 'closed')
                """
            return (table, try statements.rows(sql, [])[0].integer("n"))
        }
        let read = try statements.rows(
            """
            SELECT count(*) AS n FROM reading WHERE entry IN (
                SELECT entry.id FROM entry JOIN record ON record.id = entry.record WHERE record.stage = 'closed')
            """, [])[0].integer("n")
        return (direct + [("reading", read)]).filter { $0.1 > 0 }
    }

    /// How many records are there that were removed for good.
    func toRemoved() throws -> Int64 {
        try statements.rows("SELECT count(*) AS n FROM record WHERE id IN (SELECT record FROM removed)", [])[0]
            .integer("n")
    }
}
