import Crypto
import EncryptedStore
import Foundation
import Sealing
import StrongroomTesting

/// Every table of a store, read as a holder of the store key can read it: raw rows, log entries and signed statements
/// taken apart, the staff directory opened.
struct JoinDump {
    /// One value and where it stands.
    struct Cell: Hashable {
        /// `table.column`, or `table.column.field` inside a structured value.
        let column: String
        let value: StoredValue
    }

    typealias Fields = [Cell]

    /// For each table, its rows.
    private(set) var tables: [String: [Fields]] = [:]
    /// What SQLite knows of each table: whether its rows have a hidden number.
    private(set) var rowNumbered: Set<String> = []
    private let directoryKey: Data
    private let vaultID: String
    /// Where each value stands: the rows of its table that hold it.
    private var places: [String: [Cell: [Int]]] = [:]

    init(_ vault: TestVault) throws {
        vaultID = vault.vaultID
        let store = RawStore(vault)
        directoryKey = try store.secret("directory-key")
        for table in try store.rows("SELECT name, wr FROM pragma_table_list WHERE schema = 'main'") {
            let name = try table.text("name")
            guard !name.hasPrefix("sqlite_") else { continue }
            if try table.integer("wr") == 0 { rowNumbered.insert(name) }
            tables[name] = try store.rows("SELECT * FROM \(name)").map { row in
                try row.columns.flatMap { try fields(of: row[$0], "\(name).\($0)") }
            }
        }
        for (table, rows) in tables {
            for (index, row) in rows.enumerated() {
                for cell in Set(row) { places[table, default: [:]][cell, default: []].append(index) }
            }
        }
    }

    // MARK: taking values apart

    private func fields(of value: StoredValue, _ column: String) throws -> Fields {
        let whole = Cell(column: column, value: value)
        guard case .blob(let bytes) = value else { return value == .null ? [] : [whole] }
        switch column {
        case "log_entry.bytes":
            return [whole] + parts(of: try JSONSerialization.jsonObject(with: bytes), "log_entry")
        case "roster.statement", "assignment.statement":
            let signed = try SignedStatement(encoded: bytes)
            let signer = Cell(column: "\(column).signer", value: .blob(signed.signer))
            return [whole, signer] + parts(of: try JSONSerialization.jsonObject(with: signed.body), column)
        default:
            return [whole]
        }
    }

    private func parts(of json: Any, _ column: String) -> Fields {
        switch json {
        case let object as [String: Any]: object.flatMap { parts(of: $0.value, "\(column).\($0.key)") }
        case let array as [Any]: array.flatMap { parts(of: $0, column) }
        case let text as String: [Cell(column: column, value: .text(text))] + handle(text, column)
        case let number as NSNumber: [Cell(column: column, value: .integer(number.int64Value))]
        default: []
        }
    }

    /// The name of a person or a team, where the value is one sealed under the directory key.
    private func handle(_ text: String, _ column: String) -> Fields {
        guard let sealed = Data(base64Encoded: text),
            let name = try? SecretBox.open(
                sealed, key: directoryKey, label: Label("strongroom/vault/handle/v1"), context: Data(vaultID.utf8))
        else { return [] }
        return [Cell(column: "\(column).opened", value: .text(String(decoding: name, as: UTF8.self)))]
    }

    // MARK: what belongs to a record

    /// The rows of one record: those that name it, and those that name what these name.
    struct Belongings {
        var cells: Set<Cell> = []
        /// The random names the record and its parts go by.
        var names: Set<String> = []
        var aliases: Set<String> = []
        var logPositions: [Int64] = []
        var statementCount = 0
    }

    func belongings(of reference: String) -> Belongings {
        var found = Belongings()
        guard let record = row("record", where: "record.reference", is: .text(reference)) else { return found }
        let id = Self.text(record, "record.id")
        found.names = [id, reference]
        // The care record of an adoption record is the other old one: both are taken together anyway.
        found.cells.formUnion(record.filter { $0.column != "record.care" })
        func take(_ table: String, _ column: String, _ value: StoredValue) -> [Fields] {
            let rows = rows(table, where: "\(table).\(column)", is: value)
            for row in rows { found.cells.formUnion(row) }
            return rows
        }
        for table in ["assignment", "record_key", "restricted_holder", "search_token", "withdrawal", "return_subject"] {
            _ = take(table, "record", .text(id))
        }
        for row in take("document", "record", .text(id)) {
            found.names.insert(Self.text(row, "document.id"))
            _ = take("chunk", "document", .text(Self.text(row, "document.id")))
        }
        for row in take("entry", "record", .text(id)) {
            found.names.insert(Self.text(row, "entry.id"))
            _ = take("reading", "entry", .text(Self.text(row, "entry.id")))
        }
        for row in take("notice", "record", .text(id)) { found.names.insert(Self.text(row, "notice.id")) }
        for row in take("alias", "record", .text(id)) {
            let alias = Self.text(row, "alias.alias")
            found.names.insert(alias)
            found.aliases.insert(alias)
            for entry in take("log_entry", "rec", .text(alias)) {
                guard let position = entry.first(where: { $0.column == "log_entry.position" })?.value else { continue }
                if case .integer(let number) = position { found.logPositions.append(number) }
                _ = take("opening", "position", position)
                for node in rows("log_node", where: "log_node.position", is: position)
                where node.contains(Cell(column: "log_node.level", value: 0)) {
                    found.cells.formUnion(node)
                }
            }
        }
        takeGroup(of: record, id: id, into: &found)
        return found
    }

    /// The statements and wraps of the group whose signed manifest is bound to this very record.
    private func takeGroup(of record: Fields, id: String, into found: inout Belongings) {
        guard case .blob(let salt)? = record.first(where: { $0.column == "record.holder_salt" })?.value else { return }
        let binding = Data(SHA256.hash(data: salt + Data(id.utf8))).base64EncodedString()
        for statement in tables["roster"] ?? []
        where statement.contains(where: { $0.value == .text(binding) }) {
            found.cells.formUnion(statement)
            found.statementCount += 1
            let group = Self.text(statement, "roster.statement.act.group._0.group")
            found.names.insert(group)
            for wrap in rows("group_wrap", where: "group_wrap.group_id", is: .text(group)) {
                found.cells.formUnion(wrap)
            }
        }
    }

    private func row(_ table: String, where column: String, is value: StoredValue) -> Fields? {
        rows(table, where: column, is: value).first
    }

    private func rows(_ table: String, where column: String, is value: StoredValue) -> [Fields] {
        let indexes = places[table]?[Cell(column: column, value: value)] ?? []
        return indexes.compactMap { tables[table]?[$0] }
    }

    private static func text(_ row: Fields, _ column: String) -> String {
        if case .text(let text)? = row.first(where: { $0.column == column })?.value { text } else { "" }
    }
}
