import WorkingDays

/// All rows of one return that bear the same child identifier.
///
/// The identifier is compared as written, not trimmed and not in capitals: two that look nearly the same are two
/// children until a person says otherwise.
public struct ReturnChild: Hashable, Sendable {
    /// The value of `CHILD` as written.
    public let identifier: String
    /// The rows, by table in the order of ``ReturnTable`` and then by line.
    public let rows: [ReturnRow]

    /// Makes a child of its rows, in any order; requires that all bear the identifier.
    public init(identifier: String, rows: [ReturnRow]) {
        precondition(rows.allSatisfy { $0[.child] == identifier }, "a row of another child")
        self.identifier = identifier
        self.rows = rows.sorted { left, right in
            left.table == right.table ? left.line < right.line : left.table.position < right.table.position
        }
    }

    /// The child's rows of one table, by line.
    public func rows(of table: ReturnTable) -> [ReturnRow] { rows.filter { $0.table == table } }

    /// Whether the child stands in Header. One who does not becomes no record: the rows are kept and held for a person.
    public var isInHeader: Bool { rows.contains { $0.table == .header } }

    /// The episodes in the order they began; those of one day in the order of the file.
    var episodes: [ReturnRow] {
        rows(of: .episodes).sorted { left, right in
            let (leftDay, rightDay) = (left.day(.episodeBegan), right.day(.episodeBegan))
            return leftDay == rightDay ? left.line < right.line : (leftDay ?? .earliest) < (rightDay ?? .earliest)
        }
    }
}

extension ReturnTable {
    var position: Int { Self.allCases.firstIndex(of: self)! }
}
