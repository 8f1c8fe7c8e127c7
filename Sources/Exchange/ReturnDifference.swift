/// What a return says of a child that an earlier one did not.
///
/// Rows are paired by what names them from year to year: an episode by its beginning, a review by its day, a decision
/// by its day, an absence by its beginning, a social worker by identifier and beginning; of the other tables a child
/// has one row. Line numbers and quotation marks make no difference.
public struct ReturnDifference: Hashable, Sendable {
    /// Rows that say the same in both.
    public let unchanged: [ReturnRow]
    /// Rows that say something else now.
    public let changed: [Change]
    /// Rows the earlier return did not have.
    public let added: [ReturnRow]
    /// Rows only the earlier return has. They are not withdrawn: a year's return repeats only what falls in the year.
    public let notRepeated: [ReturnRow]

    /// One row, then and now.
    public struct Change: Hashable, Sendable {
        /// As the earlier return had it.
        public let earlier: ReturnRow
        /// As this one has it.
        public let now: ReturnRow
        /// The columns that differ.
        public var columns: [ReturnColumn] { now.table.columns.filter { earlier[$0] != now[$0] } }
    }

    /// Whether importing the return again changes nothing for the child.
    public var isNothing: Bool { changed.isEmpty && added.isEmpty }
}

extension ReturnChild {
    /// Compares the child with what was kept of an earlier return.
    ///
    /// - Throws: ``ReturnFault/keptFormMalformed`` where the earlier sides do not fit each other.
    public func difference(from earlier: ReturnSides) throws(ReturnFault) -> ReturnDifference {
        difference(from: try earlier.joined())
    }

    /// Compares the child with an earlier return's.
    public func difference(from earlier: ReturnChild) -> ReturnDifference {
        var before = Dictionary(grouping: earlier.rows, by: \.key)
        var unchanged: [ReturnRow] = []
        var others: [ReturnRow] = []
        // Equal rows first, so that of two rows with one name the right ones are paired.
        for row in rows {
            if let position = before[row.key]?.firstIndex(where: { $0.cells == row.cells }) {
                before[row.key]?.remove(at: position)
                unchanged.append(row)
            } else {
                others.append(row)
            }
        }
        var changed: [ReturnDifference.Change] = []
        var added: [ReturnRow] = []
        for row in others {
            if let first = before[row.key]?.first {
                before[row.key]?.removeFirst()
                changed.append(ReturnDifference.Change(earlier: first, now: row))
            } else {
                added.append(row)
            }
        }
        let left = Set(before.values.joined())
        return ReturnDifference(
            unchanged: unchanged, changed: changed, added: added, notRepeated: earlier.rows.filter(left.contains))
    }
}
